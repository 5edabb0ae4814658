// The 32-bit words that products work on: a float, or two bfloat16 that follow each other in the summed direction (the
// first in the low half). One tile, one packing and one blocking serve both. Where the processor has no dot product of
// such pairs, a bfloat16 is a rounded float: as fast as single precision, and products of two are exact.

/// What a word holds. The values are those of `ck_format`.
enum { FLOAT32 = CK_FLOAT32, BFLOAT16 = CK_BFLOAT16, INT8 = CK_INT8 };

/// Terms of a sum that one word holds.
INLINE long terms_per_word(int format) {
#ifdef HAS_BFLOAT16
  if (format == BFLOAT16) return 2;
#endif
  return format == INT8 ? 4 : 1;
}
INLINE long words_of(int format, long terms) { return (terms + terms_per_word(format) - 1) / terms_per_word(format); }

INLINE words load_words(const uint32_t *p) {
  words w;
  memcpy(&w, p, sizeof w);
  return w;
}
INLINE void store_words(uint32_t *p, words w) { memcpy(p, &w, sizeof w); }

#if defined(HAS_BFLOAT16) && defined(__aarch64__)
/// Lane i: elements 2i and 2i + 1 of the 2·WIDTH floats of `low`, then `high`.
INLINE words adjacent_pairs(vector low, vector high) {
  return (words)vcvtq_high_bf16_f32(vcvtq_low_bf16_f32((float32x4_t)low), (float32x4_t)high);
}

/// Lane i: (first[i], second[i]).
INLINE words pairs(vector first, vector second) {
  return (words)vzip1q_u16((uint16x8_t)vcvtq_low_bf16_f32((float32x4_t)first),
                           (uint16x8_t)vcvtq_low_bf16_f32((float32x4_t)second));
}
#elif defined(HAS_BFLOAT16)
/// Lane i: elements 2i and 2i + 1 of the 2·WIDTH floats of `low`, then `high`.
INLINE words adjacent_pairs(vector low, vector high) {
  return (words)_mm512_cvtne2ps_pbh((__m512)high, (__m512)low);
}

/// Lane i: (first[i], second[i]).
INLINE words pairs(vector first, vector second) {
  const __m512i order = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5,
                                         20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  return (words)_mm512_permutexvar_epi16(order, (__m512i)adjacent_pairs(first, second));
}
#else
/// `x` rounded to the nearest bfloat16, ties to even; a NaN stays one.
INLINE words rounded_to_bfloat16(vector x) {
  words bits = (words)x;
  words rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) & 0xffff0000u;
  return (words)(x == x ? (vector)rounded : (vector)(bits | 0x00400000u));
}
#endif

// Numbers in memory are floats or bfloat16s of 16 bits: `stored` says which.

/// WIDTH bfloat16s.
typedef uint16_t halves __attribute__((ext_vector_type(WIDTH)));

/// The address of element `index`.
INLINE const void *element(int stored, const void *p, long index) {
  return (const char *)p + index * (stored == BFLOAT16 ? 2 : 4);
}

/// The first `count` bfloat16s; the other lanes are zero.
INLINE halves load_halves(const uint16_t *p, long count) {
  halves h;
  if (count >= WIDTH) {
    memcpy(&h, p, sizeof h);
    return h;
  }
#if WIDTH == 16
  return (halves)_mm256_maskz_loadu_epi16(first_lanes(count), p);
#else
  for (int i = 0; i < WIDTH; i++) h[i] = i < count ? p[i] : 0;
  return h;
#endif
}
/// Writes the first `count` lanes.
INLINE void store_halves(uint16_t *p, halves h, long count) {
  if (count >= WIDTH) {
    memcpy(p, &h, sizeof h);
    return;
  }
#if WIDTH == 16
  _mm256_mask_storeu_epi16(p, first_lanes(count), (__m256i)h);
#else
  for (long i = 0; i < count; i++) p[i] = h[i];
#endif
}
INLINE words widened(halves h) { return __builtin_convertvector(h, words); }
INLINE halves narrowed(vector x) {
#if defined(HAS_BFLOAT16) && defined(__aarch64__)
  return (halves)vcvt_bf16_f32((float32x4_t)x);
#elif defined(HAS_BFLOAT16)
  return (halves)_mm512_cvtneps_pbh((__m512)x);
#else
  return __builtin_convertvector(rounded_to_bfloat16(x) >> 16, halves);
#endif
}

/// The first `count` numbers from `index` on; the other lanes are zero.
INLINE vector load_stored(const int stored, const void *p, long index, long count) {
  if (stored == BFLOAT16) return (vector)(widened(load_halves((const uint16_t *)p + index, count)) << 16);
  const float *from = (const float *)p + index;
  return count >= WIDTH ? load(from) : load_some(from, count, 0);
}
/// Writes the first `count` lanes from `index` on, rounded if need be.
INLINE void store_stored(const int stored, void *p, long index, vector v, long count) {
  if (stored == FLOAT32) {
    float *to = (float *)p + index;
    if (count >= WIDTH) store(to, v);
    else store_some(to, v, count);
    return;
  }
  store_halves((uint16_t *)p + index, narrowed(v), count);
}

/// `sum + left·right`, over both terms of a word where it holds two.
INLINE vector multiply_add(const int format, words left, words right, vector sum) {
#if defined(HAS_BFLOAT16) && defined(__aarch64__)
  if (format == BFLOAT16) return (vector)vbfdotq_f32((float32x4_t)sum, (bfloat16x8_t)left, (bfloat16x8_t)right);
#elif defined(HAS_BFLOAT16)
  if (format == BFLOAT16) return (vector)_mm512_dpbf16_ps((__m512)sum, (__m512bh)left, (__m512bh)right);
#else
  (void)format;
#endif
  return (vector)left * (vector)right + sum;
}

/// WIDTH words of consecutive terms at `p`, of which `count` exist; the others are zero.
INLINE words load_terms(const int format, const int stored, const void *p, long count) {
#ifdef HAS_BFLOAT16
  if (stored == BFLOAT16) {
    if (count >= 2 * WIDTH) return load_words(p);
    uint16_t some[2 * WIDTH] = {0};
    memcpy(some, p, (size_t)count * sizeof *some);
    return load_words((const uint32_t *)(const void *)some);
  }
#endif
  vector low = load_stored(stored, p, 0, count);
  if (format == FLOAT32 || stored == BFLOAT16) return (words)low;
#ifdef HAS_BFLOAT16
  return adjacent_pairs(low, count > WIDTH ? load_stored(stored, p, WIDTH, count - WIDTH) : every(0));
#else
  return rounded_to_bfloat16(low);
#endif
}

/// The words from term `t` on of WIDTH columns, of which `columns` exist; terms lie `step` elements apart, `terms` in all.
INLINE words load_across(const int format, const int stored, const void *p, long step, long t, long terms, long columns) {
#ifdef HAS_BFLOAT16
  if (stored == BFLOAT16) {
    const uint16_t *first = (const uint16_t *)p + t * step;
    words high = t + 1 == terms ? (words)0 : widened(load_halves(first + step, columns));
    return widened(load_halves(first, columns)) | high << 16;
  }
#endif
  vector low = load_stored(stored, p, t * step, columns);
  if (format == FLOAT32 || stored == BFLOAT16) return (words)low;
#ifdef HAS_BFLOAT16
  return pairs(low, t + 1 == terms ? every(0) : load_stored(stored, p, (t + 1) * step, columns));
#else
  (void)terms;
  return rounded_to_bfloat16(low);
#endif
}

// Lane j of the rows a and b after the blocks of size s off the diagonal changed places (Eklundh 1972).
#define SWAP_LOW(s, j) ((j) & (s) ? WIDTH + (j) - (s) : (j))
#define SWAP_HIGH(s, j) ((j) & (s) ? WIDTH + (j) : (j) + (s))
#define EACH_4(f, s) f(s, 0), f(s, 1), f(s, 2), f(s, 3)
#define EACH_8(f, s) EACH_4(f, s), f(s, 4), f(s, 5), f(s, 6), f(s, 7)
#define EACH_16(f, s) EACH_8(f, s), f(s, 8), f(s, 9), f(s, 10), f(s, 11), f(s, 12), f(s, 13), f(s, 14), f(s, 15)
#define EACH_OF(width, f, s) EACH_##width(f, s)
#define EACH(width, f, s) EACH_OF(width, f, s)
#define SWAP_BLOCKS(s) \
  UNROLL for (int i = 0; i < WIDTH; i++) if (!(i & s)) { \
    words a = rows[i], b = rows[i + s]; \
    rows[i] = __builtin_shufflevector(a, b, EACH(WIDTH, SWAP_LOW, s)); \
    rows[i + s] = __builtin_shufflevector(a, b, EACH(WIDTH, SWAP_HIGH, s)); \
  }

/// Transposes WIDTH × WIDTH words in registers.
INLINE void transpose_square(words rows[WIDTH]) {
#if WIDTH >= 16
  SWAP_BLOCKS(8)
#endif
#if WIDTH >= 8
  SWAP_BLOCKS(4)
#endif
  SWAP_BLOCKS(2)
  SWAP_BLOCKS(1)
}
