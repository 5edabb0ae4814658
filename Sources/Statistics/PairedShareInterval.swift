/// Tango's score interval of wins - losses as a share of all comparisons: for pairs what Wilson's is for one proportion,
/// and without ties the same.
///
/// - Formula: the δ with (w - l - nδ) / √(n(2q + δ(1-δ))) = ±z, where q is the share of losses that is most likely if the
///   difference is δ, the positive root of 2n·q² + (-w-l+(2n-w+l)δ)·q - l·δ(1-δ). Source: Tango 1998, "Equivalence test and
///   confidence interval for the difference in proportions for the paired-sample design"; recommended by Fagerland,
///   Lydersen & Laake 2014.
/// - Parameters:
///   - wins: Not negative, as the other counts; there is a comparison.
///   - confidence: In (0, 1), two-sided.
package func pairedShareInterval(wins: Int, ties: Int, losses: Int, confidence: Double) -> Interval {
  let z = NormalDistribution.quantile(upperTail: (1 - confidence) / 2)
  let n = Double(wins + ties + losses)
  /// The largest difference that the counts refute from below; by symmetry both ends of the interval are such.
  func lower(_ wins: Double, _ losses: Double) -> Double {
    func refutes(_ difference: Double) -> Bool {
      let linear = -wins - losses + (2 * n - wins + losses) * difference
      let room = difference * (1 - difference)
      let root = (linear * linear + 8 * n * losses * room).squareRoot()
      // Either form of the root; the one that subtracts nothing.
      let share = linear <= 0 ? (root - linear) / (4 * n) : 2 * losses * room / (root + linear)
      return wins - losses - n * difference > z * (n * (2 * share + room)).squareRoot()
    }
    var (refuted, plausible) = (-1.0, (wins - losses) / n)
    while true {
      let middle = (refuted + plausible) / 2
      guard middle > refuted, middle < plausible else { return refuted }
      if refutes(middle) { refuted = middle } else { plausible = middle }
    }
  }
  return Interval(
    lower: lower(Double(wins), Double(losses)), upper: -lower(Double(losses), Double(wins)))
}
