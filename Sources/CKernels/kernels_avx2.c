// 256-bit vectors with fused multiply-add.
#if defined(__x86_64__)
#include <immintrin.h>

#define WIDTH 8
#define TILE_ROWS 6
#define LEVEL CK_AVX2
#define TABLE ck_kernels_avx2
#define TARGET "avx2,fma"
#define TARGET_PROOF \
  _mm256_abs_epi8(_mm256_setzero_si256()), \
      _mm256_fmadd_ps(_mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps())
#include "templates/table.h"
#endif
