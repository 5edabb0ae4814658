// Products of 8-bit integers: weights rounded once, activations as they come, both in groups with a scale of their own.
//
// A group is GROUP consecutive terms of one sum. Weight w is the byte q + 128 with w ≈ scale·q, −127 ≤ q ≤ 127; the
// activations of a row are signed bytes with a scale likewise. Unsigned times signed bytes is what processors multiply:
// Σ q·x = Σ (q + 128)·x − 128·Σ x, and the last sum is known before the weights are read. Sums within a group are exact
// integers, so all instruction sets have the same ones; groups are added as floats in ascending order.
//
// Layout of a packed matrix: as in product.h, a word holding four terms (the first in the low byte); after the rows of
// words of each group comes one row of PANEL floats, the scales.

enum {
  /// Terms that share a scale.
  GROUP = 64,
  GROUP_WORDS = GROUP / 4,
  /// Rows of PANEL words of a packed group.
  GROUP_ROWS = GROUP_WORDS + 1,
  /// Groups of one block.
  BLOCK_GROUPS = BLOCK / GROUP_WORDS,
  /// Rows of a tile: each needs an integer and a float sum.
  INT8_ROWS = TILE_ROWS / 2,
  /// Rows of the left operand that are rounded together, and pass by a panel while it is in the first-level cache.
  INT8_CHUNK = 8 * INT8_ROWS,
};

INLINE long groups_of(long k) { return (k + GROUP - 1) / GROUP; }

/// `sum + Σ left·right` over the four unsigned bytes of each word of `left` and signed bytes of `right`, exactly.
INLINE integers dot_bytes(words left, words right, integers sum) {
#if defined(HAS_BFLOAT16) && defined(__aarch64__)
  return (integers)vusdotq_s32((int32x4_t)sum, (uint8x16_t)left, (int8x16_t)right);
#elif defined(HAS_BFLOAT16)
  return (integers)_mm512_dpbusd_epi32((__m512i)sum, (__m512i)left, (__m512i)right);
#elif WIDTH == 16
  const __m512i low = _mm512_set1_epi16(0xff);
  __m512i even = _mm512_madd_epi16(_mm512_and_si512((__m512i)left, low),
                                   _mm512_srai_epi16(_mm512_slli_epi16((__m512i)right, 8), 8));
  __m512i odd = _mm512_madd_epi16(_mm512_srli_epi16((__m512i)left, 8), _mm512_srai_epi16((__m512i)right, 8));
  return sum + (integers)even + (integers)odd;
#elif WIDTH == 8
  const __m256i low = _mm256_set1_epi16(0xff);
  __m256i even = _mm256_madd_epi16(_mm256_and_si256((__m256i)left, low),
                                   _mm256_srai_epi16(_mm256_slli_epi16((__m256i)right, 8), 8));
  __m256i odd = _mm256_madd_epi16(_mm256_srli_epi16((__m256i)left, 8), _mm256_srai_epi16((__m256i)right, 8));
  return sum + (integers)even + (integers)odd;
#else
  integers l = (integers)left, r = (integers)right;
  sum += (l & 0xff) * (r << 24 >> 24);
  sum += ((l >> 8) & 0xff) * (r << 16 >> 24);
  sum += ((l >> 16) & 0xff) * (r << 8 >> 24);
  return sum + (integers)(left >> 24) * (r >> 24);
#endif
}

/// Rounds up to GROUP terms, `step` floats apart, to integers of at most 127 (missing terms are zero); returns the scale,
/// and the integers' sum in `total`.
INLINE float round_group(const float *x, long step, long terms, int8_t *to, int32_t *total) {
  float dense[GROUP];
  if (step != 1 || terms < GROUP) {
    for (long i = 0; i < GROUP; i++) dense[i] = i < terms ? x[i * step] : 0;
    x = dense;
  }
  vector largest_of_each = every(0);
  UNROLL for (int i = 0; i < GROUP; i += WIDTH) {
    vector v = load(x + i);
    largest_of_each = larger(larger(v, -v), largest_of_each);
  }
  float most = __builtin_reduce_max(largest_of_each), inverse = most > 0 ? 127 / most : 0;
  // Adding 1.5·2²³ rounds to the nearest integer, ties to even, and leaves it in the low bits.
  integers sum = (integers)every(0);
  UNROLL for (int i = 0; i < GROUP; i += WIDTH) {
    vector scaled = load(x + i) * inverse;
    vector shifted = scaled + 0x1.8p23f;
    integers rounded = (integers)shifted - 0x4B400000;
    sum += rounded;
#if WIDTH == 16
    _mm_storeu_si128((__m128i *)(to + i), _mm512_cvtepi32_epi8((__m512i)rounded));
#else
    for (int lane = 0; lane < WIDTH; lane++) to[i + lane] = (int8_t)rounded[lane];
#endif
  }
  *total = __builtin_reduce_add(sum);
  return most / 127;
}

static long packed_words_int8(long n, long k) { return panels_of(n) * PANEL * groups_of(k) * GROUP_ROWS; }

/// `pack` for 8-bit weights; they must be finite.
static void pack_int8(const float *b, long b_row, long b_col, uint32_t *to, long n, long k, long first, long count) {
  long all = panels_of(n);
  for (long group = 0; group < groups_of(k); group += BLOCK_GROUPS) {
    long left = groups_of(k) - group, groups = left < BLOCK_GROUPS ? left : BLOCK_GROUPS;
    for (long panel = first; panel < first + count; panel++)
      for (long g = 0; g < groups; g++) {
        uint32_t *rows = to + (panel * groups + g) * GROUP_ROWS * PANEL;
        long term = (group + g) * GROUP, terms = k - term < GROUP ? k - term : GROUP;
        for (long j = 0; j < PANEL; j++) {
          long column = panel * PANEL + j;
          int8_t rounded[GROUP] = {0};
          int32_t total;
          float scale = column < n ? round_group(b + term * b_row + column * b_col, b_row, terms, rounded, &total) : 0;
          for (long w = 0; w < GROUP_WORDS; w++) {
            uint32_t word = 0;
            for (int i = 0; i < 4; i++) word |= (uint32_t)(uint8_t)(rounded[4 * w + i] + 128) << 8 * i;
            rows[w * PANEL + j] = word;
          }
          memcpy(rows + GROUP_WORDS * PANEL + j, &scale, sizeof scale);
        }
      }
    to += all * groups * GROUP_ROWS * PANEL;
  }
}

/// Rows of the left operand as the tile reads them.
typedef struct {
  int8_t terms[INT8_CHUNK * BLOCK * 4] __attribute__((aligned(64)));
  float scales[INT8_CHUNK * BLOCK_GROUPS];
  /// −128·Σ of the group's terms: what the weights' offset adds, taken away beforehand.
  int32_t offsets[INT8_CHUNK * BLOCK_GROUPS];
} rounded_rows;

static void round_rows(const float *a, long a_row, long a_col, rounded_rows *to, long rows, long terms) {
  for (long r = 0; r < rows; r++)
    for (long g = 0; g * GROUP < terms; g++) {
      long left = terms - g * GROUP;
      int32_t total;
      to->scales[r * BLOCK_GROUPS + g] = round_group(a + r * a_row + g * GROUP * a_col, a_col,
                                                     left < GROUP ? left : GROUP, to->terms + r * BLOCK * 4 + g * GROUP,
                                                     &total);
      to->offsets[r * BLOCK_GROUPS + g] = -128 * total;
    }
}

/// `rows` rows times one panel of one block of `groups` groups, in registers.
INLINE void tile_int8_of(const int rows, const rounded_rows *a, long first, const uint32_t *b, float *c, long c_row,
                         long groups, float beta) {
  vector totals[INT8_ROWS][2];
  UNROLL for (int r = 0; r < rows; r++) totals[r][0] = totals[r][1] = every(0);
  const uint32_t *left = (const uint32_t *)a->terms + first * BLOCK;
  for (long g = 0; g < groups; g++) {
    integers sums[INT8_ROWS][2];
    UNROLL for (int r = 0; r < rows; r++)
      sums[r][0] = sums[r][1] = (integers)a->offsets[(first + r) * BLOCK_GROUPS + g];
    for (long l = 0; l < GROUP_WORDS; l++) {
      words low = load_words(b), high = load_words(b + WIDTH);
      UNROLL for (int v = 0; v < PANEL; v += WORDS_OF_LINE) __builtin_prefetch(b + v + AHEAD);
      UNROLL for (int r = 0; r < rows; r++) {
        words x = (words)left[r * BLOCK + l];
        sums[r][0] = dot_bytes(low, x, sums[r][0]);
        sums[r][1] = dot_bytes(high, x, sums[r][1]);
      }
      b += PANEL;
    }
    vector low = load((const float *)b), high = load((const float *)b + WIDTH);
    UNROLL for (int r = 0; r < rows; r++) {
      float scale = a->scales[(first + r) * BLOCK_GROUPS + g];
      totals[r][0] = __builtin_convertvector(sums[r][0], vector) * (low * scale) + totals[r][0];
      totals[r][1] = __builtin_convertvector(sums[r][1], vector) * (high * scale) + totals[r][1];
    }
    b += PANEL;
    left += GROUP_WORDS;
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < 2; v++) {
      float *to = c + r * c_row + v * WIDTH;
      store(to, beta == 0 ? totals[r][v] : load(to) * beta + totals[r][v]);
    }
}

#define INT8_CASE(rows) \
  case rows: tile_int8_of(rows, a, first, b, c, c_row, groups, beta); break;

static void tile_int8(int rows, const rounded_rows *a, long first, const uint32_t *b, float *c, long c_row, long groups,
                      float beta) {
  switch (rows) {
    INT8_CASE(1)
    INT8_CASE(2)
#if TILE_ROWS >= 6
    INT8_CASE(3)
#endif
#if TILE_ROWS >= 12
    INT8_CASE(4)
    INT8_CASE(5)
    INT8_CASE(6)
#endif
  }
}

/// `product_packed` for 8-bit weights.
static void product_int8(const float *a, long a_row, long a_col, const uint32_t *panels, float *c, long c_row, long m,
                         long n, long k, long first, long end, float beta) {
  rounded_rows rounded, *left = &rounded;
  for (long l = 0; l < k; l += BLOCK * 4, beta = 1) {
    long terms = k - l < BLOCK * 4 ? k - l : BLOCK * 4, groups = groups_of(terms);
    for (long i = 0; i < m; i += INT8_CHUNK) {
      long rows = m - i < INT8_CHUNK ? m - i : INT8_CHUNK, tiles = (rows + INT8_ROWS - 1) / INT8_ROWS;
      round_rows(a + i * a_row + l * a_col, a_row, a_col, left, rows, terms);
      for (long j = first; j < end; j += PANEL) {
        const uint32_t *panel = panels + j * groups * GROUP_ROWS;
        for (long t = 0, r = 0; t < tiles; t++) {
          int here = (int)((rows - r + tiles - t - 1) / (tiles - t));
          float *to = c + (i + r) * c_row + j;
          if (j + PANEL <= end) {
            tile_int8(here, left, r, panel, to, c_row, groups, beta);
          } else {
            float edge[INT8_ROWS * PANEL];
            tile_int8(here, left, r, panel, edge, PANEL, groups, 0);
            for (int e = 0; e < here; e++)
              for (long x = 0; x < end - j; x++)
                to[e * c_row + x] = beta == 0 ? edge[e * PANEL + x] : to[e * c_row + x] * beta + edge[e * PANEL + x];
          }
          r += here;
        }
      }
    }
    panels += panels_of(n) * PANEL * groups * GROUP_ROWS;
  }
}
