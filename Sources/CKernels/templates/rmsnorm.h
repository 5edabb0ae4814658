/// Σ a·b over `count` elements: one vector of sums, then its lanes, then the rest.
INLINE float dot(const float *a, const float *b, long count) {
  vector partial = every(0);
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) partial = load(a + i) * load(b + i) + partial;
  float total = sum(partial);
  for (; i < count; i++) total = a[i] * b[i] + total;
  return total;
}

INLINE void rmsnorm_forward_to(const int stored, const float *x, const float *weight, ck_rows y, float *inverse, long rows,
                               long width, float epsilon) {
  for (long row = 0; row < rows; row++, x += width) {
    float r = 1 / sqrtf(dot(x, x, width) / (float)(width ? width : 1) + epsilon);
    for (long i = 0; i < width; i += WIDTH) {
      vector v = load_stored(FLOAT32, x, i, width - i) * r * load_stored(FLOAT32, weight, i, width - i);
      store_stored(stored, y.at, row * y.row + i, v, width - i);
    }
    inverse[row] = r;
  }
}

static void rmsnorm_forward(const float *x, const float *weight, ck_rows y, float *inverse, long rows, long width,
                            float epsilon) {
  if (y.stored == FLOAT32) rmsnorm_forward_to(FLOAT32, x, weight, y, inverse, rows, width, epsilon);
  else rmsnorm_forward_to(BFLOAT16, x, weight, y, inverse, rows, width, epsilon);
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
