import Reasoner
import Tensors

/// AdamW over a model's parameters: matrices decay, norms and biases do not.
public final class Optimizer {
  public let settings: AdamWSettings
  /// m and v of algorithm 2 (Loshchilov & Hutter 2019), laid out like the weights.
  public let first: FloatBuffer
  public let second: FloatBuffer
  private let blocks: [Block]

  /// A run of parameters that decay alike; at most `GradientAccumulator.blockSize` long.
  private struct Block: Sendable {
    let offset: Int
    let count: Int
    let decays: Bool
  }

  public init(_ layout: WeightLayout, settings: AdamWSettings) {
    self.settings = settings
    first = FloatBuffer(count: layout.count)
    second = FloatBuffer(count: layout.count)
    blocks = layout.tensors.flatMap { tensor in
      stride(from: 0, to: tensor.count, by: GradientAccumulator.blockSize).map { start in
        Block(
          offset: tensor.offset + start, count: min(GradientAccumulator.blockSize, tensor.count - start),
          decays: tensor.decays)
      }
    }
  }

  /// One update; `step` counts from 1.
  public func update(
    _ weights: Weights, gradients: FloatBuffer, rate: Double, gradientScale: Double, step: Int, team: KernelTeam
  ) {
    let blocks = blocks
    let settings = settings
    nonisolated(unsafe) let parameters = weights.buffer.pointer  // SAFETY: blocks are disjoint
    nonisolated(unsafe) let slopes = gradients.pointer
    nonisolated(unsafe) let moments = (first.pointer, second.pointer)
    let kernels = team.kernels
    team.pool.forEach(blocks.count) { index in
      let block = blocks[index]
      kernels.adamW(
        parameters: parameters + block.offset, gradients: slopes + block.offset, first: moments.0 + block.offset,
        second: moments.1 + block.offset, count: block.count, rate: Float(rate), beta1: settings.beta1,
        beta2: settings.beta2, epsilon: settings.epsilon, decay: block.decays ? settings.weightDecay : 0,
        gradientScale: Float(gradientScale), step: step)
    }
  }
}
