/// `c[r,j] = beta·c[r,j] + Σₖ a[r,k]·b[j,k]` for r < rows and j < columns, both constants where this is inlined.
///
/// Each element is the sum of one vector over k, then of its lanes, then the rest of k: the same for every shape.
INLINE void dots(const int rows, const int columns, const float *a, const float *b, float *c, long n, long k,
                 float beta) {
  vector partial[STREAM_ROWS][8];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int j = 0; j < columns; j++) partial[r][j] = every(0);
  long l = 0;
  for (; l + WIDTH <= k; l += WIDTH) {
    vector left[STREAM_ROWS];
    UNROLL for (int r = 0; r < rows; r++) left[r] = load(a + r * k + l);
    UNROLL for (int j = 0; j < columns; j++) {
      vector right = load(b + j * k + l);
      UNROLL for (int r = 0; r < rows; r++) partial[r][j] = left[r] * right + partial[r][j];
    }
  }
  float totals[STREAM_ROWS][8];
  UNROLL for (int r = 0; r < rows; r++) {
    if (columns == 1) totals[r][0] = sum(partial[r][0]);
    else
      UNROLL for (int j = 0; j < columns; j += 4)
        store4(&totals[r][j], sums(partial[r][j], partial[r][j + 1], partial[r][j + 2], partial[r][j + 3]));
  }
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < columns; j++) {
      float total = totals[r][j];
      for (long t = l; t < k; t++) total = a[r * k + t] * b[j * k + t] + total;
      float *to = c + r * n + j;
      *to = beta == 0 ? total : *to * beta + total;
    }
}

static void product_few_rows(const float *a, const float *b, float *c, long m, long n, long k, float beta) {
  long j = 0;
  // One row alone takes eight columns at once: fewer sums in flight than the adders are deep would wait.
  if (m == 1)
    for (; j + 8 <= n; j += 8) dots(1, 8, a, b + j * k, c + j, n, k, beta);
  for (; j + 4 <= n; j += 4) {
    long i = 0;
    for (; i + STREAM_ROWS <= m; i += STREAM_ROWS)
      dots(STREAM_ROWS, 4, a + i * k, b + j * k, c + i * n + j, n, k, beta);
    for (; i < m; i++) dots(1, 4, a + i * k, b + j * k, c + i * n + j, n, k, beta);
  }
  for (; j < n; j++)
    for (long i = 0; i < m; i++) dots(1, 1, a + i * k, b + j * k, c + i * n + j, n, k, beta);
}
