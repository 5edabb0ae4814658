/// The vector kernels of one instruction set, as a table of functions chosen once at run time.
///
/// Semantics, shapes and formulas are those of `Kernels` in Sources/Tensors/Kernels.swift; sizes are not negative (the
/// Swift side checks them). Every function runs on the calling thread.
#pragma once
#include <stdint.h>

/// Instruction sets, from the one that every processor has upwards.
typedef enum {
  /// 128-bit vectors: SSE2 on x86-64, NEON on arm64.
  CK_PORTABLE = 0,
  /// AVX2 and FMA, 256 bits.
  CK_AVX2 = 1,
  /// AVX-512 F, BW, VL and DQ.
  CK_AVX512 = 2,
  /// These with BF16 and VNNI: dot products of bfloat16 pairs and of bytes.
  CK_AVX512_BF16 = 3,
  /// arm64 with BF16 and I8MM (ARMv8.6): the same dot products, 128 bits.
  CK_NEON_BF16 = 4,
} ck_level;

/// What products multiply. Sums are single-precision in every case.
typedef enum {
  CK_FLOAT32 = 0,
  /// Both operands rounded to bfloat16 (nearest, ties to even) as they are packed.
  CK_BFLOAT16 = 1,
  /// Both rounded to 8 bits in groups of 64 terms with a scale each: weights as they are packed, rows as they are used.
  CK_INT8 = 2,
} ck_format;

/// A matrix in memory: element (i, j) lies `i·row + j·column` elements from `at`, one of the strides being 1.
typedef struct {
  const void *_Nonnull at;
  long row, column;
  /// What memory holds: CK_FLOAT32, or CK_BFLOAT16 in 16 bits each.
  int stored;
} ck_matrix;

/// Rows in memory, `row` elements apart, that a kernel writes.
typedef struct {
  void *_Nonnull at;
  long row;
  int stored;
} ck_rows;

/// Tokens of one page of a key-value cache.
enum { CK_PAGE = 32 };

typedef struct {
  ck_level level;

  /// 32-bit words that a packed matrix (k, n) takes.
  long (*_Nonnull packed_words)(int format, long n, long k);
  /// Columns of one panel of a packed matrix.
  long panel;
  /// Packs panels `first` … `first + count − 1` of `b` (k, n). Operands that are stored as bfloat16 are for that format.
  void (*_Nonnull pack)(int format, ck_matrix b, uint32_t *_Nonnull to, long n, long k, long first, long count);
  /// `c[i·c_row + j] = beta·c + Σₖ a[i,k] · b[k,j]`, `b` (k, n) packed, for first ≤ j < end, `first` being a multiple of
  /// `panel`. Each element is summed in ascending k, in blocks of fixed size, so it does not depend on m or n.
  void (*_Nonnull product_packed)(int format, ck_matrix a, const uint32_t *_Nullable panels, float *_Nonnull c,
                                  long c_row, long m, long n, long k, long first, long end, float beta);
  /// The same with `b` as it is and dense rows of c.
  void (*_Nonnull product)(int format, ck_matrix a, ck_matrix b, float *_Nonnull c, long m, long n, long k, float beta);
  void (*_Nonnull rmsnorm_forward)(const float *_Nonnull x, const float *_Nonnull weight, ck_rows y,
                                   float *_Nonnull inverse, long rows, long width, float epsilon);
  void (*_Nonnull rmsnorm_backward)(const float *_Nonnull dy, const float *_Nonnull x, const float *_Nonnull weight,
                                    const float *_Nonnull inverse, float *_Nonnull dx, float *_Nonnull dweight,
                                    long rows, long width);
  void (*_Nonnull rotate)(float *_Nonnull x, const int32_t *_Nonnull positions, const float *_Nonnull cosines,
                          const float *_Nonnull sines, long rows, long stride, long heads, long head_width,
                          float direction);
  /// One key head with the `group` query heads that read it.
  void (*_Nonnull attention_forward)(int format, const float *_Nonnull q, long q_stride, const float *_Nonnull k,
                                     const float *_Nonnull v, long kv_stride, float *_Nonnull out, long out_stride,
                                     float *_Nonnull log_sum_exp, long log_stride, long queries, long keys, long group,
                                     long head_width);
  void (*_Nonnull attention_backward)(int format, const float *_Nonnull dout, long dout_stride, ck_matrix q,
                                      ck_matrix k, ck_matrix v, ck_matrix out, const float *_Nonnull log_sum_exp,
                                      long log_stride, float *_Nonnull dq, long q_stride, float *_Nonnull dk,
                                      float *_Nonnull dv, long kv_stride, long rows, long group, long head_width);
  void (*_Nonnull swiglu_backward)(const float *_Nonnull dy, ck_matrix x, ck_rows dx, ck_rows y, long rows, long width);
  void (*_Nonnull cross_entropy)(float *_Nonnull logits, const int32_t *_Nonnull targets,
                                 const float *_Nonnull weights, float *_Nonnull losses, float *_Nonnull hits,
                                 float scale, long rows, long vocabulary);
  /// Writes rows of x, `row` floats apart, rounded as `to` stores them.
  void (*_Nonnull store_rows)(const float *_Nonnull x, long row, ck_rows to, long rows, long width);
  /// `y += x`.
  void (*_Nonnull add)(const float *_Nonnull x, float *_Nonnull y, long count);
  /// `Σ x²` in double over 16 interleaved lanes: the same bits at every level.
  double (*_Nonnull sum_of_squares)(const float *_Nonnull x, long count);
  /// `correction1` is 1/(1−β₁ᵗ), `correction2` is 1/√(1−β₂ᵗ).
  void (*_Nonnull adamw)(float *_Nonnull parameters, const float *_Nonnull gradients, float *_Nonnull first,
                         float *_Nonnull second, long count, float rate, float beta1, float beta2, float epsilon,
                         float decay, float gradient_scale, float correction1, float correction2);
  /// Writes `Σⱼ (scale·g[i,j])²` of each row and adds `Σᵢ` of each column.
  void (*_Nonnull adafactor_sums)(const float *_Nonnull gradients, long rows, long columns, float scale,
                                  float *_Nonnull row_sums, float *_Nonnull column_sums);
  /// `Σ u²` with u[i,j] = scale · g[i,j] · row_factors[i] · column_factors[j].
  double (*_Nonnull adafactor_squares)(const float *_Nonnull gradients, long rows, long columns, float scale,
                                       const float *_Nonnull row_factors, const float *_Nonnull column_factors);
  /// `p −= shrink·p + step·u`.
  void (*_Nonnull adafactor_update)(float *_Nonnull parameters, const float *_Nonnull gradients, long rows, long columns,
                                    float scale, const float *_Nonnull row_factors,
                                    const float *_Nonnull column_factors, float shrink, float step);
  /// `m = β·m + (1 − β)·scale·g; update = β·m + (1 − β)·scale·g`; returns `Σ update²`.
  double (*_Nonnull muon_momentum)(const float *_Nonnull gradients, float *_Nonnull momentum, float *_Nonnull update,
                                   long count, float beta, float scale);
  /// `p −= shrink·p + step·direction`.
  void (*_Nonnull muon_update)(float *_Nonnull parameters, const float *_Nonnull direction, long count, float shrink,
                               float step);
  /// `s = a_factor·a + s_factor·s` of symmetric matrices (n, n), of which only the lower triangles are read; all of `s`
  /// is written. `a` may be `s`.
  void (*_Nonnull combine_symmetric)(const float *_Nonnull a, float a_factor, float *_Nonnull s, float s_factor, long n);
  /// `y[i] = exp(x[i])`: the exponential that the other kernels use, for its test.
  void (*_Nonnull exponential)(const float *_Nonnull x, float *_Nonnull y, long count);
  /// `y = silu(gates) · ups`, rows of the inputs `row` floats apart.
  void (*_Nonnull gate)(const float *_Nonnull gates, const float *_Nonnull ups, long row, ck_rows y, long rows,
                        long columns);
  /// Words of one key head's keys and values in one page.
  long (*_Nonnull page_words)(int format, long head_width);
  /// Writes keys and values as tokens `first` … of a sequence; `memory` is the head's place in page 0, page i of the
  /// sequence lies `pages[i]·page_stride` words from it.
  void (*_Nonnull store_page_rows)(int format, const float *_Nonnull k, const float *_Nonnull v, long row,
                                   uint32_t *_Nonnull memory, const int32_t *_Nonnull pages, long page_stride,
                                   long first, long count, long head_width);
  /// Causal attention of `rows` (query, head) pairs from `first` on, over the pages of one key head.
  void (*_Nonnull attention_paged)(int format, const float *_Nonnull q, long q_row, const uint32_t *_Nonnull memory,
                                   const int32_t *_Nonnull pages, long page_stride, float *_Nonnull out, long out_row,
                                   long keys, long queries, long group, long head_width, long first, long rows);
  /// The token at `position` in [0, 1) of the distribution of one row's allowed tokens, or −1.
  long (*_Nonnull choose)(const float *_Nonnull logits, const uint64_t *_Nullable mask, long mask_words, long vocabulary,
                          float temperature, double position, float *_Nonnull log_probability);
  /// Runs independent multiply-adds of `format`, as products do them, for about `seconds`; returns the rate in GFLOP/s.
  double (*_Nonnull peak)(int format, double seconds);
  /// Reads `count` floats again and again for about `seconds`; returns the rate in GB/s.
  double (*_Nonnull read_rate)(const float *_Nonnull x, long count, double seconds);
} ck_kernels;

/// The highest level that this processor and its operating system support.
ck_level ck_level_best(void);
/// The kernels of `level`, or null where the processor lacks it.
const ck_kernels *_Nullable ck_kernels_of(ck_level level);
