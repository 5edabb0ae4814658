// Products of matrices after Goto & van de Geijn 2008. The right operand is packed in panels once, for all rows; rows of
// the left one are packed as they are used.
//
// Layout of a packed matrix b (k, n): blocks of BLOCK words in the direction of k; in each, panels of PANEL columns; in
// each, its words in ascending k, a row of PANEL words each, zero beyond n and k. A block of BLOCK_N columns stays in
// the second-level cache while a chunk of rows, packed once, passes by.

static long packed_words(int format, long n, long k) {
  return format == INT8 ? packed_words_int8(n, k) : panels_of(n) * PANEL * words_of(format, k);
}

/// One panel of one block: `columns` ≤ PANEL columns and `terms` terms of `b`, to `words_of(terms)` rows of PANEL words.
INLINE void pack_segment(const int format, const int stored, const void *b, long b_row, long b_col, uint32_t *to,
                         long columns, long terms) {
  long count = words_of(format, terms), per_word = terms_per_word(format);
  for (long c = 0; c < PANEL; c += WIDTH) {
    long here = columns - c < 0 ? 0 : columns - c;
    if (b_col == 1 || here == 0) {
      for (long w = 0; w < count; w++)
        store_words(to + w * PANEL + c,
                    load_across(format, stored, element(stored, b, c), b_row, w * per_word, terms, here));
      continue;
    }
    // Columns are contiguous: WIDTH words of each, transposed.
    for (long w = 0; w < count; w += WIDTH) {
      words square[WIDTH];
      UNROLL for (int i = 0; i < WIDTH; i++)
        square[i] = i < here ? load_terms(format, stored, element(stored, b, (c + i) * b_col + w * per_word),
                                          terms - w * per_word)
                             : (words)0;
      transpose_square(square);
      long left = count - w;
      UNROLL for (int i = 0; i < WIDTH; i++)
        if (i < left) store_words(to + (w + i) * PANEL + c, square[i]);
    }
  }
}

/// Packs panels `first` … `first + count − 1` of `b` into the packed matrix `to`.
static void pack(int format, ck_matrix b, uint32_t *to, long n, long k, long first, long count) {
  if (format == INT8) {
    pack_int8(b.at, b.row, b.column, to, n, k, first, count);
    return;
  }
  long all = panels_of(n), terms_per_block = BLOCK * terms_per_word(format);
  for (long l = 0; l < k; l += terms_per_block) {
    long terms = k - l < terms_per_block ? k - l : terms_per_block, here = words_of(format, terms);
    for (long panel = first; panel < first + count; panel++) {
      long j = panel * PANEL, columns = n - j < PANEL ? n - j : PANEL;
      const void *from = element(b.stored, b.at, l * b.row + j * b.column);
      uint32_t *segment = to + panel * here * PANEL;
      if (format == FLOAT32) pack_segment(FLOAT32, FLOAT32, from, b.row, b.column, segment, columns, terms);
      else if (b.stored == FLOAT32) pack_segment(BFLOAT16, FLOAT32, from, b.row, b.column, segment, columns, terms);
      else pack_segment(BFLOAT16, BFLOAT16, from, b.row, b.column, segment, columns, terms);
    }
    to += all * here * PANEL;
  }
}

/// Up to TILE_ROWS rows and `terms` terms of `a`, dense: (rows, BLOCK) words if rows of `a` are contiguous, else
/// (words, rows). May write WIDTH words more.
INLINE void pack_rows_of(const int format, const int stored, const void *a, long a_row, long a_col, uint32_t *to, int rows,
                         long terms) {
  long per_word = terms_per_word(format), count = words_of(format, terms);
  if (a_col == 1) {
    for (int r = 0; r < rows; r++)
      for (long w = 0; w < count; w += WIDTH)
        store_words(to + r * BLOCK + w, load_terms(format, stored, element(stored, a, r * a_row + w * per_word),
                                                   terms - w * per_word));
  } else {
    for (long w = 0; w < count; w++)
      for (int r = 0; r < rows; r += WIDTH)
        store_words(to + w * rows + r,
                    load_across(format, stored, element(stored, a, r), a_col, w * per_word, terms, rows - r));
  }
}

static void pack_rows(int format, ck_matrix a, uint32_t *to, int rows, long terms) {
  if (format == FLOAT32) pack_rows_of(FLOAT32, FLOAT32, a.at, a.row, a.column, to, rows, terms);
  else if (a.stored == FLOAT32) pack_rows_of(BFLOAT16, FLOAT32, a.at, a.row, a.column, to, rows, terms);
  else pack_rows_of(BFLOAT16, BFLOAT16, a.at, a.row, a.column, to, rows, terms);
}

/// The matrix from element (i, j) on.
INLINE ck_matrix part_of(ck_matrix m, long i, long j) {
  m.at = element(m.stored, m.at, i * m.row + j * m.column);
  return m;
}
INLINE ck_matrix floats_of(const float *p, long row, long column) { return (ck_matrix){p, row, column, FLOAT32}; }

/// Whether rows of `terms` terms can be read where they lie: memory holds the words that are multiplied, and they do not
/// all fall on the same few cache sets.
INLINE bool lies_as_words(int format, ck_matrix a, long terms) {
  long per_word = terms_per_word(format);
  if (a.column != 1 || a.stored != format || (format == BFLOAT16 && per_word == 1)) return false;
  return (a.row | terms) % per_word == 0 && a.row / per_word % 1024 != 0 && (uintptr_t)a.at % sizeof(uint32_t) == 0;
}

/// One row panel of c times the panels of one block, of which the first `count` of `packed` words are summed.
static void multiply_panels(int format, int rows, const uint32_t *a, long a_row, long a_col, const uint32_t *panels,
                            long packed, float *c, long c_row, long n, long count, float beta,
                            long ahead) {
  long j = 0;
  for (; j + PANEL <= n; j += PANEL)
    tile(format, rows, 2, a, a_row, a_col, panels + j * packed, PANEL, c + j, c_row, count, beta, ahead);
  if (j == n) return;
  int vectors = n - j > WIDTH ? 2 : 1;
  float edge[TILE_ROWS * PANEL];
  tile(format, rows, vectors, a, a_row, a_col, panels + j * packed, PANEL, edge, PANEL, count, 0, ahead);
  for (int r = 0; r < rows; r++)
    for (long i = j; i < n; i += WIDTH) {
      long here = n - i < WIDTH ? n - i : WIDTH;
      float *to = c + r * c_row + i;
      vector value = load(edge + r * PANEL + i - j);
      store_some(to, beta == 0 ? value : load_some(to, here, 0) * beta + value, here);
    }
}

/// `c[i,j] = beta·c[i,j] + Σₖ a[i,k] · b[k,j]` over the first `used` terms of `b` (k, n), packed, for the columns from
/// `first`, a multiple of PANEL, to `end`.
///
/// Each element is summed in ascending k, in blocks of fixed size, so it does not depend on m, n or how either is split.
static void multiply(int format, ck_matrix a, const uint32_t *panels, float *c, long c_row, long m, long n, long k,
                     long used, long first, long end, float beta) {
  if (used == 0) {
    for (long i = 0; i < m; i++)
      for (long j = first; j < end; j++) c[i * c_row + j] = beta == 0 ? 0 : c[i * c_row + j] * beta;
    return;
  }
  if (format == INT8) {
    product_int8(a.at, a.row, a.column, panels, c, c_row, m, n, k, first, end, beta);
    return;
  }
  uint32_t packed_rows[CHUNK_ROWS * BLOCK + WIDTH] __attribute__((aligned(64)));
  bool in_place = lies_as_words(format, a, used);
  long per_word = terms_per_word(format), terms_per_block = BLOCK * per_word;
  for (long l = 0; l < used; l += terms_per_block, beta = 1) {
    long packed = words_of(format, k - l < terms_per_block ? k - l : terms_per_block);
    long terms = used - l < terms_per_block ? used - l : terms_per_block, count = words_of(format, terms);
    for (long i = 0; i < m; i += CHUNK_ROWS) {
      long rows = m - i < CHUNK_ROWS ? m - i : CHUNK_ROWS, tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
      for (long t = 0, r = 0; !in_place && t < tiles; t++) {
        int here = (int)((rows - r + tiles - t - 1) / (tiles - t));
        pack_rows(format, part_of(a, i + r, l), packed_rows + r * BLOCK, here, terms);
        r += here;
      }
      for (long j = first; j < end; j += BLOCK_N) {
        long columns = end - j < BLOCK_N ? end - j : BLOCK_N;
        // The first tile reads the block from where it is; the second one fetches the next block meanwhile.
        long next = (j + BLOCK_N < end ? BLOCK_N : panels_of(n) * PANEL - (j - first)) * packed;
        for (long t = 0, r = 0; t < tiles; t++) {
          int here = (int)((rows - r + tiles - t - 1) / (tiles - t));
          const uint32_t *left = in_place ? part_of(a, i + r, l).at : packed_rows + r * BLOCK;
          long left_row = in_place ? a.row / per_word : a.column == 1 ? BLOCK : 1, left_col = a.column == 1 ? 1 : here;
          multiply_panels(format, here, left, left_row, left_col, panels + j * packed, packed, c + (i + r) * c_row + j,
                          c_row, columns, count, beta, t == 1 ? next : AHEAD);
          r += here;
        }
      }
    }
    panels += panels_of(n) * PANEL * packed;
  }
}

static void product_packed(int format, ck_matrix a, const uint32_t *panels, float *c, long c_row, long m, long n, long k,
                           long first, long end, float beta) {
  multiply(format, a, panels, c, c_row, m, n, k, k, first, end, beta);
}

/// The same with `b` as it is, packed block by block in the thread's scratch memory.
static void product(int format, ck_matrix a, ck_matrix b, float *c, long m, long n, long k, float beta) {
  if (k == 0) product_packed(format, a, 0, c, n, m, n, 0, 0, n, beta);
  uint32_t *packed = (uint32_t *)ck_scratch((BLOCK + BLOCK_GROUPS) * (BLOCK_N + PANEL));
  long terms_per_block = BLOCK * terms_per_word(format);
  for (long j = 0; j < n; j += BLOCK_N) {
    long columns = n - j < BLOCK_N ? n - j : BLOCK_N;
    for (long l = 0; l < k; l += terms_per_block) {
      long terms = k - l < terms_per_block ? k - l : terms_per_block;
      pack(format, part_of(b, l, j), packed, columns, terms, 0, panels_of(columns));
      product_packed(format, part_of(a, 0, l), packed, c + j, n, m, columns, terms, 0, columns, l == 0 ? beta : 1);
    }
  }
}
