// 128-bit vectors: SSE2 on x86-64, NEON on arm64.
#define WIDTH 4
#if defined(__aarch64__)
// 32 registers. Four rows would do: but 13 loads for 24 multiply-adds beat 5 for 8, and 8 sums in flight are fewer than
// latency × units of most such processors.
#define TILE_ROWS 12
#else
#define TILE_ROWS 4
#endif
#define LEVEL CK_PORTABLE
#define TABLE ck_kernels_portable
#include "templates/table.h"
