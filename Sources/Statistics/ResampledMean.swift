/// A mean over clusters and its values on resamples of them.
struct ResampledMean {
  let value: Double
  /// One for each resample, ascending.
  let means: [Double]
  /// What BCa corrects skewness by: ΣU³ / 6(ΣU²)^1.5 over the clusters' influences U.
  private let acceleration: Double
  /// Clusters.
  let count: Int

  /// - Parameter draw: The index of the next cluster, `clusters.count` times for each resample.
  /// - Throws: `StatisticsError` without clusters, for an empty one, and for a value that is not finite.
  init(of clusters: [[Double]], resamples: Int, drawing draw: () -> Int) throws {
    guard !clusters.isEmpty, clusters.allSatisfy({ !$0.isEmpty }) else {
      throw StatisticsError.noSamples(statistic: "bootstrap mean")
    }
    let samples = clusters.flatMap { $0 }
    if let bad = samples.firstIndex(where: { !$0.isFinite }) {
      throw StatisticsError.notANumber(statistic: "bootstrap mean", index: bad, value: samples[bad])
    }
    let sums = clusters.map { $0.reduce(0, +) }
    let counts = clusters.map { Double($0.count) }
    var means: [Double] = []
    means.reserveCapacity(resamples)
    for _ in 0..<resamples {
      var sum = 0.0
      var count = 0.0
      for _ in 0..<clusters.count {
        let drawn = draw()
        sum += sums[drawn]
        count += counts[drawn]
      }
      means.append(sum / count)
    }
    self.init(
      value: sums.reduce(0, +) / counts.reduce(0, +), means: means, acceleration: Self.acceleration(sums, counts),
      count: clusters.count)
  }

  /// - Parameter means: One for each resample, in any order.
  init(value: Double, means: [Double], acceleration: Double, count: Int) {
    self.value = value
    self.means = means.sorted()
    self.acceleration = acceleration
    self.count = count
  }

  /// The standard deviation of the means.
  var standardError: Double {
    let center = means.reduce(0, +) / Double(means.count)
    let squares = means.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return (squares / Double(means.count - 1)).squareRoot()
  }

  /// The ranks of the ends of the BCa interval, from 1.
  ///
  /// - Formula: α₁ = Φ(z₀ + (z₀+z)/(1-a(z₀+z))) with z the lower normal quantile of half the error, α₂ with the upper; z₀ is the
  ///   normal quantile of the share of resamples below the value, those equal to it counting half, as in SciPy's
  ///   `bootstrap`. Source: Efron & Tibshirani 1993, equations 14.10 and 14.14.
  func correctedRanks(confidence: Double) -> (lower: Int, upper: Int) {
    let below = Double(means.count { $0 < value }) + Double(means.count { $0 == value }) / 2
    // All on one side would make the correction infinite: half a resample is granted to the other.
    let share = min(max(below, 0.5), Double(means.count) - 0.5) / Double(means.count)
    let bias = -NormalDistribution.quantile(upperTail: share)
    let z = NormalDistribution.quantile(upperTail: (1 - confidence) / 2)
    func rank(_ z: Double) -> Int {
      let shifted = bias + z
      let corrected = NormalDistribution.lowerTail(bias + shifted / (1 - acceleration * shifted))
      return DecimalShare(min(max(corrected, .leastNonzeroMagnitude), 1)).rank(of: means.count)
    }
    return (rank(-z), rank(z))
  }

  /// A sixth of the skewness of the influence that each cluster has, by the jackknife; 0 where none has any.
  private static func acceleration(_ sums: [Double], _ counts: [Double]) -> Double {
    guard sums.count > 1 else { return 0 }
    let (sum, count) = (sums.reduce(0, +), counts.reduce(0, +))
    let without = zip(sums, counts).map { (sum - $0) / (count - $1) }
    let center = without.reduce(0, +) / Double(without.count)
    let squares = without.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    let cubes = without.reduce(0) { $0 + (center - $1) * (center - $1) * (center - $1) }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }
}
