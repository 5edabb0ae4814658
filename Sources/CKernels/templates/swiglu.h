/// Forward: y = silu(g) · u, computed again. Hence dg = dy · u · σ(g)·(1 + g·(1 − σ(g))); du = dy · silu(g).
INLINE void swiglu_backward_of(const int in, const int out, const float *dy, ck_matrix x, ck_rows dx, ck_rows y, long rows,
                               long width) {
  for (long row = 0; row < rows; row++, dy += width)
    for (long i = 0; i < width; i += WIDTH) {
      long count = width - i, at = row * x.row + i, to = row * dx.row + i;
      vector d = load_stored(FLOAT32, dy, i, count);
      vector g = load_stored(in, x.at, at, count), u = load_stored(in, x.at, at + width, count);
      vector s = sigmoid(g), silu = g * s;
      store_stored(out, y.at, row * y.row + i, silu * u, count);
      store_stored(out, dx.at, to, d * u * s * (1.0f + g * (1.0f - s)), count);
      store_stored(out, dx.at, to + width, d * silu, count);
    }
}

/// dx and y are stored alike.
static void swiglu_backward(const float *dy, ck_matrix x, ck_rows dx, ck_rows y, long rows, long width) {
  if (dx.stored == FLOAT32) swiglu_backward_of(FLOAT32, FLOAT32, dy, x, dx, y, rows, width);
  else if (x.stored == FLOAT32) swiglu_backward_of(FLOAT32, BFLOAT16, dy, x, dx, y, rows, width);
  else swiglu_backward_of(BFLOAT16, BFLOAT16, dy, x, dx, y, rows, width);
}
