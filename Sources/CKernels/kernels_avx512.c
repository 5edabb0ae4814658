// 512-bit vectors.
#if defined(__x86_64__)
#define WIDTH 16
#define TILE_ROWS 12
#define STREAM_ROWS 4
#define LEVEL CK_AVX512
#define TABLE ck_kernels_avx512
#define TARGET "avx512f,avx512bw,avx512vl,avx512dq,avx2,fma"
#include "templates/table.h"
#endif
