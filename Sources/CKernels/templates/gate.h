INLINE vector sigmoid(vector x) { return 1.0f / (1.0f + exponential(-x)); }

INLINE void gate_to(const int stored, const float *gates, const float *ups, long row, ck_rows y, long rows, long columns) {
  for (long r = 0; r < rows; r++, gates += row, ups += row)
    for (long i = 0; i < columns; i += WIDTH) {
      vector g = load_stored(FLOAT32, gates, i, columns - i);
      store_stored(stored, y.at, r * y.row + i, g * sigmoid(g) * load_stored(FLOAT32, ups, i, columns - i), columns - i);
    }
}

/// `y[r,i] = silu(gates[r,i]) · ups[r,i]`; rows of both inputs lie `row` floats apart.
static void gate(const float *gates, const float *ups, long row, ck_rows y, long rows, long columns) {
  if (y.stored == FLOAT32) gate_to(FLOAT32, gates, ups, row, y, rows, columns);
  else gate_to(BFLOAT16, gates, ups, row, y, rows, columns);
}
