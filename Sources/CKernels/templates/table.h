// Compiles every kernel for one instruction set and lists them. The including file defines
//   WIDTH        floats per vector
//   TILE_ROWS    rows of a register tile of products: TILE_ROWS × 2 sums, and what feeds them, fill the registers
//   LEVEL, TABLE the table's level and name
//   HAS_BFLOAT16 optional: there are dot products of bfloat16 pairs and of bytes (512-bit vectors and NEON only)
//   TARGET       optional: words of the target attribute. The compiler drops all of them, with a mere warning, if it
//                does not know one, so
//   TARGET_PROOF comes with it: an expression of intrinsics that does not compile without those words
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "../include/ck_kernels.h"
#include "../scratch.h"

// a·b + c in one expression is one rounding wherever there is an instruction for it.
#pragma STDC FP_CONTRACT ON
#ifdef TARGET
#pragma clang attribute push(__attribute__((target(TARGET))), apply_to = function)
// `used`, because only functions that are emitted are checked.
static void __attribute__((used)) prove_target(void) { (void)(TARGET_PROOF); }
#endif

#include "vector.h"
#include "words.h"
#include "exponential.h"
#include "tile.h"
#include "panels.h"
#include "tile_int8.h"
#include "product.h"
#include "elementwise.h"
#include "adafactor.h"
#include "muon.h"
#include "rmsnorm.h"
#include "rotate.h"
#include "attention.h"
#include "gate.h"
#include "swiglu.h"
#include "decode_attention.h"
#include "choose.h"
#include "cross_entropy.h"
#include "peak.h"

#ifdef TARGET
#pragma clang attribute pop
#endif

const ck_kernels TABLE = {
    .level = LEVEL,
    .packed_words = packed_words,
    .panel = PANEL,
    .pack = pack,
    .product_packed = product_packed,
    .product = product,
    .rmsnorm_forward = rmsnorm_forward,
    .rmsnorm_backward = rmsnorm_backward,
    .rotate = rotate,
    .attention_forward = attention_forward,
    .attention_backward = attention_backward,
    .swiglu_backward = swiglu_backward,
    .cross_entropy = cross_entropy,
    .store_rows = store_rows,
    .add = add,
    .sum_of_squares = sum_of_squares,
    .adamw = adamw,
    .adafactor_sums = adafactor_sums,
    .adafactor_squares = adafactor_squares,
    .adafactor_update = adafactor_update,
    .muon_momentum = muon_momentum,
    .muon_update = muon_update,
    .combine_symmetric = combine_symmetric,
    .exponential = exponential_of_each,
    .gate = gate,
    .page_words = page_words,
    .store_page_rows = store_page_rows,
    .attention_paged = attention_paged,
    .choose = choose,
    .peak = peak,
    .read_rate = read_rate,
};
