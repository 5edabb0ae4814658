#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RandomStream {
  /// A standard normal variate by the polar method (Marsaglia & Bray 1964); its twin is discarded, so that the stream
  /// has no hidden state.
  public mutating func normal() -> Double {
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let s = u * u + v * v
      if s > 0, s < 1 { return u * (-2 * log(s) / s).squareRoot() }
    }
  }

  /// `count` standard normal variates as `Float`.
  public mutating func normals(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(normal()) }
  }

  /// An index drawn with probability proportional to `weights` (none negative, not all zero).
  public mutating func index(weightedBy weights: [Double]) -> Int {
    let total = weights.reduce(0, +)
    precondition(total > 0, "weights must have a positive sum")
    var remaining = uniform() * total
    for (index, weight) in weights.enumerated() where weight > 0 {
      if remaining < weight { return index }
      remaining -= weight
    }
    return weights.lastIndex { $0 > 0 }!
  }
}
