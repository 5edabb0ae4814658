#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The standard normal distribution.
package enum NormalDistribution {
  /// The chance of a value above `z`. Relative error of a few ulps in the tail too, where 1 - Φ(z) would be noise.
  package static func upperTail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// The chance of a value up to `z`.
  package static func lowerTail(_ z: Double) -> Double { upperTail(-z) }

  /// The value above which `upperTail`, in (0, 1), of the distribution lies.
  ///
  /// - Formula: Abramowitz & Stegun 1964, 26.2.23, good to 4.5·10⁻⁴, then three steps of Halley's method on
  ///   `upperTail(z)`; each cubes the error.
  package static func quantile(upperTail tail: Double) -> Double {
    if tail > 0.5 { return -quantile(upperTail: 1 - tail) }
    if tail == 0.5 { return 0 }
    let t = (-2 * log(tail)).squareRoot()
    var z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    for _ in 0..<3 {
      let step = (upperTail(z) - tail) / density(z)
      z += step / (1 - z * step / 2)
    }
    return z
  }

  private static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }
}
