// Adafactor's three sweeps over a matrix of gradients; Sources/Tensors/Kernels/Adafactor.swift says why there are three.

static void adafactor_sums(const float *g, long rows, long columns, float scale, float *row_sums, float *column_sums) {
  for (long row = 0; row < rows; row++, g += columns) {
    vector partial = every(0);
    long i = 0;
    for (; i + WIDTH <= columns; i += WIDTH) {
      vector x = load(g + i) * scale;
      partial = x * x + partial;
      store(column_sums + i, x * x + load(column_sums + i));
    }
    float total = sum(partial);
    for (; i < columns; i++) {
      float x = g[i] * scale;
      total = x * x + total;
      column_sums[i] = x * x + column_sums[i];
    }
    row_sums[row] = total;
  }
}

static double adafactor_squares(const float *g, long rows, long columns, float scale, const float *row_factors,
                                const float *column_factors) {
  double total = 0;
  for (long row = 0; row < rows; row++, g += columns) {
    float factor = scale * row_factors[row];
    vector partial = every(0);
    long i = 0;
    for (; i + WIDTH <= columns; i += WIDTH) {
      vector u = load(g + i) * factor * load(column_factors + i);
      partial = u * u + partial;
    }
    total += (double)sum(partial);
    for (; i < columns; i++) {
      float u = g[i] * factor * column_factors[i];
      total += (double)(u * u);
    }
  }
  return total;
}

static void adafactor_update(float *p, const float *g, long rows, long columns, float scale, const float *row_factors,
                             const float *column_factors, float shrink, float step) {
  for (long row = 0; row < rows; row++, p += columns, g += columns) {
    float factor = scale * row_factors[row];
    long i = 0;
    for (; i + WIDTH <= columns; i += WIDTH) {
      vector u = load(g + i) * factor * load(column_factors + i), parameter = load(p + i);
      store(p + i, parameter - (parameter * shrink + u * step));
    }
    for (; i < columns; i++) p[i] = p[i] - (p[i] * shrink + g[i] * factor * column_factors[i] * step);
  }
}
