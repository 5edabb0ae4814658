import Reasoner
import Tensors

/// AdamW: matrices decay, norms and biases do not.
public final class AdamWOptimizer: Optimizer {
  public let state: [StateTensor]
  private let settings: AdamWSettings
  /// m and v of algorithm 2 (Loshchilov & Hutter 2019), one tensor after the other.
  private let first: FloatBuffer
  private let second: FloatBuffer
  private let blocks: [Block]

  /// A run of parameters that decay alike; at most `GradientAccumulator.blockSize` long.
  private struct Block: Sendable {
    /// Of the parameters.
    let offset: Int
    /// Of their moments.
    let momentOffset: Int
    let count: Int
    let decays: Bool
  }

  /// - Parameter tensors: The parameters to move.
  public init(_ tensors: [WeightLayout.Tensor], settings: AdamWSettings) {
    self.settings = settings
    let count = tensors.reduce(0) { $0 + $1.count }
    let moments = (FloatBuffer(count: count), FloatBuffer(count: count))
    (first, second) = moments
    var blocks: [Block] = []
    var offsets: [Int] = []
    var end = 0
    for tensor in tensors {
      for start in stride(from: 0, to: tensor.count, by: GradientAccumulator.blockSize) {
        blocks.append(
          Block(
            offset: tensor.offset + start, momentOffset: end + start,
            count: min(GradientAccumulator.blockSize, tensor.count - start), decays: tensor.decays))
      }
      offsets.append(end)
      end += tensor.count
    }
    self.blocks = blocks
    state = [("exp_avg.", moments.0), ("exp_avg_sq.", moments.1)].flatMap { prefix, buffer in
      zip(tensors, offsets).map {
        StateTensor(name: prefix + $0.name, shape: $0.shape, buffer: buffer, offset: $1)
      }
    }
  }

  static func bytes(_ tensors: [WeightLayout.Tensor]) -> Int {
    2 * MemoryLayout<Float>.stride * tensors.reduce(0) { $0 + $1.count }
  }

  public func update(
    _ weights: Weights, gradients: FloatBuffer, rate: Double, gradientScale: Double, step: Int, team: KernelTeam
  ) {
    let (blocks, settings, kernels) = (blocks, settings, team.kernels)
    let (parameters, first, second) = (weights.buffer, first, second)
    team.pool.forEach(blocks.count) { index in  // blocks are disjoint
      let block = blocks[index]
      kernels.adamW(
        settings, parameters: parameters.at(block.offset), gradients: gradients.at(block.offset),
        first: first.at(block.momentOffset), second: second.at(block.momentOffset), count: block.count,
        rate: Float(rate), gradientScale: Float(gradientScale), step: step, decays: block.decays)
    }
  }
}
