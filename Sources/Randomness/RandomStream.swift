/// A named, splittable stream of random bits: equal paths give equal streams on every platform.
///
/// A stream is identified by its whole path: `RandomStream(seed: 7, "datasets/train", 41)`. The path is hashed, so
/// streams with different paths never overlap in practice and none needs to be saved for a resume: it is derived again.
///
/// Generator: xoshiro256** (Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators"), its state filled
/// by SplitMix64 from a 128-bit FNV-1a hash of the path.
public struct RandomStream: RandomNumberGenerator, Sendable, Hashable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// A stream for `seed` and a path; each path component is hashed as its UTF-8 description, closed by a zero byte.
  public init(seed: UInt64, _ path: any (CustomStringConvertible & Sendable)...) {
    var low = FNV128.offset
    withUnsafeBytes(of: seed.littleEndian) { for byte in $0 { low.absorb(byte) } }
    for component in path {
      for byte in component.description.utf8 { low.absorb(byte) }
      low.absorb(0)
    }
    var mixer = SplitMix64(state: low.high ^ 0x9E37_79B9_7F4A_7C15)
    var other = SplitMix64(state: low.low)
    s0 = mixer.next()
    s1 = other.next()
    s2 = mixer.next()
    s3 = other.next()
    if s0 | s1 | s2 | s3 == 0 { s0 = 1 }  // the all-zero state is the one fixed point
  }

  public mutating func next() -> UInt64 {
    let result = rotateLeft(s1 &* 5, 7) &* 9
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotateLeft(s3, 45)
    return result
  }

  /// An independent stream named by the next 64 bits of this one and `name`.
  public mutating func split(_ name: String) -> RandomStream {
    RandomStream(seed: next(), name)
  }

  /// Uniform in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in `0..<bound`, without modulo bias. Traps if `bound` is not positive.
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "a bound must be positive")
    let range = UInt64(bound)
    // Lemire 2019, "Fast random integer generation in an interval": multiply-shift with rejection.
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// Uniform in a closed range.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + index(below: range.upperBound - range.lowerBound + 1)
  }

  /// Fisher–Yates shuffle of `items` in place.
  public mutating func shuffle<T>(_ items: inout [T]) {
    guard items.count > 1 else { return }
    for last in stride(from: items.count - 1, to: 0, by: -1) { items.swapAt(last, index(below: last + 1)) }
  }

  private func rotateLeft(_ value: UInt64, _ count: UInt64) -> UInt64 { (value << count) | (value >> (64 - count)) }
}

/// SplitMix64 (Steele, Lea & Flood 2014), used to fill larger states.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// FNV-1a with 128 bits: hash = (hash xor byte) · (2⁸⁸ + 0x13B) mod 2¹²⁸.
struct FNV128 {
  var high: UInt64
  var low: UInt64

  static let offset = FNV128(high: 0x6C62_272E_07BB_0142, low: 0x62B8_2175_6295_C58D)

  mutating func absorb(_ byte: UInt8) {
    let mixed = low ^ UInt64(byte)
    let product = mixed.multipliedFullWidth(by: 0x13B)
    high = (high &* 0x13B) &+ product.high &+ (mixed << 24)
    low = product.low
  }
}
