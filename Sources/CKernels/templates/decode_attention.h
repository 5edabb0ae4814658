// Attention over keys and values in pages: blocks of PAGE tokens that lie anywhere (Kwon et al. 2023), by the blockwise
// softmax of Milakov & Gimelshein 2018.
//
// Layout of one head in one page: keys as a panel, (words of the head's width) rows of PAGE words; then values,
// (words of PAGE tokens) rows of as many words as the head is wide, rounded up to PAGE_COLUMNS. A word holds one
// term or two (see words.h), of neighbouring dimensions for keys and of neighbouring tokens for values: both products of
// attention are tiles over the page as it lies.

enum {
  /// Tokens of a page.
  PAGE = CK_PAGE,
  /// What a row of values is rounded up to; the widest vector.
  PAGE_COLUMNS = 16,
  /// Pages whose keys share a step of the softmax.
  PAGES_TOGETHER = 8,
  KEYS_TOGETHER = PAGES_TOGETHER * PAGE,
};

INLINE long value_columns(long head_width) { return (head_width + PAGE_COLUMNS - 1) / PAGE_COLUMNS * PAGE_COLUMNS; }

static long page_words(int format, long head_width) {
  return words_of(format, head_width) * PAGE + words_of(format, PAGE) * value_columns(head_width);
}

/// The bits of `x`, rounded to the nearest bfloat16 (ties to even; a NaN stays one) if the format says so.
INLINE uint32_t stored_bits(int format, float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  if (format == FLOAT32) return bits;
  return (x == x ? bits + 0x7fffu + ((bits >> 16) & 1u) : bits | 0x00400000u) & 0xffff0000u;
}

/// Writes keys and values of `count` tokens, rows `row` floats apart, as tokens `first` … of a sequence; `memory` is this
/// head's place in page 0, page i of the sequence lies `pages[i]·page_stride` words from it.
static void store_page_rows(int format, const float *k, const float *v, long row, uint32_t *memory, const int32_t *pages,
                            long page_stride, long first, long count, long head_width) {
  long key_words = words_of(format, head_width) * PAGE, columns = value_columns(head_width);
  // One token's key lies in as many lines as it has words; most likely the next head's are written next.
  const uint32_t *next = memory + pages[first / PAGE] * page_stride + page_words(format, head_width) + first % PAGE;
  for (long w = 0; w < key_words; w += PAGE) __builtin_prefetch(next + w, 1);
  for (long i = 0; i < count; i++, k += row, v += row) {
    long token = (first + i) % PAGE;
    uint32_t *keys = memory + pages[(first + i) / PAGE] * page_stride + token;
    uint32_t *values = memory + pages[(first + i) / PAGE] * page_stride + key_words;
    if (terms_per_word(format) == 1) {
      for (long d = 0; d < head_width; d++) keys[d * PAGE] = stored_bits(format, k[d]);
      for (long d = 0; d < head_width; d++) values[token * columns + d] = stored_bits(format, v[d]);
      continue;
    }
    for (long d = 0; d < head_width; d += 2)
      keys[d / 2 * PAGE] = stored_bits(format, k[d]) >> 16 | (d + 1 < head_width ? stored_bits(format, k[d + 1]) : 0);
    uint32_t *to = values + token / 2 * columns;
    // The first token of a pair clears its neighbour's half: what a page held before must not be multiplied, even by 0.
    if (token % 2 == 0) for (long d = 0; d < head_width; d++) to[d] = stored_bits(format, v[d]) >> 16;
    else for (long d = 0; d < head_width; d++) to[d] = (to[d] & 0xffffu) | stored_bits(format, v[d]);
  }
}

/// A step of one row's softmax: turns `visible` scores into exp(score − maximum), zeros up to `end` (a multiple of
/// WIDTH), and scales what was summed before to the new maximum.
INLINE void softmax_step(float *scores, long visible, long end, float scale, float *maximum, float *total, float *mixed,
                         long columns) {
  long j = 0;
  if (visible > 0) {
    vector most = every(-INFINITY);
    for (; j < visible; j += WIDTH) {
      integers key = lane_indices() + (int32_t)j;
      vector s = key < (int32_t)visible ? load(scores + j) * scale : every(-INFINITY);
      store(scores + j, s);
      most = larger(s, most);
    }
    float here = largest(most);
    if (here > *maximum) {
      float share = *total > 0 ? exponential(every(*maximum - here))[0] : 0;
      *maximum = here;
      *total *= share;
      for (long d = 0; d < columns; d += WIDTH) store(mixed + d, load(mixed + d) * share);
    }
    vector partial = every(0);
    for (j = 0; j < visible; j += WIDTH) {
      vector p = exponential(load(scores + j) - *maximum);
      store(scores + j, p);
      partial += p;
    }
    *total += sum(partial);
  }
  for (; j < end; j += WIDTH) store(scores + j, every(0));
}

/// Attention of rows `first` … `first + rows − 1` of one sequence and one key head. Row r is query r / group (of `queries`,
/// the last of `keys` tokens) in query head r mod group of this key head; `q` and `out` are the first row's addresses,
/// queries lie `q_row` and `out_row` floats apart.
///
/// A row reads the keys it may see and no others, in blocks that begin at multiples of KEYS_TOGETHER, so its bits do
/// not depend on the rows beside it.
static void attention_paged(int format, const float *q, long q_row, const uint32_t *memory, const int32_t *pages,
                            long page_stride, float *out, long out_row, long keys, long queries, long group,
                            long head_width, long first, long rows) {
  long key_words = words_of(format, head_width), columns = value_columns(head_width);
  long key_row = key_words + WIDTH, block_words = words_of(format, KEYS_TOGETHER);
  float scale = 1 / sqrtf((float)head_width);
  uint32_t *left = (uint32_t *)ck_scratch((size_t)(TILE_ROWS * (key_row + KEYS_TOGETHER + block_words + columns)));
  float *scores = (float *)left + TILE_ROWS * key_row;
  uint32_t *weights = (uint32_t *)scores + TILE_ROWS * KEYS_TOGETHER;
  float *mixed = (float *)weights + TILE_ROWS * block_words;
  long blocks = (rows + TILE_ROWS - 1) / TILE_ROWS;
  for (long block = 0, from = first; block < blocks; block++) {
    int here = (int)((first + rows - from + blocks - block - 1) / (blocks - block));
    float maxima[TILE_ROWS], totals[TILE_ROWS];
    for (int r = 0; r < here; r++) {
      const float *query = q + (from + r) / group * q_row + (from + r) % group * head_width;
      for (long w = 0; w < key_words; w += WIDTH)
        store_words(left + r * key_row + w, load_terms(format, FLOAT32, query + w * terms_per_word(format),
                                                       head_width - w * terms_per_word(format)));
      maxima[r] = -INFINITY;
      totals[r] = 0;
    }
    memset(mixed, 0, (size_t)(here * columns) * sizeof(float));
    long seen = keys - queries + (from + here - 1) / group + 1;
    for (long start = 0; start < seen; start += KEYS_TOGETHER) {
      long count = seen - start < KEYS_TOGETHER ? seen - start : KEYS_TOGETHER, end = (count + PAGE - 1) / PAGE * PAGE;
      const int32_t *page = pages + start / PAGE;
      for (long j = 0; j < count; j += PAGE, page++) {
        const uint32_t *panel = memory + page[0] * page_stride;
        // Pages follow in no order that the processor could foresee: what is read next is fetched while this one is read.
        const uint32_t *next = j + PAGE < count ? memory + page[1] * page_stride
                                                : memory + pages[start / PAGE] * page_stride + key_words * PAGE;
        for (long t = 0; t < PAGE; t += 2 * WIDTH)
          tile(format, here, 2, left, key_row, 1, panel + t, PAGE, scores + j + t, KEYS_TOGETHER, key_words, 0, next - panel);
      }
      for (int r = 0; r < here; r++) {
        float *row = scores + r * KEYS_TOGETHER;
        long visible = keys - queries + (from + r) / group + 1 - start;
        softmax_step(row, visible < count ? visible : count, end, scale, maxima + r, totals + r, mixed + r * columns,
                     columns);
        if (format == BFLOAT16)
          for (long w = 0, per_word = terms_per_word(format); w * per_word < end; w += WIDTH)
            store_words(weights + r * block_words + w, load_terms(format, FLOAT32, row + w * per_word, end - w * per_word));
      }
      const uint32_t *probabilities = format == BFLOAT16 ? weights : (const uint32_t *)scores;
      page = pages + start / PAGE;
      for (long j = 0; j < count; j += PAGE, page++) {
        const uint32_t *values = memory + page[0] * page_stride + key_words * PAGE;
        // After the last one most likely come the next head's keys.
        const uint32_t *next = j + PAGE < count        ? values + (page[1] - page[0]) * page_stride
                               : start + count < seen ? memory + page[1] * page_stride
                                                      : memory + pages[0] * page_stride + page_words(format, head_width);
        long terms = words_of(format, count - j < PAGE ? count - j : PAGE);
        for (long d = 0; d < columns; d += 2 * WIDTH)
          tile(format, here, columns - d > WIDTH ? 2 : 1, probabilities + words_of(format, j), block_words, 1, values + d,
               columns, mixed + d, columns, terms, 1, next - values);
      }
    }
    for (int r = 0; r < here; r++) {
      float *to = out + (from + r) / group * out_row + (from + r) % group * head_width, share = 1 / totals[r];
      long d = 0;
      for (; d + WIDTH <= head_width; d += WIDTH) store(to + d, load(mixed + r * columns + d) * share);
      if (d < head_width) store_some(to + d, load(mixed + r * columns + d) * share, head_width - d);
    }
    from += here;
  }
}
