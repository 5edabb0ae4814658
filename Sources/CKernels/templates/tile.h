/// 32-bit words of a cache line.
enum { WORDS_OF_LINE = 16 };

/// `c[r,j] = beta·c[r,j] + Σₗ a[r·a_row + l·a_col] · b[l·b_row + j]` for r < rows and j < vectors·WIDTH, in registers;
/// l counts words.
///
/// `format`, `rows` and `vectors` are constants where this is inlined. Each element is summed in ascending l, whatever
/// the shape. What lies `ahead` words after the words of b that are being read is fetched into the first-level cache.
INLINE void tile_of(const int format, const int rows, const int vectors, const uint32_t *a, long a_row, long a_col,
                    const uint32_t *b, long b_row, float *c, long c_row, long count, float beta, long ahead) {
  vector sums[TILE_ROWS][2];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < vectors; v++) sums[r][v] = every(0);
  for (long l = 0; l < count; l++) {
    words right[2];
    UNROLL for (int v = 0; v < vectors; v++) {
      right[v] = load_words(b + v * WIDTH);
      if (v * WIDTH % WORDS_OF_LINE == 0) __builtin_prefetch(b + v * WIDTH + ahead);
    }
    UNROLL for (int r = 0; r < rows; r++) {
      words left = (words)a[r * a_row];
      UNROLL for (int v = 0; v < vectors; v++) sums[r][v] = multiply_add(format, left, right[v], sums[r][v]);
    }
    a += a_col;
    b += b_row;
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < vectors; v++) {
      float *to = c + r * c_row + v * WIDTH;
      store(to, beta == 0 ? sums[r][v] : load(to) * beta + sums[r][v]);
    }
}

#define TILE_CASE(rows) \
  case rows: \
    if (vectors == 2) tile_of(format, rows, 2, a, a_row, a_col, b, b_row, c, c_row, count, beta, ahead); \
    else tile_of(format, rows, 1, a, a_row, a_col, b, b_row, c, c_row, count, beta, ahead); \
    break;

/// `tile_of` for 1 … TILE_ROWS rows and 1 or 2 vectors.
INLINE void tile_cases(const int format, int rows, int vectors, const uint32_t *a, long a_row, long a_col,
                       const uint32_t *b, long b_row, float *c, long c_row, long count, float beta, long ahead) {
  switch (rows) {
    TILE_CASE(1)
    TILE_CASE(2)
    TILE_CASE(3)
    TILE_CASE(4)
#if TILE_ROWS >= 6
    TILE_CASE(5)
    TILE_CASE(6)
#endif
#if TILE_ROWS >= 12
    TILE_CASE(7)
    TILE_CASE(8)
    TILE_CASE(9)
    TILE_CASE(10)
    TILE_CASE(11)
    TILE_CASE(12)
#endif
  }
}

static void tile(int format, int rows, int vectors, const uint32_t *a, long a_row, long a_col, const uint32_t *b,
                 long b_row, float *c, long c_row, long count, float beta, long ahead) {
  if (format == FLOAT32) tile_cases(FLOAT32, rows, vectors, a, a_row, a_col, b, b_row, c, c_row, count, beta, ahead);
  else tile_cases(BFLOAT16, rows, vectors, a, a_row, a_col, b, b_row, c, c_row, count, beta, ahead);
}
