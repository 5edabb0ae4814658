/// Clipping by global norm (Pascanu, Mikolov & Bengio 2013, algorithm 1).
public enum GradientClipping {
  /// The factor that brings a gradient of norm `norm` down to `maximumNorm`: 1 when it is short enough
  /// already, and NaN when the norm is not finite, so that a broken gradient cannot pass as a small one.
  ///
  /// No epsilon is added to the norm (PyTorch adds 1e-6): nothing is divided by zero, since a zero norm is not clipped.
  public static func scale(norm: Double, maximumNorm: Double) -> Double {
    precondition(maximumNorm > 0, "a norm to clip to is positive")
    guard norm.isFinite else { return .nan }
    return norm > maximumNorm ? maximumNorm / norm : 1
  }
}
