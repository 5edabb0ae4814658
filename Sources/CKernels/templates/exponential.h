/// exp(x) within 2 ulp; 0 below −86.64 (where it is less than 2⁻¹²⁴), infinity above 88.72, NaN for NaN.
///
/// x = n·ln 2 + r with |r| ≤ ln 2 / 2, ln 2 split in two so that n·high is exact (Cody & Waite 1980); exp(r) by the
/// polynomial of Cephes' expf (Moshier), whose error is below 1 ulp on that interval.
INLINE vector exponential(vector x) {
  const float lowest = -86.64f, highest = 88.72f;
  vector bounded = x < every(lowest) ? every(lowest) : x;
  bounded = bounded > every(highest) ? every(highest) : bounded;
  // Adding 1.5·2²³ leaves the nearest integer in the low bits.
  const float magic = 0x1.8p23f;
  vector shifted = bounded * 1.44269504088896341f + magic;
  vector n = shifted - magic;
  vector r = bounded - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  vector p = every(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = (p * r) * r + r;
  p = p + 1.0f;
  // −125 ≤ n ≤ 128, and 2¹²⁸ is no float: scale by 2ⁿ⁻¹, then by 2.
  integers exponent = ((integers)shifted - 0x4B400000 + 126) << 23;  // casts of vectors keep the bits
  vector result = p * (vector)exponent * 2.0f;
  result = x < every(lowest) ? every(0) : result;
  return x > every(highest) ? every(INFINITY) : result;
}

static void exponential_of_each(const float *x, float *y, long count) {
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) store(y + i, exponential(load(x + i)));
  if (i < count) store_some(y + i, exponential(load_some(x + i, count - i, 0)), count - i);
}
