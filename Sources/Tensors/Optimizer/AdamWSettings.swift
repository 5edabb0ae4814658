/// What AdamW needs besides rate and step (Loshchilov & Hutter 2019, algorithm 2).
public struct AdamWSettings: Equatable, Sendable {
  /// Decay of the first moment, in [0, 1).
  public let beta1: Float
  /// Decay of the second moment, in [0, 1).
  public let beta2: Float
  /// Added to the root of the second moment.
  public let epsilon: Float
  /// Decoupled weight decay per unit of rate; parameters that do not decay (norms) are stepped with 0.
  public let weightDecay: Float

  /// Traps outside the ranges: configurations are validated before they get here.
  public init(beta1: Float = 0.9, beta2: Float = 0.95, epsilon: Float = 1e-8, weightDecay: Float = 0.1) {
    precondition((0..<1).contains(beta1) && (0..<1).contains(beta2), "betas lie in [0, 1)")
    precondition(epsilon > 0 && weightDecay >= 0, "epsilon is positive, decay not negative")
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }
}

extension Kernels {
  /// `adamW` with `settings`; `decays` is false for parameters that are not to decay.
  public func adamW(
    _ settings: AdamWSettings, parameters: Output, gradients: Input, first: Output, second: Output, count: Int,
    rate: Float, gradientScale: Float, step: Int, decays: Bool
  ) {
    adamW(
      parameters: parameters, gradients: gradients, first: first, second: second, count: count, rate: rate,
      beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
      decay: decays ? settings.weightDecay : 0, gradientScale: gradientScale, step: step)
  }
}
