// Choosing a token: a mask of allowed tokens over logits, and one or two passes over those.

/// Tokens that one word of a mask speaks of.
enum { MASK_BITS = 64 };

/// The floats at `p` whose bits are set; the other lanes are `fill` and are not read.
INLINE vector load_chosen(const float *p, uint64_t bits, float fill) {
#if WIDTH == 16
  return (vector)_mm512_mask_loadu_ps((__m512)every(fill), (__mmask16)bits, p);
#else
  float lanes[WIDTH];
  for (int i = 0; i < WIDTH; i++) lanes[i] = bits >> i & 1 ? p[i] : fill;
  return load(lanes);
#endif
}

/// Bits of tokens 64·word …: the mask's, if there is one, of those in the vocabulary.
INLINE uint64_t allowed_bits(const uint64_t *mask, long word, long vocabulary) {
  long left = vocabulary - word * MASK_BITS;
  uint64_t bits = mask ? mask[word] : ~(uint64_t)0;
  return left < MASK_BITS ? bits & (((uint64_t)1 << left) - 1) : bits;
}

/// Chooses among the allowed tokens of one row: at `position` in [0, 1) of their distribution in ascending order, at
/// `temperature`; or, if that is 0, the first of the most probable. Writes the choice's natural-log probability (at
/// temperature 1 if it is 0). `mask` has `mask_words` words, null allows everything.
///
/// Returns −1 if no token is allowed or one of their logits is NaN or +infinity.
static long choose(const float *logits, const uint64_t *mask, long mask_words, long vocabulary, float temperature,
                   double position, float *log_probability) {
  long words = (vocabulary + MASK_BITS - 1) / MASK_BITS;
  if (mask && mask_words < words) words = mask_words;
  vector most = every(-INFINITY);
  for (long w = 0; w < words; w++) {
    uint64_t bits = allowed_bits(mask, w, vocabulary);
    for (long i = w * MASK_BITS; bits; i += WIDTH, bits >>= WIDTH)
      most = larger(most, load_chosen(logits + i, bits, -INFINITY));
  }
  float maximum = largest(most), inverse = temperature > 0 ? 1 / temperature : 1;
  float *sums = ck_scratch((size_t)words);
  double total = 0;
  long word = -1;  // the chosen token's
  for (long w = 0; w < words; w++) {
    uint64_t bits = allowed_bits(mask, w, vocabulary);
    vector partial = every(0), nearest = every(-INFINITY);
    for (long i = w * MASK_BITS; bits; i += WIDTH, bits >>= WIDTH) {
      vector distance = load_chosen(logits + i, bits, -INFINITY) - maximum;
      partial += exponential(distance * inverse);
      nearest = larger(nearest, distance);
    }
    if (word < 0 && temperature == 0 && __builtin_reduce_max(nearest) == 0) word = w;
    sums[w] = sum(partial);
    total += sums[w];
  }
  if (!(total > 0 && total < INFINITY)) return -1;
  double threshold = position * total, before = 0;
  long last = -1;
  if (temperature > 0) {
    word = 0;
    while (word + 1 < words && before + sums[word] <= threshold) before += sums[word++];
    while (sums[word] == 0) word--;  // rounding took the threshold past the end
  }
  for (uint64_t bits = allowed_bits(mask, word, vocabulary); bits; bits &= bits - 1) {
    long token = word * MASK_BITS + __builtin_ctzll(bits);
    float distance = logits[token] - maximum;
    float share = temperature > 0 ? exponential(every(distance * inverse))[0] : distance == 0;
    if (share == 0) continue;
    last = token;
    before += share;
    if (temperature == 0 || before > threshold) break;
  }
  *log_probability = (logits[last] - maximum) * inverse - (float)log(total);
  return last;
}
