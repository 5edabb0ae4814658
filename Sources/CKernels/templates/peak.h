static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/// Twelve independent chains of a·b + c: more than latency × units of any processor this was written for.
static double peak(double seconds) {
  enum { CHAINS = 12, ROUNDS = 20000 };
  vector sums[CHAINS];
  UNROLL for (int i = 0; i < CHAINS; i++) sums[i] = every((float)i);
  // Read at run time, so that no product is computed in advance.
  volatile float unknown = 0.999f;
  vector factor = every(unknown), term = every(1 - unknown);
  double start = seconds_now(), elapsed = 0, rounds = 0;
  while (elapsed < seconds || rounds == 0) {
    for (int round = 0; round < ROUNDS; round++)
      UNROLL for (int i = 0; i < CHAINS; i++) sums[i] = sums[i] * factor + term;
    rounds += ROUNDS;
    elapsed = seconds_now() - start;
  }
  vector total = every(0);
  UNROLL for (int i = 0; i < CHAINS; i++) total += sums[i];
  unknown = sum(total);
  return rounds * CHAINS * WIDTH * 2 / elapsed * 1e-9;
}
