/// What Muon needs besides the rate (Jordan et al. 2024), scaled so that AdamW's rates and decay serve it (Liu et al. 2025,
/// "Muon is scalable for LLM training", equation 4).
///
/// For the matrices of hidden layers; embeddings, norms and heads are AdamW's.
public struct MuonSettings: Equatable, Sendable {
  /// β of Nesterov's momentum, in [0, 1).
  public let momentum: Float
  /// Decoupled weight decay per unit of rate.
  public let weightDecay: Float

  /// Traps outside the ranges: configurations are validated before they get here.
  public init(momentum: Float = 0.95, weightDecay: Float = 0.1) {
    precondition((0..<1).contains(momentum) && weightDecay >= 0, "momentum lies in [0, 1), decay is not negative")
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  /// What a unit of rate moves a matrix by: 0.2·√max(rows, columns). An orthogonal matrix has the root mean square
  /// 1/√max(rows, columns), an update of AdamW about 0.2.
  public static func step(rows: Int, columns: Int) -> Double { 0.2 * Double(max(rows, columns)).squareRoot() }
}
