import Glibc

/// What Adafactor needs besides rate and step (Shazeer & Stern 2018, algorithm 4), without a first moment.
///
/// The rate comes from outside, as with transformers' `scale_parameter=False, relative_step=False`: neither the parameters'
/// size nor the step number scales it.
public struct AdafactorSettings: Equatable, Sendable {
  /// Decoupled weight decay per unit of rate; parameters that do not decay (norms) are stepped with 0.
  public let weightDecay: Float
  /// The update's root mean square is clipped to this (d, section 6).
  public let clippingThreshold: Double
  /// c of the second moment's decay 1 − t⁻ᶜ (section 7.2): the first step remembers nothing.
  public let decayExponent: Double
  /// Added to squared gradients (ε₁): keeps a second moment of zero from being divided by.
  public let epsilon: Double

  /// Traps outside the ranges: configurations are validated before they get here.
  public init(
    weightDecay: Float = 0.1, clippingThreshold: Double = 1, decayExponent: Double = 0.8, epsilon: Double = 1e-30
  ) {
    precondition(weightDecay >= 0 && clippingThreshold > 0, "decay is not negative, the threshold positive")
    precondition(decayExponent > 0 && epsilon > 0, "exponent and epsilon are positive")
    self.weightDecay = weightDecay
    self.clippingThreshold = clippingThreshold
    self.decayExponent = decayExponent
    self.epsilon = epsilon
  }

  /// Takes `count` sums of `terms` squared gradients into a moment and writes the factors of the update:
  /// `v = β·v + (1−β)·(sum/terms + ε)` with β = 1 − t⁻ᶜ for `step` = t ≥ 1; `factor = √(mean/v)`, where the mean is that of
  /// v for `isRelative` (rows) and 1 otherwise (columns, and the elements of a vector).
  ///
  /// So `u = g·rowFactor·columnFactor` is `g/√V` with the paper's V = R·C/(1ᵀR). `factors` may be `sums`.
  public func moment(
    _ moment: UnsafeMutablePointer<Float>, adding sums: UnsafePointer<Float>, count: Int, terms: Int, step: Int,
    factors: UnsafeMutablePointer<Float>, isRelative: Bool
  ) {
    precondition(step >= 1, "optimizer steps count from 1")
    let kept = 1 - pow(Double(step), -decayExponent)
    var total = 0.0
    for index in 0..<count {
      let mean = Double(sums[index]) / Double(terms) + epsilon
      let value = kept * Double(moment[index]) + (1 - kept) * mean
      moment[index] = Float(value)
      total += value
    }
    let mean = isRelative ? total / Double(count) : 1
    for index in 0..<count { factors[index] = Float((mean / Double(moment[index])).squareRoot()) }
  }

  /// What a unit of rate moves the parameters by, given `Σ u²` over `count` of them: 1, or less where u is clipped.
  public func step(sumOfSquares: Double, count: Int) -> Double {
    1 / max(1, (sumOfSquares / Double(max(count, 1))).squareRoot() / clippingThreshold)
  }
}
