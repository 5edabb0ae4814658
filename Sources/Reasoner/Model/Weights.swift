import Randomness
import Tensors

/// The parameters of one model in one flat buffer; `WeightLayout` says what lies where.
///
/// A reference type because the buffer is large and shared read-only by transformers and engines; only the optimizer and the
/// loader write to it, while nobody reads.
public final class Weights: Sendable {
  public let layout: WeightLayout
  /// `layout.count` floats.
  public let buffer: FloatBuffer

  /// All zeros.
  public init(_ shape: ModelShape) {
    layout = WeightLayout(shape)
    buffer = FloatBuffer(count: layout.count)
  }

  public var shape: ModelShape { layout.shape }

  /// Random initial weights: norms one, matrices N(0, 0.02²), residual projections N(0, (0.02/√(2L))²), value head zero.
  ///
  /// Source: Radford et al. 2019, section 2.3 (scaled residual layers). Each tensor has its own stream,
  /// `RandomStream(seed, "reasoner/init", name)`, so a model's tensors do not depend on one another.
  public static func initial(_ shape: ModelShape, seed: UInt64) -> Weights {
    let weights = Weights(shape)
    let residualScale = 1 / (2 * Double(shape.layers)).squareRoot()
    for tensor in weights.layout.tensors {
      let values = weights.buffer.pointer + tensor.offset
      if tensor.name.hasPrefix("v_head") { continue }
      if !tensor.decays {
        for index in 0..<tensor.count { values[index] = 1 }
        continue
      }
      var random = RandomStream(seed: seed, "reasoner/init", tensor.name)
      let isResidual = tensor.name.hasSuffix("o_proj.weight") || tensor.name.hasSuffix("down_proj.weight")
      let deviation = isResidual ? 0.02 * residualScale : 0.02
      for index in 0..<tensor.count { values[index] = Float(deviation * random.normal()) }
    }
    return weights
  }

  /// The values of a named tensor, copied out; for files and tests.
  public func values(of tensor: WeightLayout.Tensor) -> [Float] {
    Array(UnsafeBufferPointer(start: buffer.pointer + tensor.offset, count: tensor.count))
  }

  /// The first tensor that holds NaN or infinity, if any.
  public func firstNonFinite() -> String? {
    layout.tensors.first { tensor in
      let values = buffer.pointer + tensor.offset
      return (0..<tensor.count).contains { !values[$0].isFinite }
    }?.name
  }
}
