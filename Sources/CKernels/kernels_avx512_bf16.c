// 512-bit vectors with dot products of bfloat16 pairs and of bytes.
#if defined(__x86_64__)
#include <immintrin.h>

#define WIDTH 16
#define TILE_ROWS 12
#define HAS_BFLOAT16
#define LEVEL CK_AVX512_BF16
#define TABLE ck_kernels_avx512_bf16
#define TARGET "avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,avx512vnni,avx2,fma"
#define TARGET_PROOF \
  _mm512_abs_epi8(_mm512_setzero_si512()), _mm512_xor_ps(_mm512_setzero_ps(), _mm512_setzero_ps()), \
      _mm256_abs_epi64(_mm256_setzero_si256()), _mm512_cvtne2ps_pbh(_mm512_setzero_ps(), _mm512_setzero_ps()), \
      _mm512_dpbusd_epi32(_mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512())
#include "templates/table.h"
#endif
