import Reasoner
import Tensors

/// What a run learns from: each step's sequences, and what of their sums is logged.
///
/// A signal is a function of what it was made with, the step and the weights as they are then, so that a run that was killed
/// and resumed learns from the same sequences as one that was not.
public protocol TrainingSignal {
  /// What `step` (counted from 0) learns from; may have the model write, under its present weights.
  func batch(at step: Int) throws -> any SignalBatch

  /// What is logged of sums over steps, `loss` among them; figures whose weight is 0 are left out.
  func figures(_ sums: SignalSums) -> [SignalFigure]

  /// Mean number of positions that a token attends to, for estimates of work.
  var meanContext: Double { get }
}

/// What one optimizer step learns from: sequences of tokens, and the gradient of a loss in what the model says of them.
///
/// Losses are means over the whole batch. Rows are those of all sequences, laid end to end.
public protocol SignalBatch {
  var sequenceCount: Int { get }

  /// The model's inputs.
  func tokens(of sequence: Int) -> ArraySlice<Int32>

  /// Overwrites the outputs of `rows` with the gradient of the batch's loss.
  ///
  /// - Returns: What these rows add to the batch's sums.
  func gradient(overwriting outputs: Transformer.Outputs, rows: Range<Int>, team: KernelTeam) -> SignalSums
}

/// One logged figure.
public struct SignalFigure: Sendable, Equatable {
  /// In ledgers: the name that TRL logs it under, where it has one.
  public let name: String
  public let value: Double
  /// Beside progress bars; nil for figures that are only logged.
  public let label: String?
  /// Whether it is a share, shown in percent.
  public let isShare: Bool

  public init(_ name: String, _ value: Double, label: String? = nil, isShare: Bool = false) {
    self.name = name
    self.value = value
    self.label = label
    self.isShare = isShare
  }
}
