/// Forward: y = silu(g) · u, computed again. Hence dg = dy · u · σ(g)·(1 + g·(1 − σ(g))); du = dy · silu(g).
static void swiglu_backward(const float *dy, const float *x, float *dx, float *y, long rows, long width) {
  for (long row = 0; row < rows; row++, dy += width, y += width, x += 2 * width, dx += 2 * width) {
    for (long i = 0; i < width; i += WIDTH) {
      long count = width - i < WIDTH ? width - i : WIDTH;
      bool whole = count == WIDTH;
      vector d = whole ? load(dy + i) : load_some(dy + i, count, 0);
      vector g = whole ? load(x + i) : load_some(x + i, count, 0);
      vector u = whole ? load(x + width + i) : load_some(x + width + i, count, 0);
      vector s = sigmoid(g);
      vector silu = g * s, dg = d * u * s * (1.0f + g * (1.0f - s)), du = d * silu;
      if (whole) {
        store(y + i, silu * u);
        store(dx + i, dg);
        store(dx + width + i, du);
      } else {
        store_some(y + i, silu * u, count);
        store_some(dx + i, dg, count);
        store_some(dx + width + i, du, count);
      }
    }
  }
}
