// What Muon does besides products.

/// Squares are summed in single precision over so many elements, then in double.
enum { SQUARES_BLOCK = 4096 };

static double muon_momentum(const float *g, float *m, float *update, long count, float beta, float scale) {
  double total = 0;
  for (long start = 0; start < count; start += SQUARES_BLOCK) {
    long end = count - start < SQUARES_BLOCK ? count : start + SQUARES_BLOCK, i = start;
    vector partial = every(0);
    for (; i + WIDTH <= end; i += WIDTH) {
      vector fresh = load(g + i) * scale * (1 - beta), first = load(m + i) * beta + fresh;
      vector ahead = first * beta + fresh;
      store(m + i, first);
      store(update + i, ahead);
      partial = ahead * ahead + partial;
    }
    float rest = 0;
    for (; i < end; i++) {
      float fresh = g[i] * scale * (1 - beta), first = m[i] * beta + fresh;
      m[i] = first;
      update[i] = first * beta + fresh;
      rest = update[i] * update[i] + rest;
    }
    total += (double)(sum(partial) + rest);
  }
  return total;
}

static void muon_update(float *p, const float *direction, long count, float shrink, float step) {
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) {
    vector parameter = load(p + i);
    store(p + i, parameter - (parameter * shrink + load(direction + i) * step));
  }
  for (; i < count; i++) p[i] = p[i] - (p[i] * shrink + direction[i] * step);
}

/// Blocks of WIDTH × WIDTH: each is computed below the diagonal and written a second time, transposed, above it.
static void combine_symmetric(const float *a, float a_factor, float *s, float s_factor, long n) {
  for (long i = 0; i < n; i += WIDTH) {
    long rows = n - i < WIDTH ? n - i : WIDTH;
    for (long j = 0; j <= i; j += WIDTH) {
      long columns = i == j ? rows : WIDTH;
      vector square[WIDTH];
      words turned[WIDTH];
      UNROLL for (int r = 0; r < WIDTH; r++) {
        const float *left = a + (i + r) * n + j, *right = s + (i + r) * n + j;
        if (r >= rows) square[r] = every(0);
        else if (columns == WIDTH) square[r] = load(left) * a_factor + load(right) * s_factor;
        else square[r] = load_some(left, columns, 0) * a_factor + load_some(right, columns, 0) * s_factor;
        turned[r] = (words)square[r];
      }
      transpose_square(turned);
      UNROLL for (int r = 0; r < WIDTH; r++) {
        // What lies above the diagonal was never computed.
        if (i == j) square[r] = lane_indices() <= (int32_t)r ? square[r] : (vector)turned[r];
        if (r < rows) store_some(s + (i + r) * n + j, square[r], columns);
        if (i != j) store_some(s + (j + r) * n + i, (vector)turned[r], rows);
      }
    }
  }
}
