// Products of matrices after Goto & van de Geijn 2008: `b` is packed in panels that stay in the second-level cache.

enum {
  /// Columns of a panel of b.
  PANEL = 2 * WIDTH,
  /// Terms summed in registers before they are added to c; a tile's rows of a stay in the first-level cache.
  BLOCK_K = 256,
  /// Columns of b packed at once: BLOCK_K · BLOCK_N floats are 512 KiB.
  BLOCK_N = 512,
};

/// Packs `b` (k, n) as panels of PANEL columns, each (k, PANEL) and dense, zero beyond n.
static void pack_panels(const float *b, long b_row, long b_col, float *to, long n, long k) {
  for (long j = 0; j < n; j += PANEL, to += k * PANEL) {
    long columns = n - j < PANEL ? n - j : PANEL;
    if (columns < PANEL) memset(to, 0, (size_t)(k * PANEL) * sizeof(float));
    if (b_col == 1) {
      for (long l = 0; l < k; l++) memcpy(to + l * PANEL, b + l * b_row + j, (size_t)columns * sizeof(float));
    } else {
      transpose(b + j * b_col, b_col, to, PANEL, columns, k);
    }
  }
}

/// One row panel of c times all packed panels.
static void multiply_panels(int rows, const float *a, long a_row, long a_col, const float *panels, float *c, long c_row,
                            long n, long k, float beta) {
  long j = 0;
  for (; j + PANEL <= n; j += PANEL) tile(rows, 2, a, a_row, a_col, panels + j * k, PANEL, c + j, c_row, k, beta);
  if (j == n) return;
  float edge[TILE_ROWS * PANEL];
  tile(rows, 2, a, a_row, a_col, panels + j * k, PANEL, edge, PANEL, k, 0);
  for (int r = 0; r < rows; r++)
    for (long i = j; i < n; i++) {
      float *to = c + r * c_row + i;
      float value = edge[r * PANEL + i - j];
      *to = beta == 0 ? value : *to * beta + value;
    }
}

static void product(const float *a, long a_row, long a_col, const float *b, long b_row, long b_col, float *c, long m,
                    long n, long k, float beta) {
  if (k == 0) {
    for (long i = 0; i < m * n; i++) c[i] = beta == 0 ? 0 : c[i] * beta;
    return;
  }
  float *packed_a = ck_scratch(BLOCK_K * (BLOCK_N + PANEL + TILE_ROWS));
  float *packed_b = packed_a + BLOCK_K * TILE_ROWS;
  long row_panels = (m + TILE_ROWS - 1) / TILE_ROWS;
  for (long j = 0; j < n; j += BLOCK_N) {
    long columns = n - j < BLOCK_N ? n - j : BLOCK_N;
    for (long l = 0; l < k; l += BLOCK_K) {
      long terms = k - l < BLOCK_K ? k - l : BLOCK_K;
      pack_panels(b + l * b_row + j * b_col, b_row, b_col, packed_b, columns, terms);
      for (long panel = 0, i = 0; panel < row_panels; panel++) {
        int rows = (int)((m - i + row_panels - panel - 1) / (row_panels - panel));
        const float *left = a + i * a_row + l * a_col;
        long left_row = a_row, left_col = a_col;
        if (a_col != 1) {
          // A transposed a strides by whole rows, which would fall on a few cache sets: make it dense first.
          for (long t = 0; t < terms; t++)
            for (int r = 0; r < rows; r++) packed_a[t * rows + r] = left[r * a_row + t * a_col];
          left = packed_a;
          left_row = 1;
          left_col = rows;
        }
        multiply_panels(rows, left, left_row, left_col, packed_b, c + i * n + j, n, columns, terms, l == 0 ? beta : 1);
        i += rows;
      }
    }
  }
}
