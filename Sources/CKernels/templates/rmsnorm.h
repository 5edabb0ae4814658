/// Σ a·b over `count` elements: one vector of sums, then its lanes, then the rest.
INLINE float dot(const float *a, const float *b, long count) {
  vector partial = every(0);
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) partial = load(a + i) * load(b + i) + partial;
  float total = sum(partial);
  for (; i < count; i++) total = a[i] * b[i] + total;
  return total;
}

static void rmsnorm_forward(const float *x, const float *weight, float *y, float *inverse, long rows, long width,
                            float epsilon) {
  for (long row = 0; row < rows; row++, x += width, y += width) {
    float r = 1 / sqrtf(dot(x, x, width) / (float)(width ? width : 1) + epsilon);
    long i = 0;
    for (; i + WIDTH <= width; i += WIDTH) store(y + i, load(x + i) * r * load(weight + i));
    for (; i < width; i++) y[i] = x[i] * r * weight[i];
    inverse[row] = r;
  }
}

/// Forward: y = x · r · weight. With g = dy · weight: dx += r·g − x · r³ · mean(g·x); dweight += dy · x · r.
static void rmsnorm_backward(const float *dy, const float *x, const float *weight, const float *inverse, float *dx,
                             float *dweight, long rows, long width) {
  for (long row = 0; row < rows; row++, dy += width, x += width, dx += width) {
    float r = inverse[row];
    vector partial = every(0);
    long i = 0;
    for (; i + WIDTH <= width; i += WIDTH) partial = load(dy + i) * load(weight + i) * load(x + i) + partial;
    float along = sum(partial);
    for (; i < width; i++) along = dy[i] * weight[i] * x[i] + along;
    along = along * r * r * r / (float)(width ? width : 1);
    for (i = 0; i + WIDTH <= width; i += WIDTH) {
      vector d = load(dy + i) * r, v = load(x + i);
      store(dx + i, load(dx + i) + (d * load(weight + i) - v * along));
      store(dweight + i, d * v + load(dweight + i));
    }
    for (; i < width; i++) {
      dx[i] += dy[i] * r * weight[i] - x[i] * along;
      dweight[i] += dy[i] * r * x[i];
    }
  }
}
