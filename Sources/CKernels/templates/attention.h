// Causal attention, one key head after another. All its sums are register tiles over operands in the first- and
// second-level caches: keys (and, backwards, values) are transposed once per key head, and queries come in blocks.

enum { QUERY_BLOCK = 8 };

/// `to` (rows, columns) dense with zeros up to `padded` columns, from rows `from_row` apart.
static void copy_padded(const float *from, long from_row, float *to, long padded, long rows, long columns) {
  for (long r = 0; r < rows; r++) {
    memcpy(to + r * padded, from + r * from_row, (size_t)columns * sizeof(float));
    memset(to + r * padded + columns, 0, (size_t)(padded - columns) * sizeof(float));
  }
}

/// `to` (columns, padded) = transposed `from` (rows, columns), zeros beyond `rows`.
static void transpose_padded(const float *from, long from_row, float *to, long padded, long rows, long columns) {
  transpose(from, from_row, to, padded, rows, columns);
  for (long c = 0; c < columns; c++) memset(to + c * padded + rows, 0, (size_t)(padded - rows) * sizeof(float));
}

/// Turns one row of dot products into softmax probabilities of the first `visible` keys, exact zeros up to `end` (a
/// multiple of WIDTH); returns log Σ exp of the scaled scores.
INLINE float softmax_row(float *scores, long visible, long end, float scale) {
  vector most = every(-INFINITY);
  for (long j = 0; j < visible; j += WIDTH) {
    integers key = lane_indices() + (int32_t)j;
    vector s = key < (int32_t)visible ? load(scores + j) * scale : every(-INFINITY);
    store(scores + j, s);
    most = larger(s, most);
  }
  float maximum = largest(most);
  vector partial = every(0);
  for (long j = 0; j < visible; j += WIDTH) {
    vector p = exponential(load(scores + j) - maximum);
    store(scores + j, p);
    partial += p;
  }
  float total = sum(partial), share = 1 / total;
  long j = 0;
  for (; j < visible; j += WIDTH) store(scores + j, load(scores + j) * share);
  for (; j < end; j += WIDTH) store(scores + j, every(0));
  return maximum + logf(total);
}

static void attention_forward(const float *q, long q_stride, const float *k, const float *v, long kv_stride, float *out,
                              long out_stride, float *log_sum_exp, long queries, long keys, long heads, long kv_heads,
                              long head_width) {
  long padded_keys = up_to_width(keys), padded_width = up_to_width(head_width), group = heads / kv_heads;
  float scale = 1 / sqrtf((float)head_width);
  float *keys_t = ck_scratch(
      (size_t)(head_width * padded_keys + keys * padded_width + QUERY_BLOCK * (padded_keys + padded_width)));
  float *values = keys_t + head_width * padded_keys;
  float *scores = values + keys * padded_width;
  float *mixed = scores + QUERY_BLOCK * padded_keys;
  for (long g = 0; g < kv_heads; g++) {
    transpose_padded(k + g * head_width, kv_stride, keys_t, padded_keys, keys, head_width);
    copy_padded(v + g * head_width, kv_stride, values, padded_width, keys, head_width);
    for (long head = g * group; head < (g + 1) * group; head++)
      for (long i = 0; i < queries; i += QUERY_BLOCK) {
        long rows = queries - i < QUERY_BLOCK ? queries - i : QUERY_BLOCK;
        long first_visible = keys - queries + i + 1, end = up_to_width(first_visible + rows - 1);
        small_product(q + i * q_stride + head * head_width, q_stride, 1, keys_t, padded_keys, scores, padded_keys, rows,
                      end, head_width, 0);
        for (long r = 0; r < rows; r++)
          log_sum_exp[(i + r) * heads + head] = softmax_row(scores + r * padded_keys, first_visible + r, end, scale);
        // The keys that all rows see, then each row's own: no row touches a value it must not see, not even times 0.
        small_product(scores, padded_keys, 1, values, padded_width, mixed, padded_width, rows, padded_width,
                      first_visible, 0);
        for (long r = 0; r < rows; r++) {
          float *row = mixed + r * padded_width;
          for (long j = first_visible; j < first_visible + r; j++)
            for (long d = 0; d < padded_width; d += WIDTH)
              store(row + d, scores[r * padded_keys + j] * load(values + j * padded_width + d) + load(row + d));
          memcpy(out + (i + r) * out_stride + head * head_width, row, (size_t)head_width * sizeof(float));
        }
      }
  }
}

/// Adds `from` (rows, padded) to rows `to_row` apart.
static void add_rows(const float *from, long padded, float *to, long to_row, long rows, long columns) {
  for (long r = 0; r < rows; r++) add(from + r * padded, to + r * to_row, columns);
}

/// Forward: out[i] = Σⱼ p[i,j]·v[j], p = exp(s − log_sum_exp), s[i,j] = q[i]·k[j]/√D. Hence
/// dv[j] += Σᵢ p[i,j]·dout[i]; dp[i,j] = dout[i]·v[j]; ds = p·(dp − dout[i]·out[i])/√D;
/// dq[i] = Σⱼ ds[i,j]·k[j]; dk[j] += Σᵢ ds[i,j]·q[i].
static void attention_backward(const float *dout, const float *q, long q_stride, const float *k, const float *v,
                               long kv_stride, const float *out, long out_stride, const float *log_sum_exp, float *dq,
                               float *dk, float *dv, long rows, long heads, long kv_heads, long head_width) {
  long padded = up_to_width(rows), wide = up_to_width(head_width), group = heads / kv_heads;
  float scale = 1 / sqrtf((float)head_width);
  long transposed = head_width * padded, dense = rows * wide;
  float *keys_t = ck_scratch((size_t)(2 * transposed + 3 * dense + QUERY_BLOCK * (2 * padded + 3 * wide)));
  float *values_t = keys_t + transposed;
  float *dense_keys = values_t + transposed;
  float *key_gradients = dense_keys + dense, *value_gradients = key_gradients + dense;
  float *p = value_gradients + dense, *ds = p + QUERY_BLOCK * padded;
  float *queries = ds + QUERY_BLOCK * padded, *gradients = queries + QUERY_BLOCK * wide;
  float *query_gradients = gradients + QUERY_BLOCK * wide;
  for (long g = 0; g < kv_heads; g++) {
    transpose_padded(k + g * head_width, kv_stride, keys_t, padded, rows, head_width);
    transpose_padded(v + g * head_width, kv_stride, values_t, padded, rows, head_width);
    copy_padded(k + g * head_width, kv_stride, dense_keys, wide, rows, head_width);
    memset(key_gradients, 0, 2 * (size_t)dense * sizeof(float));
    for (long head = g * group; head < (g + 1) * group; head++)
      for (long i = 0; i < rows; i += QUERY_BLOCK) {
        long block = rows - i < QUERY_BLOCK ? rows - i : QUERY_BLOCK, seen = i + block, end = up_to_width(seen);
        copy_padded(q + i * q_stride + head * head_width, q_stride, queries, wide, block, head_width);
        copy_padded(dout + i * out_stride + head * head_width, out_stride, gradients, wide, block, head_width);
        small_product(queries, wide, 1, keys_t, padded, p, padded, block, end, head_width, 0);
        small_product(gradients, wide, 1, values_t, padded, ds, padded, block, end, head_width, 0);
        for (long r = 0; r < block; r++) {
          float *p_row = p + r * padded, *ds_row = ds + r * padded;
          float total = log_sum_exp[(i + r) * heads + head];
          float along = dot(gradients + r * wide, out + (i + r) * out_stride + head * head_width, head_width);
          for (long j = 0; j < end; j += WIDTH) {
            integers key = lane_indices() + (int32_t)j;
            vector probability = exponential(load(p_row + j) * scale - total);
            probability = key <= (int32_t)(i + r) ? probability : every(0);
            vector change = probability * (load(ds_row + j) - along) * scale;
            store(p_row + j, probability);
            store(ds_row + j, key <= (int32_t)(i + r) ? change : every(0));
          }
        }
        small_product(ds, padded, 1, dense_keys, wide, query_gradients, wide, block, wide, seen, 0);
        for (long r = 0; r < block; r++)
          memcpy(dq + (i + r) * q_stride + head * head_width, query_gradients + r * wide,
                 (size_t)head_width * sizeof(float));
        small_product(ds, 1, padded, queries, wide, key_gradients, wide, seen, wide, block, 1);
        small_product(p, 1, padded, gradients, wide, value_gradients, wide, seen, wide, block, 1);
      }
    add_rows(key_gradients, wide, dk + g * head_width, kv_stride, rows, head_width);
    add_rows(value_gradients, wide, dv + g * head_width, kv_stride, rows, head_width);
  }
}
