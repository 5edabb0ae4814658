// NEON with dot products of bfloat16 pairs and of bytes.
#if defined(__aarch64__)
#include <arm_neon.h>

#define WIDTH 4
#define TILE_ROWS 12
#define HAS_BFLOAT16
#define LEVEL CK_NEON_BF16
#define TABLE ck_kernels_neon_bf16
#define TARGET "bf16,i8mm"
#define TARGET_PROOF \
  vbfdotq_f32(vdupq_n_f32(0), vcvtq_low_bf16_f32(vdupq_n_f32(0)), vcvtq_low_bf16_f32(vdupq_n_f32(0))), \
      vusdotq_s32(vdupq_n_s32(0), vdupq_n_u8(0), vdupq_n_s8(0))
#include "templates/table.h"
#endif
