/// `direction` is 1, or −1 to turn back.
static void rotate(float *x, const int32_t *positions, const float *cosines, const float *sines, long rows, long stride,
                   long heads, long head_width, float direction) {
  long half = head_width / 2;
  for (long row = 0; row < rows; row++) {
    const float *c = cosines + positions[row] * half, *s = sines + positions[row] * half;
    for (long head = 0; head < heads; head++) {
      float *low = x + row * stride + head * head_width, *high = low + half;
      long i = 0;
      for (; i + WIDTH <= half; i += WIDTH) {
        vector l = load(low + i), h = load(high + i), sine = load(s + i) * direction;
        store(low + i, l * load(c + i) - h * sine);
        store(high + i, h * load(c + i) + l * sine);
      }
      for (; i < half; i++) {
        float l = low[i], h = high[i], sine = s[i] * direction;
        low[i] = l * c[i] - h * sine;
        high[i] = h * c[i] + l * sine;
      }
    }
  }
}
