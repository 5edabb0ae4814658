// 256-bit vectors with fused multiply-add.
#if defined(__x86_64__)
#define WIDTH 8
#define TILE_ROWS 6
#define STREAM_ROWS 2
#define LEVEL CK_AVX2
#define TABLE ck_kernels_avx2
#define TARGET "avx2,fma"
#include "templates/table.h"
#endif
