import Reasoner
import Tensors

/// A rule that moves a model's parameters by their gradients, and what it remembers from step to step.
///
/// Every element is computed in one order whatever the threads, and a warm `update` allocates no numbers.
public protocol Optimizer: AnyObject {
  /// Everything that a resume needs besides the weights, in the order of the checkpoint's file.
  var state: [StateTensor] { get }

  /// One update with `gradientScale` · gradients; `step` counts from 1.
  func update(
    _ weights: Weights, gradients: FloatBuffer, rate: Double, gradientScale: Double, step: Int, team: KernelTeam)
}

/// One named tensor of an optimizer's state.
public struct StateTensor {
  /// The state's name in PyTorch or transformers, a dot, the parameter's name: `exp_avg.model.norm.weight`.
  public let name: String
  /// Row-major.
  public let shape: [Int]
  let buffer: FloatBuffer
  /// In floats from the start of `buffer`.
  let offset: Int

  package var values: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: buffer.at(offset), count: shape.reduce(1, *))
  }
}

/// Which rule a run uses, with its settings.
public enum OptimizerSettings: Equatable, Sendable {
  case adamW(AdamWSettings)
  case adafactor(AdafactorSettings)
  /// Muon for the matrices of hidden layers, AdamW for everything else.
  case muon(MuonSettings, others: AdamWSettings)

  /// - Parameter format: What Muon's products multiply.
  public func optimizer(for layout: WeightLayout, format: ProductFormat) -> any Optimizer {
    switch self {
    case .adamW(let settings): AdamWOptimizer(layout.tensors, settings: settings)
    case .adafactor(let settings): AdafactorOptimizer(layout, settings: settings)
    case .muon(let settings, let others): MuonOptimizer(layout, settings: settings, others: others, format: format)
    }
  }

  /// Bytes that the optimizer takes, state and scratch memory, when it runs `kernels` on `threads` threads.
  public func bytes(for layout: WeightLayout, kernels: any Kernels, format: ProductFormat, threads: Int) -> Int {
    switch self {
    case .adamW: AdamWOptimizer.bytes(layout.tensors)
    case .adafactor: AdafactorOptimizer.bytes(layout)
    case .muon: MuonOptimizer.bytes(layout, kernels: kernels, format: format, threads: threads)
    }
  }
}
