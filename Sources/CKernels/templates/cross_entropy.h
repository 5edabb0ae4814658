/// loss = −w · log p[t] with p = softmax(logits); logits = scale · w · (p − onehot(t)).
static void cross_entropy(float *logits, const int32_t *targets, const float *weights, float *losses, float *hits,
                          float scale, long rows, long vocabulary) {
  for (long row = 0; row < rows; row++, logits += vocabulary) {
    losses[row] = 0;
    hits[row] = 0;
    float weight = weights[row];
    if (weight == 0) {
      memset(logits, 0, (size_t)vocabulary * sizeof(float));
      continue;
    }
    long whole = vocabulary / WIDTH * WIDTH, rest = vocabulary - whole;
    vector most = load_some(logits + whole, rest, -INFINITY);
    for (long i = 0; i < whole; i += WIDTH) most = larger(load(logits + i), most);
    float maximum = largest(most);
    float target = logits[targets[row]];
    bool hit = target == maximum;
    for (long i = 0; hit && i < targets[row]; i++) hit = logits[i] != maximum;
    hits[row] = hit;

    vector partial = every(0);
    for (long i = 0; i < whole; i += WIDTH) {
      vector e = exponential(load(logits + i) - maximum);
      partial += e;
      store(logits + i, e);
    }
    if (rest) {
      vector e = exponential(load_some(logits + whole, rest, -INFINITY) - maximum);
      partial += e;
      store_some(logits + whole, e, rest);
    }
    float total = sum(partial);
    losses[row] = weight * (logf(total) - (target - maximum));
    float factor = scale * weight;
    float share = factor / total;
    for (long i = 0; i < whole; i += WIDTH) store(logits + i, load(logits + i) * share);
    for (long i = whole; i < vocabulary; i++) logits[i] *= share;
    logits[targets[row]] -= factor;
  }
}
