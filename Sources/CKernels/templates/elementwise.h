static void add(const float *x, float *y, long count) {
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) store(y + i, load(y + i) + load(x + i));
  for (; i < count; i++) y[i] += x[i];
}

static void store_rows(const float *x, long row, ck_rows to, long rows, long width) {
  for (long r = 0; r < rows; r++, x += row)
    for (long i = 0; i < width; i += WIDTH) {
      vector v = load_stored(FLOAT32, x, i, width - i);
      if (to.stored == FLOAT32) store_stored(FLOAT32, to.at, r * to.row + i, v, width - i);
      else store_stored(BFLOAT16, to.at, r * to.row + i, v, width - i);
    }
}

INLINE void scale_row(float *x, float factor, long count) {
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) store(x + i, load(x + i) * factor);
  for (; i < count; i++) x[i] *= factor;
}

/// Sixteen sums whatever WIDTH is, so that all levels give the same bits; products of floats are exact in double.
static double sum_of_squares(const float *x, long count) {
  typedef float sixteen __attribute__((ext_vector_type(16)));
  typedef double sixteen_doubles __attribute__((ext_vector_type(16)));
  sixteen_doubles partial = 0;
  long i = 0;
  for (; i + 16 <= count; i += 16) {
    sixteen v;
    memcpy(&v, x + i, sizeof v);
    sixteen_doubles wide = __builtin_convertvector(v, sixteen_doubles);
    partial = wide * wide + partial;
  }
  double total = 0;
  for (int lane = 0; lane < 16; lane++) total += partial[lane];
  for (; i < count; i++) total += (double)x[i] * (double)x[i];
  return total;
}

INLINE void adamw_at(float *p, const float *g, float *m, float *v, float rate, float beta1, float beta2, float epsilon,
                     float decay, float gradient_scale, float correction1, float correction2, long count) {
  bool whole = count == WIDTH;
  vector gradient = (whole ? load(g) : load_some(g, count, 0)) * gradient_scale;
  vector parameter = whole ? load(p) : load_some(p, count, 0);
  vector first = (whole ? load(m) : load_some(m, count, 0)) * beta1 + gradient * (1 - beta1);
  vector second = (whole ? load(v) : load_some(v, count, 0)) * beta2 + gradient * gradient * (1 - beta2);
  vector direction = first * correction1 / (__builtin_elementwise_sqrt(second) * correction2 + epsilon);
  parameter = parameter - (parameter * decay + direction) * rate;
  if (whole) {
    store(p, parameter);
    store(m, first);
    store(v, second);
  } else {
    store_some(p, parameter, count);
    store_some(m, first, count);
    store_some(v, second, count);
  }
}

static void adamw(float *parameters, const float *gradients, float *first, float *second, long count, float rate,
                  float beta1, float beta2, float epsilon, float decay, float gradient_scale, float correction1,
                  float correction2) {
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH)
    adamw_at(parameters + i, gradients + i, first + i, second + i, rate, beta1, beta2, epsilon, decay, gradient_scale,
             correction1, correction2, WIDTH);
  if (i < count)
    adamw_at(parameters + i, gradients + i, first + i, second + i, rate, beta1, beta2, epsilon, decay, gradient_scale,
             correction1, correction2, count - i);
}
