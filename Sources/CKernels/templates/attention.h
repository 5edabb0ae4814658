// Causal attention over one key head, blocks of queries at a time: scores live in the second-level cache, never as a
// matrix of all queries by all keys in memory. Every sum is `multiply`, so keys and values are packed once per key head.

enum { QUERY_BLOCK = 4 * TILE_ROWS };

/// Turns one row of dot products into exp(s·scale − maximum) for the first `visible` keys, exact zeros up to `end`;
/// returns their sum and writes the maximum.
INLINE float softmax_row(float *scores, long visible, long end, float scale, float *maximum) {
  vector most = every(-INFINITY);
  long whole = visible / WIDTH * WIDTH;
  for (long j = 0; j < whole; j += WIDTH) most = larger(load(scores + j), most);
  if (whole < visible) most = larger(load_some(scores + whole, visible - whole, -INFINITY), most);
  *maximum = largest(most) * scale;
  vector partial = every(0);
  for (long j = 0; j < whole; j += WIDTH) {
    vector e = exponential(load(scores + j) * scale - *maximum);
    store(scores + j, e);
    partial += e;
  }
  if (whole < visible) {
    vector e = exponential(load_some(scores + whole, visible - whole, -INFINITY) * scale - *maximum);
    store_some(scores + whole, e, visible - whole);
    partial += e;
  }
  for (long j = visible; j < end; j++) scores[j] = 0;
  return sum(partial);
}

INLINE uint32_t *as_words(float *p) { return (uint32_t *)p; }

/// Words of a packed matrix, rounded up to whole cache lines.
INLINE long packed_room(int format, long n, long k) { return (packed_words(format, n, k) + 15) / 16 * 16; }

static void attention_forward(int format, const float *q, long q_stride, const float *k, const float *v, long kv_stride,
                              float *out, long out_stride, float *log_sum_exp, long log_stride, long queries, long keys,
                              long group, long head_width) {
  float scale = 1 / sqrtf((float)head_width);
  long padded = (keys + 15) / 16 * 16 + 16, key_words = packed_room(format, keys, head_width);
  float *scratch = ck_scratch((size_t)(key_words + packed_room(format, head_width, keys) + QUERY_BLOCK * padded));
  uint32_t *packed_keys = as_words(scratch), *packed_values = packed_keys + key_words;
  float *scores = (float *)(packed_values + packed_room(format, head_width, keys));
  pack(format, floats_of(k, 1, kv_stride), packed_keys, keys, head_width, 0, panels_of(keys));
  pack(format, floats_of(v, kv_stride, 1), packed_values, head_width, keys, 0, panels_of(head_width));
  for (long head = 0; head < group; head++)
    for (long i = 0; i < queries; i += QUERY_BLOCK) {
      long rows = queries - i < QUERY_BLOCK ? queries - i : QUERY_BLOCK;
      long visible = keys - queries + i + 1, end = visible + rows - 1;
      multiply(format, floats_of(q + i * q_stride + head * head_width, q_stride, 1), packed_keys, scores, padded, rows, keys,
               head_width, head_width, 0, end, 0);
      float *to = out + i * out_stride + head * head_width, totals[QUERY_BLOCK];
      for (long r = 0; r < rows; r++) {
        float maximum;
        totals[r] = softmax_row(scores + r * padded, visible + r, end, scale, &maximum);
        log_sum_exp[(i + r) * log_stride + head] = maximum + logf(totals[r]);
      }
      multiply(format, floats_of(scores, padded, 1), packed_values, to, out_stride, rows, head_width, keys, end, 0, head_width, 0);
      for (long r = 0; r < rows; r++) scale_row(to + r * out_stride, 1 / totals[r], head_width);
    }
}

INLINE ck_matrix transposed(ck_matrix m) { return (ck_matrix){m.at, m.column, m.row, m.stored}; }

/// Σ a·b over the first row of `b`.
INLINE float dot_stored(const float *a, ck_matrix b, long count) {
  if (b.stored == FLOAT32) return dot(a, b.at, count);
  vector partial = every(0);
  for (long i = 0; i < count; i += WIDTH)
    partial = load_stored(FLOAT32, a, i, count - i) * load_stored(BFLOAT16, b.at, i, count - i) + partial;
  return sum(partial);
}

/// Forward: out[i] = Σⱼ p[i,j]·v[j], p = exp(s − log_sum_exp), s[i,j] = q[i]·k[j]/√D. Hence
/// dv[j] += Σᵢ p[i,j]·dout[i]; dp[i,j] = dout[i]·v[j]; ds = p·(dp − dout[i]·out[i])/√D;
/// dq[i] = Σⱼ ds[i,j]·k[j]; dk[j] += Σᵢ ds[i,j]·q[i].
static void attention_backward(int format, const float *dout, long dout_stride, ck_matrix q, ck_matrix k, ck_matrix v,
                               ck_matrix out, const float *log_sum_exp, long log_stride, float *dq, long q_stride,
                               float *dk, float *dv, long kv_stride, long rows, long group, long head_width) {
  float scale = 1 / sqrtf((float)head_width);
  long padded = (rows + 15) / 16 * 16 + 16, across = packed_room(format, rows, head_width);
  long along_rows = packed_room(format, head_width, rows), of_block = packed_room(format, head_width, QUERY_BLOCK);
  float *scratch = ck_scratch((size_t)(2 * across + along_rows + 2 * of_block + 2 * QUERY_BLOCK * padded));
  uint32_t *keys_across = as_words(scratch), *values_across = keys_across + across, *keys = values_across + across;
  uint32_t *queries = keys + along_rows, *gradients = queries + of_block;
  float *p = (float *)(gradients + of_block), *ds = p + QUERY_BLOCK * padded;
  pack(format, transposed(k), keys_across, rows, head_width, 0, panels_of(rows));
  pack(format, transposed(v), values_across, rows, head_width, 0, panels_of(rows));
  pack(format, k, keys, head_width, rows, 0, panels_of(head_width));
  for (long head = 0; head < group; head++)
    for (long i = 0; i < rows; i += QUERY_BLOCK) {
      long block = rows - i < QUERY_BLOCK ? rows - i : QUERY_BLOCK, seen = i + block;
      ck_matrix own = part_of(q, i, head * head_width);
      const float *slope = dout + i * dout_stride + head * head_width;
      multiply(format, own, keys_across, p, padded, block, rows, head_width, head_width, 0, seen, 0);
      multiply(format, floats_of(slope, dout_stride, 1), values_across, ds, padded, block, rows, head_width, head_width, 0, seen, 0);
      for (long r = 0; r < block; r++) {
        float *p_row = p + r * padded, *ds_row = ds + r * padded;
        float total = log_sum_exp[(i + r) * log_stride + head];
        float along = dot_stored(slope + r * dout_stride, part_of(out, i + r, head * head_width), head_width);
        for (long j = 0; j < seen; j += WIDTH) {
          integers key = lane_indices() + (int32_t)j;
          vector probability = exponential(load(p_row + j) * scale - total);
          probability = key <= (int32_t)(i + r) ? probability : every(0);
          vector change = probability * (load(ds_row + j) - along) * scale;
          store(p_row + j, probability);
          store(ds_row + j, key <= (int32_t)(i + r) ? change : every(0));
        }
      }
      multiply(format, floats_of(ds, padded, 1), keys, dq + i * q_stride + head * head_width, q_stride, block, head_width, rows, seen,
               0, head_width, 0);
      pack(format, own, queries, head_width, block, 0, panels_of(head_width));
      multiply(format, floats_of(ds, 1, padded), queries, dk, kv_stride, seen, head_width, block, block, 0, head_width, 1);
      pack(format, floats_of(slope, dout_stride, 1), gradients, head_width, block, 0, panels_of(head_width));
      multiply(format, floats_of(p, 1, padded), gradients, dv, kv_stride, seen, head_width, block, block, 0, head_width, 1);
    }
}
