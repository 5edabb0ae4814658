// Which instruction sets this processor has, and the table for each.
#include <stddef.h>

#include "ck_kernels.h"

extern const ck_kernels ck_kernels_portable;
#if defined(__x86_64__)
extern const ck_kernels ck_kernels_avx2;
extern const ck_kernels ck_kernels_avx512;
extern const ck_kernels ck_kernels_avx512_bf16;
#elif defined(__aarch64__)
#include <asm/hwcap.h>
#include <sys/auxv.h>

extern const ck_kernels ck_kernels_neon_bf16;
#endif

ck_level ck_level_best(void) {
#if defined(__x86_64__)
  // The builtin also asks the operating system (XGETBV) whether it saves the wide registers.
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    int wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    if (!wide) return CK_AVX2;
    int dots = __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vnni");
    return dots ? CK_AVX512_BF16 : CK_AVX512;
  }
#elif defined(__aarch64__)
  unsigned long needed = HWCAP2_BF16 | HWCAP2_I8MM;
  if ((getauxval(AT_HWCAP2) & needed) == needed) return CK_NEON_BF16;
#endif
  return CK_PORTABLE;
}

const ck_kernels *ck_kernels_of(ck_level level) {
  if (level == CK_PORTABLE) return &ck_kernels_portable;
  if (level > ck_level_best()) return NULL;
#if defined(__x86_64__)
  if (level == CK_AVX512_BF16) return &ck_kernels_avx512_bf16;
  if (level == CK_AVX512) return &ck_kernels_avx512;
  if (level == CK_AVX2) return &ck_kernels_avx2;
#elif defined(__aarch64__)
  if (level == CK_NEON_BF16) return &ck_kernels_neon_bf16;
#endif
  return NULL;
}
