static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/// Independent chains of a·b + c, as many as the registers hold: more than latency × units of any processor this was
/// written for. What the bits mean does not matter.
INLINE double peak_of(const int format, double seconds) {
  enum { CHAINS = TILE_ROWS >= 12 ? 24 : 12, ROUNDS = 10000 };
#ifdef HAS_BFLOAT16
  const bool has_dots = true;
#else
  const bool has_dots = false;
#endif
  // The 128-bit vectors of x86-64 have no fused multiply-add.
#if defined(__aarch64__) || WIDTH > 4
  const bool is_fused = true;
#else
  const bool is_fused = false;
#endif
  const bool is_one_instruction = format == INT8 ? has_dots : is_fused;
  words sums[CHAINS];
  UNROLL for (int i = 0; i < CHAINS; i++) sums[i] = (words)every((float)i);
  volatile float unknown = 0.999f;
  words factor = (words)every(unknown), term = (words)every(1 - unknown);
  double start = seconds_now(), elapsed = 0, rounds = 0;
  while (elapsed < seconds || rounds == 0) {
    for (int round = 0; round < ROUNDS; round++)
      UNROLL for (int i = 0; i < CHAINS; i++) {
        // One instruction takes the chain's last value as its sum; several take it as a factor, so that none of them is
        // computed in advance or once for all chains.
        words left = is_one_instruction ? term : sums[i], sum = is_one_instruction ? sums[i] : term;
        sums[i] = format == INT8 ? (words)dot_bytes(left, factor, (integers)sum)
                                 : (words)multiply_add(format, left, factor, (vector)sum);
      }
    rounds += ROUNDS;
    elapsed = seconds_now() - start;
  }
  words total = sums[0];
  UNROLL for (int i = 1; i < CHAINS; i++) total ^= sums[i];
  unknown = ((vector)total)[0];
  return rounds * CHAINS * WIDTH * 2 * (double)terms_per_word(format) / elapsed * 1e-9;
}

static double peak(int format, double seconds) {
  if (format == INT8) return peak_of(INT8, seconds);
  return format == BFLOAT16 ? peak_of(BFLOAT16, seconds) : peak_of(FLOAT32, seconds);
}

static double read_rate(const float *x, long count, double seconds) {
  enum { CHAINS = 8, STEP = CHAINS * WIDTH };
  vector sums[CHAINS];
  UNROLL for (int i = 0; i < CHAINS; i++) sums[i] = every(0);
  double start = seconds_now(), elapsed = 0, passes = 0;
  while (elapsed < seconds || passes == 0) {
    for (long i = 0; i + STEP <= count; i += STEP)
      UNROLL for (int chain = 0; chain < CHAINS; chain++) sums[chain] += load(x + i + chain * WIDTH);
    passes++;
    elapsed = seconds_now() - start;
  }
  vector total = every(0);
  UNROLL for (int i = 0; i < CHAINS; i++) total += sums[i];
  volatile float result = sum(total);
  (void)result;
  return passes * (double)(count / STEP * STEP) * sizeof(float) / elapsed * 1e-9;
}
