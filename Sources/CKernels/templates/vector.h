// Vectors of WIDTH floats. Private to one translation unit: no vector type crosses a function that is not inlined.
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

typedef float vector __attribute__((ext_vector_type(WIDTH)));
typedef int32_t integers __attribute__((ext_vector_type(WIDTH)));
/// WIDTH 32-bit words: floats, or pairs of bfloat16 (see words.h).
typedef uint32_t words __attribute__((ext_vector_type(WIDTH)));
typedef float four __attribute__((ext_vector_type(4)));

INLINE vector load(const float *p) {
  vector v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE void store(float *p, vector v) { memcpy(p, &v, sizeof v); }
INLINE vector every(float x) { return (vector)x; }

#if WIDTH == 16
INLINE __mmask16 first_lanes(long count) { return (__mmask16)((1u << count) - 1); }
#elif WIDTH == 8
INLINE __m256i first_lanes(long count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
#endif

/// The first `count` ≤ WIDTH floats; the other lanes are `fill`.
INLINE vector load_some(const float *p, long count, float fill) {
#if WIDTH == 16
  return (vector)_mm512_mask_loadu_ps((__m512)every(fill), first_lanes(count), p);
#elif WIDTH == 8
  __m256i mask = first_lanes(count);
  return (vector)_mm256_blendv_ps((__m256)every(fill), _mm256_maskload_ps(p, mask), (__m256)mask);
#else
  float lanes[WIDTH];
  for (int i = 0; i < WIDTH; i++) lanes[i] = i < count ? p[i] : fill;
  return load(lanes);
#endif
}
/// Writes the first `count` ≤ WIDTH lanes.
INLINE void store_some(float *p, vector v, long count) {
#if WIDTH == 16
  _mm512_mask_storeu_ps(p, first_lanes(count), (__m512)v);
#elif WIDTH == 8
  _mm256_maskstore_ps(p, first_lanes(count), (__m256)v);
#else
  float lanes[WIDTH];
  store(lanes, v);
  for (long i = 0; i < count; i++) p[i] = lanes[i];
#endif
}

/// 0, 1, … WIDTH − 1.
INLINE integers lane_indices(void) {
  integers lanes;
  UNROLL for (int i = 0; i < WIDTH; i++) lanes[i] = i;
  return lanes;
}

/// Adds lanes that are four apart.
INLINE four fold(vector v) {
#if WIDTH == 16
  __typeof__(v.lo) half = v.lo + v.hi;
  return half.lo + half.hi;
#elif WIDTH == 8
  return v.lo + v.hi;
#else
  return v;
#endif
}
INLINE float sum(vector v) {
  four f = fold(v);
  return (f.x + f.z) + (f.y + f.w);
}
INLINE float largest(vector v) {
  float most = v[0];
  UNROLL for (int i = 1; i < WIDTH; i++) most = v[i] > most ? v[i] : most;
  return most;
}
INLINE vector larger(vector a, vector b) { return a > b ? a : b; }

