import Glibc

/// Cosines and sines of rotary position embeddings for `Kernels.rotate`.
///
/// `angle[p, i] = p · theta^(−2i/D)` for position p and pair i in `0..<D/2`: RoPE (Su et al. 2021, section 3.2.2) with
/// the inverse frequencies of Hugging Face's Llama (`rope_type: default`). Angles are computed in `Double`.
public struct RotaryTable: Sendable {
  public let positions: Int
  public let headWidth: Int
  /// (positions, D/2), row-major.
  public let cosines: FloatBuffer
  /// (positions, D/2), row-major.
  public let sines: FloatBuffer

  /// Traps unless `positions` ≥ 0, `headWidth` is positive and even, and `theta` is positive.
  public init(positions: Int, headWidth: Int, theta: Double) {
    precondition(positions >= 0 && headWidth > 0 && headWidth % 2 == 0 && theta > 0, "not a rotary table's shape")
    self.positions = positions
    self.headWidth = headWidth
    let half = headWidth / 2
    cosines = FloatBuffer(count: positions * half)
    sines = FloatBuffer(count: positions * half)
    for position in 0..<positions {
      for pair in 0..<half {
        let angle = Double(position) * pow(theta, -2 * Double(pair) / Double(headWidth))
        cosines[position * half + pair] = Float(cos(angle))
        sines[position * half + pair] = Float(sin(angle))
      }
    }
  }
}
