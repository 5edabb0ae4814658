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

#ifdef HAS_BFLOAT16
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

/// `sum + left·right`, over both terms of a word where it holds two.
INLINE vector multiply_add(const int format, words left, words right, vector sum) {
#ifdef HAS_BFLOAT16
  if (format == BFLOAT16) return (vector)_mm512_dpbf16_ps((__m512)sum, (__m512bh)left, (__m512bh)right);
#else
  (void)format;
#endif
  return (vector)left * (vector)right + sum;
}

/// WIDTH words of consecutive terms at `p`, of which `count` exist; the others are zero.
INLINE words load_terms(const int format, const float *p, long count) {
  vector low = count >= WIDTH ? load(p) : load_some(p, count, 0);
  if (format == FLOAT32) return (words)low;
#ifdef HAS_BFLOAT16
  vector high = count >= 2 * WIDTH ? load(p + WIDTH) : count > WIDTH ? load_some(p + WIDTH, count - WIDTH, 0) : every(0);
  return adjacent_pairs(low, high);
#else
  return rounded_to_bfloat16(low);
#endif
}

/// The words from term `t` on of WIDTH columns, of which `columns` exist; terms lie `step` floats apart, `terms` in all.
INLINE words load_across(const int format, const float *p, long step, long t, long terms, long columns) {
  const float *first = p + t * step;
  vector low = columns >= WIDTH ? load(first) : load_some(first, columns, 0);
  if (format == FLOAT32) return (words)low;
#ifdef HAS_BFLOAT16
  vector high = t + 1 == terms ? every(0) : columns >= WIDTH ? load(first + step) : load_some(first + step, columns, 0);
  return pairs(low, high);
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
