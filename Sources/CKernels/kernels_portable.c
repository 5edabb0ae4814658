// 128-bit vectors: SSE2 on x86-64, NEON on arm64.
#define WIDTH 4
#define TILE_ROWS 4
#define LEVEL CK_PORTABLE
#define TABLE ck_kernels_portable
#include "templates/table.h"
