// Compares every kernel of Sources/CKernels, at every level that the processor has, with plain loops in double.
// scripts/check_arm64.sh builds and runs it where there is no Swift: on another processor, under an emulator.
//
// Prints one line a level; exits 1 if anything differs. Each comparison is made a second time with one element changed and
// must then fail.
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

static const char *const LEVELS[] = {"portable", "avx2", "avx512", "avx512BF16", "neonBF16"};
static const ck_kernels *kernels;
static long comparisons, failures;

static void *memory(long count, size_t size) {
  void *p = calloc((size_t)count + 1, size);
  if (!p) abort();
  return p;
}
static float *floats(long count) { return memory(count, sizeof(float)); }

/// Numbers that look normal enough: sums of four uniform ones, from a 64-bit linear congruence (Knuth's MMIX).
static float *normals(long count) {
  static uint64_t state = 1;
  float *x = floats(count);
  for (long i = 0; i < count; i++)
    for (int part = 0; part < 4; part++) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      x[i] += ((float)(state >> 40) * 0x1p-24f - 0.5f) * 1.7f;
    }
  return x;
}
static float *copy(const float *x, long count) { return memcpy(floats(count), x, (size_t)count * sizeof(float)); }

/// The number as a product of this format reads it.
static double rounded(int format, float x) {
  if (format != CK_BFLOAT16) return x;
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits = (bits + 0x7fffu + ((bits >> 16) & 1u)) & 0xffff0000u;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/// The numbers as bfloat16s of 16 bits, and back.
static uint16_t *halves(const float *x, long count) {
  uint16_t *to = memory(count, sizeof *to);
  for (long i = 0; i < count; i++) {
    float value = (float)rounded(CK_BFLOAT16, x[i]);
    memcpy(to + i, (char *)&value + 2, sizeof *to);
  }
  return to;
}
static float *widened(const uint16_t *x, long count) {
  float *to = floats(count);
  for (long i = 0; i < count; i++) memcpy((char *)(to + i) + 2, x + i, sizeof *x);
  return to;
}

/// Whether all of `got` lies within `tolerance` of `want`, absolutely and relatively.
static bool agrees(const float *got, const double *want, long count, double tolerance) {
  for (long i = 0; i < count; i++)
    if (!(fabs(got[i] - want[i]) <= tolerance + tolerance * fabs(want[i]))) return false;
  return true;
}

static void compare(const char *what, const float *got, const double *want, long count, double tolerance) {
  comparisons++;
  if (!agrees(got, want, count, tolerance)) {
    failures++;
    printf("%s: %s differs\n", LEVELS[kernels->level], what);
  }
  if (count == 0) return;
  float *changed = copy(got, count);
  changed[comparisons % count] += 8 * (float)tolerance * (1 + fabsf(changed[comparisons % count]));
  if (agrees(changed, want, count, tolerance)) {
    failures++;
    printf("%s: %s: the control was accepted\n", LEVELS[kernels->level], what);
  }
}

/// The same of bfloat16s, within half a unit in their last place.
static void compare_shorts(const char *what, const uint16_t *got, const double *want, long count) {
  float *wide = widened(got, count);
  compare(what, wide, want, count, 0x1.02p-8);
  free(wide);
}

static void compare_one(const char *what, double got, double want, double tolerance) {
  float value = (float)got;
  compare(what, &value, &want, 1, tolerance);
}

static ck_matrix matrix_of(const float *p, long row, long column) { return (ck_matrix){p, row, column, CK_FLOAT32}; }
static ck_rows rows_of(float *p, long row) { return (ck_rows){p, row, CK_FLOAT32}; }

static void check_products(void) {
  static const long shapes[][3] = {{1, 1, 1}, {3, 5, 7}, {13, 17, 300}, {25, 70, 64}, {40, 33, 1100}, {2, 40, 129}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
    for (int format = CK_FLOAT32; format <= CK_INT8; format++)
      for (int transposed = 0; transposed < 4; transposed++) {
        long m = shapes[s][0], n = shapes[s][1], k = shapes[s][2];
        long a_row = transposed & 1 ? 1 : k, a_col = transposed & 1 ? m : 1;
        long b_row = transposed & 2 ? 1 : n, b_col = transposed & 2 ? k : 1;
        float *a = normals(m * k), *b = normals(k * n), *start = normals(m * n);
        double *want = memory(m * n, sizeof *want), size = sqrt((double)k);
        for (long i = 0; i < m; i++)
          for (long j = 0; j < n; j++) {
            double sum = 0.5 * start[i * n + j];
            for (long l = 0; l < k; l++)
              sum += rounded(format, a[i * a_row + l * a_col]) * rounded(format, b[l * b_row + j * b_col]);
            want[i * n + j] = sum;
          }
        // Two roundings to 8 bits: each off by up to 1/254 of a group's largest number, which is about 3.
        double tolerance = format == CK_INT8 ? 0.06 * size : 2e-6 * size;
        uint16_t *short_a = halves(a, m * k), *short_b = halves(b, k * n);
        for (int stored = CK_FLOAT32; stored <= (format == CK_BFLOAT16 ? CK_BFLOAT16 : CK_FLOAT32); stored++) {
          ck_matrix left = {stored == CK_FLOAT32 ? (void *)a : short_a, a_row, a_col, stored};
          ck_matrix right = {stored == CK_FLOAT32 ? (void *)b : short_b, b_row, b_col, stored};
          float *c = copy(start, m * n);
          kernels->product(format, left, right, c, m, n, k, 0.5f);
          compare("product", c, want, m * n, tolerance);
          uint32_t *packed = memory(kernels->packed_words(format, n, k) + 64, sizeof *packed);
          kernels->pack(format, right, packed, n, k, 0, (n + kernels->panel - 1) / kernels->panel);
          free(c);
          c = copy(start, m * n);
          kernels->product_packed(format, left, packed, c, n, m, n, k, 0, n, 0.5f);
          compare("product_packed", c, want, m * n, tolerance);
          free(c), free(packed);
        }
        free(a), free(b), free(start), free(want), free(short_a), free(short_b);
      }
}

enum { QUERIES = 70, GROUP = 3, HEAD = 24, ROW = GROUP * HEAD };

/// Attention of QUERIES queries over as many keys in double, and its derivative along `dout` by central differences of
/// the loss `Σ out·dout`.
static double attention(int format, const float *q, const float *k, const float *v, const float *dout, double *out,
                        double *log_sums) {
  double loss = 0;
  for (long i = 0; i < QUERIES; i++)
    for (long head = 0; head < GROUP; head++) {
      double p[QUERIES], total = 0, largest = -INFINITY;
      const float *query = q + i * ROW + head * HEAD;
      for (long j = 0; j <= i; j++) {
        p[j] = 0;
        for (long d = 0; d < HEAD; d++) p[j] += rounded(format, query[d]) * rounded(format, k[j * HEAD + d]);
        p[j] /= sqrt((double)HEAD);
        if (p[j] > largest) largest = p[j];
      }
      for (long j = 0; j <= i; j++) total += p[j] = exp(p[j] - largest);
      if (log_sums) log_sums[i * GROUP + head] = largest + log(total);
      for (long d = 0; d < HEAD; d++) {
        double sum = 0;
        for (long j = 0; j <= i; j++) sum += p[j] * rounded(format, v[j * HEAD + d]);
        if (out) out[i * ROW + head * HEAD + d] = sum / total;
        loss += sum / total * dout[i * ROW + head * HEAD + d];
      }
    }
  return loss;
}

static void check_attention(void) {
  for (int format = CK_FLOAT32; format <= CK_BFLOAT16; format++) {
    double tolerance = format == CK_FLOAT32 ? 1e-5 : 0.02;  // probabilities are rounded as well
    float *q = normals(QUERIES * ROW), *k = normals(QUERIES * HEAD), *v = normals(QUERIES * HEAD);
    float *dout = normals(QUERIES * ROW), *out = floats(QUERIES * ROW), *sums = floats(QUERIES * GROUP);
    double want[QUERIES * ROW], log_sums[QUERIES * GROUP];
    attention(format, q, k, v, dout, want, log_sums);
    kernels->attention_forward(format, q, ROW, k, v, HEAD, out, ROW, sums, GROUP, QUERIES, QUERIES, GROUP, HEAD);
    compare("attention_forward", out, want, QUERIES * ROW, tolerance);
    compare("attention_forward's sums", sums, log_sums, QUERIES * GROUP, tolerance);

    float *dq = floats(QUERIES * ROW), *dk = floats(QUERIES * HEAD), *dv = floats(QUERIES * HEAD);
    kernels->attention_backward(format, dout, ROW, matrix_of(q, ROW, 1), matrix_of(k, HEAD, 1), matrix_of(v, HEAD, 1),
                                matrix_of(out, ROW, 1), sums, GROUP, dq, ROW, dk, dv, HEAD, QUERIES, GROUP, HEAD);
    float *inputs[] = {q, k, v}, *slopes[] = {dq, dk, dv};
    for (int input = 0; input < 3; input++)
      for (long at = 5; at < QUERIES * HEAD; at += 391) {
        float middle = inputs[input][at], above = middle + 0x1p-7f, below = middle - 0x1p-7f;
        inputs[input][at] = above;
        double difference = attention(CK_FLOAT32, q, k, v, dout, NULL, NULL);
        inputs[input][at] = below;
        difference = (difference - attention(CK_FLOAT32, q, k, v, dout, NULL, NULL)) / ((double)above - (double)below);
        inputs[input][at] = middle;
        compare_one("attention_backward", slopes[input][at], difference, format == CK_FLOAT32 ? 1e-3 : 0.1);
      }

    long stride = kernels->page_words(format, HEAD), pages = (QUERIES + CK_PAGE - 1) / CK_PAGE;
    uint32_t *page_memory = memory(stride * pages, sizeof *page_memory);
    int32_t numbers[QUERIES];
    for (long page = 0; page < pages; page++) numbers[page] = (int32_t)(pages - 1 - page);
    kernels->store_page_rows(format, k, v, HEAD, page_memory, numbers, stride, 0, 33, HEAD);
    kernels->store_page_rows(format, k + 33 * HEAD, v + 33 * HEAD, HEAD, page_memory, numbers, stride, 33, QUERIES - 33,
                             HEAD);
    memset(out, 0, QUERIES * ROW * sizeof *out);
    kernels->attention_paged(format, q, ROW, page_memory, numbers, stride, out, ROW, QUERIES, QUERIES, GROUP, HEAD, 0,
                             QUERIES * GROUP);
    compare("attention_paged", out, want, QUERIES * ROW, tolerance);
    free(q), free(k), free(v), free(dout), free(out), free(sums), free(dq), free(dk), free(dv), free(page_memory);
  }
}

static void check_rows(void) {
  enum { ROWS = 5, WIDTH = 37, TOTAL = ROWS * WIDTH };
  float *x = normals(TOTAL), *weight = normals(WIDTH), *dy = normals(TOTAL), y[TOTAL], inverse[ROWS];
  float dx[TOTAL] = {0}, dweight[WIDTH] = {0};
  double want[2 * TOTAL], sums[WIDTH] = {0}, inverses[ROWS];
  for (long r = 0; r < ROWS; r++) {
    double squares = 0;
    for (long i = 0; i < WIDTH; i++) squares += (double)x[r * WIDTH + i] * x[r * WIDTH + i];
    inverses[r] = 1 / sqrt(squares / WIDTH + 1e-5);
    for (long i = 0; i < WIDTH; i++) want[r * WIDTH + i] = x[r * WIDTH + i] * inverses[r] * weight[i];
  }
  kernels->rmsnorm_forward(x, weight, rows_of(y, WIDTH), inverse, ROWS, WIDTH, 1e-5f);
  compare("rmsnorm_forward", y, want, TOTAL, 2e-6);
  uint16_t shorts[2 * TOTAL];
  kernels->rmsnorm_forward(x, weight, (ck_rows){shorts, WIDTH, CK_BFLOAT16}, inverse, ROWS, WIDTH, 1e-5f);
  compare_shorts("rmsnorm_forward in bfloat16", shorts, want, TOTAL);
  compare("rmsnorm_forward's inverse", inverse, inverses, ROWS, 2e-6);
  for (long r = 0; r < ROWS; r++) {
    double along = 0;
    for (long i = 0; i < WIDTH; i++) along += (double)dy[r * WIDTH + i] * weight[i] * x[r * WIDTH + i];
    for (long i = 0; i < WIDTH; i++) {
      double r3 = inverses[r] * inverses[r] * inverses[r];
      want[r * WIDTH + i] = inverses[r] * weight[i] * dy[r * WIDTH + i] - x[r * WIDTH + i] * r3 * along / WIDTH;
      sums[i] += (double)dy[r * WIDTH + i] * x[r * WIDTH + i] * inverses[r];
    }
  }
  kernels->rmsnorm_backward(dy, x, weight, inverse, dx, dweight, ROWS, WIDTH);
  compare("rmsnorm_backward", dx, want, TOTAL, 5e-6);
  compare("rmsnorm_backward's weight", dweight, sums, WIDTH, 5e-6);

  float *gates = normals(2 * TOTAL), both[2 * TOTAL], half[TOTAL];
  double product[TOTAL];
  for (long r = 0; r < ROWS; r++)
    for (long i = 0; i < WIDTH; i++) {
      double g = gates[r * 2 * WIDTH + i], u = gates[r * 2 * WIDTH + WIDTH + i], d = dy[r * WIDTH + i];
      double s = 1 / (1 + exp(-g));
      product[r * WIDTH + i] = g * s * u;
      want[r * 2 * WIDTH + i] = d * u * s * (1 + g * (1 - s));
      want[r * 2 * WIDTH + WIDTH + i] = d * g * s;
    }
  kernels->gate(gates, gates + WIDTH, 2 * WIDTH, rows_of(half, WIDTH), ROWS, WIDTH);
  compare("gate", half, product, TOTAL, 2e-6);
  kernels->gate(gates, gates + WIDTH, 2 * WIDTH, (ck_rows){shorts, WIDTH, CK_BFLOAT16}, ROWS, WIDTH);
  compare_shorts("gate in bfloat16", shorts, product, TOTAL);
  ck_matrix fused = matrix_of(gates, 2 * WIDTH, 1);
  uint16_t short_product[TOTAL];
  kernels->swiglu_backward(dy, fused, (ck_rows){shorts, 2 * WIDTH, CK_BFLOAT16},
                           (ck_rows){short_product, WIDTH, CK_BFLOAT16}, ROWS, WIDTH);
  compare_shorts("swiglu_backward in bfloat16", shorts, want, 2 * TOTAL);
  kernels->swiglu_backward(dy, fused, rows_of(both, 2 * WIDTH), rows_of(half, WIDTH), ROWS,
                           WIDTH);
  compare("swiglu_backward", both, want, 2 * TOTAL, 5e-6);
  compare("swiglu_backward's y", half, product, TOTAL, 2e-6);

  enum { HEADS = 2, TURNED = 18 };
  int32_t positions[ROWS] = {2, 0, 1, 3, 2};
  float *turned = normals(ROWS * HEADS * TURNED), *cosines = normals(4 * TURNED / 2), *sines = normals(4 * TURNED / 2);
  double after[ROWS * HEADS * TURNED];
  for (long i = 0; i < ROWS * HEADS * TURNED; i++) {
    long d = i % TURNED, pair = d % (TURNED / 2), at = positions[i / (HEADS * TURNED)] * TURNED / 2 + pair;
    double other = turned[d < TURNED / 2 ? i + TURNED / 2 : i - TURNED / 2];
    after[i] = turned[i] * (double)cosines[at] + (d < TURNED / 2 ? -other : other) * sines[at];
  }
  kernels->rotate(turned, positions, cosines, sines, ROWS, HEADS * TURNED, HEADS, TURNED, 1);
  compare("rotate", turned, after, ROWS * HEADS * TURNED, 2e-6);

  for (long i = 0; i < TOTAL; i++) want[i] = x[i];
  kernels->store_rows(x, WIDTH, (ck_rows){shorts, WIDTH, CK_BFLOAT16}, ROWS, WIDTH);
  compare_shorts("store_rows", shorts, want, TOTAL);

  float each[TOTAL];
  for (long i = 0; i < TOTAL; i++) x[i] *= 30, want[i] = exp(x[i]);
  kernels->exponential(x, each, TOTAL);
  for (long i = 0; i < TOTAL; i++) each[i] = (float)(each[i] / want[i]), want[i] = 1;
  compare("exponential", each, want, TOTAL, 3e-7);
  for (long i = 0; i < TOTAL; i++) want[i] = (double)dy[i] + x[i];
  kernels->add(x, dy, TOTAL);
  compare("add", dy, want, TOTAL, 2e-7);
  double squares = 0;
  for (long i = 0; i < TOTAL; i++) squares += (double)x[i] * x[i];
  compare_one("sum_of_squares", kernels->sum_of_squares(x, TOTAL), squares, 2e-7);
  free(x), free(weight), free(dy), free(gates), free(turned), free(cosines), free(sines);
}

static void check_outputs(void) {
  enum { ROWS = 4, TOKENS = 101, TOTAL = ROWS * TOKENS };
  float *logits = normals(TOTAL), *before = copy(logits, TOTAL), weights[ROWS] = {1, 0.5f, 0, 2}, losses[ROWS], hits[ROWS];
  int32_t targets[ROWS] = {0, 100, 7, 50};
  double want[TOTAL], want_losses[ROWS], want_hits[ROWS];
  for (long r = 0; r < ROWS; r++) {
    double total = 0;
    const float *row = before + r * TOKENS;
    long best = 0;
    for (long i = 0; i < TOKENS; i++) total += exp(row[i]), best = row[i] > row[best] ? i : best;
    want_losses[r] = weights[r] * (log(total) - row[targets[r]]);
    want_hits[r] = weights[r] != 0 && best == targets[r];
    for (long i = 0; i < TOKENS; i++)
      want[r * TOKENS + i] = 0.25 * weights[r] * (exp(row[i]) / total - (i == targets[r]));
  }
  kernels->cross_entropy(logits, targets, weights, losses, hits, 0.25f, ROWS, TOKENS);
  compare("cross_entropy", logits, want, TOTAL, 1e-6);
  compare("cross_entropy's losses", losses, want_losses, ROWS, 1e-6);
  compare("cross_entropy's hits", hits, want_hits, ROWS, 1e-6);

  uint64_t mask[2] = {0x00ff00ff00ff00ffu, 0x0f};
  for (int step = 0; step < 20; step++) {
    float log_probability, temperature = step % 2 ? 0.7f : 0;
    double total = 0, seen = 0, position = step / 20.0;
    long best = -1, drawn = -1;
    for (long i = 0; i < TOKENS; i++)
      if (mask[i / 64] >> i % 64 & 1) {
        total += exp(before[i] / (step % 2 ? 0.7 : 1));
        if (best < 0 || before[i] > before[best]) best = i;
      }
    for (long i = 0; i < TOKENS && drawn < 0; i++)
      if (mask[i / 64] >> i % 64 & 1 && (seen += exp(before[i] / 0.7)) > position * total) drawn = i;
    long expected = step % 2 ? drawn : best;
    long token = kernels->choose(before, mask, 2, TOKENS, temperature, position, &log_probability);
    compare_one("choose", (double)token, (double)expected, 1e-7);
    compare_one("choose's probability", log_probability, before[expected] / (step % 2 ? 0.7 : 1) - log(total), 2e-6);
  }
  free(logits), free(before);
}

static void check_optimizers(void) {
  enum { ROWS = 9, COLUMNS = 21, TOTAL = ROWS * COLUMNS };
  float *p = normals(TOTAL), *g = normals(TOTAL), *m = normals(TOTAL), *v = normals(TOTAL);
  double want[TOTAL], first[TOTAL], second[TOTAL], total = 0;
  for (long i = 0; i < TOTAL; i++) {
    v[i] = fabsf(v[i]);
    double gradient = 0.5 * g[i];
    first[i] = 0.9f * (double)m[i] + (1 - (double)0.9f) * gradient;
    second[i] = 0.95f * (double)v[i] + (1 - (double)0.95f) * gradient * gradient;
    want[i] = p[i] - 0.01 * (first[i] * 2 / (sqrt(second[i]) * 3 + 1e-8) + 0.1 * p[i]);
  }
  kernels->adamw(p, g, m, v, TOTAL, 0.01f, 0.9f, 0.95f, 1e-8f, 0.1f, 0.5f, 2, 3);
  compare("adamw", p, want, TOTAL, 2e-6);
  compare("adamw's first moment", m, first, TOTAL, 2e-6);
  compare("adamw's second moment", v, second, TOTAL, 2e-6);

  float of_rows[ROWS], of_columns[COLUMNS] = {0};
  double rows[ROWS] = {0}, columns[COLUMNS] = {0};
  for (long i = 0; i < TOTAL; i++) {
    rows[i / COLUMNS] += 0.25 * g[i] * g[i];
    columns[i % COLUMNS] += 0.25 * g[i] * g[i];
  }
  kernels->adafactor_sums(g, ROWS, COLUMNS, 0.5f, of_rows, of_columns);
  compare("adafactor_sums' rows", of_rows, rows, ROWS, 2e-6);
  compare("adafactor_sums' columns", of_columns, columns, COLUMNS, 2e-6);
  for (long i = 0; i < TOTAL; i++) {
    double u = 0.5 * g[i] * of_rows[i / COLUMNS] * of_columns[i % COLUMNS];
    total += u * u;
    want[i] = p[i] - (0.01 * p[i] + 0.02 * u);
  }
  compare_one("adafactor_squares", kernels->adafactor_squares(g, ROWS, COLUMNS, 0.5f, of_rows, of_columns), total, 2e-6);
  kernels->adafactor_update(p, g, ROWS, COLUMNS, 0.5f, of_rows, of_columns, 0.01f, 0.02f);
  compare("adafactor_update", p, want, TOTAL, 2e-6);

  float update[TOTAL];
  total = 0;
  for (long i = 0; i < TOTAL; i++) {
    double fresh = (1 - (double)0.9f) * 0.5 * g[i];
    first[i] = 0.9f * (double)m[i] + fresh;
    second[i] = 0.9f * first[i] + fresh;
    total += second[i] * second[i];
  }
  compare_one("muon_momentum", kernels->muon_momentum(g, m, update, TOTAL, 0.9f, 0.5f), total, 2e-6);
  compare("muon_momentum's momentum", m, first, TOTAL, 2e-6);
  compare("muon_momentum's update", update, second, TOTAL, 2e-6);
  for (long i = 0; i < TOTAL; i++) want[i] = p[i] - (0.01 * p[i] + 0.02 * g[i]);
  kernels->muon_update(p, g, TOTAL, 0.01f, 0.02f);
  compare("muon_update", p, want, TOTAL, 2e-6);

  enum { SIDE = 13 };
  for (long i = 0; i < SIDE; i++)
    for (long j = 0; j < SIDE; j++) {
      long low = (i > j ? i : j) * SIDE + (i > j ? j : i);
      want[i * SIDE + j] = 2.0 * g[low] - 3.0 * m[low];
    }
  for (long i = 0; i < SIDE; i++)
    for (long j = i + 1; j < SIDE; j++) m[i * SIDE + j] = NAN;
  kernels->combine_symmetric(g, 2, m, -3, SIDE);
  compare("combine_symmetric", m, want, SIDE * SIDE, 2e-6);
  free(p), free(g), free(m), free(v);
}

int main(void) {
  for (size_t level = 0; level < sizeof LEVELS / sizeof *LEVELS; level++) {
    if (!(kernels = ck_kernels_of((ck_level)level))) continue;
    comparisons = 0;
    check_products();
    check_attention();
    check_rows();
    check_outputs();
    check_optimizers();
    printf("%s: %ld comparisons, best is %s\n", LEVELS[level], comparisons, LEVELS[ck_level_best()]);
  }
  return failures > 0;
}
