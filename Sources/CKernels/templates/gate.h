INLINE vector sigmoid(vector x) { return 1.0f / (1.0f + exponential(-x)); }

/// `y[r,i] = silu(gates[r,i]) · ups[r,i]`; rows of both inputs lie `row` floats apart, of y `y_row`.
static void gate(const float *gates, const float *ups, long row, float *y, long y_row, long rows, long columns) {
  for (long r = 0; r < rows; r++, gates += row, ups += row, y += y_row) {
    long i = 0;
    for (; i + WIDTH <= columns; i += WIDTH) {
      vector g = load(gates + i);
      store(y + i, g * sigmoid(g) * load(ups + i));
    }
    if (i < columns) {
      vector g = load_some(gates + i, columns - i, 0);
      store_some(y + i, g * sigmoid(g) * load_some(ups + i, columns - i, 0), columns - i);
    }
  }
}
