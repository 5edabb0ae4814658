import Reasoner
import Schemas
import Tensors

/// Sums over the rows that an objective judged; they add up over chunks.
public struct ObjectiveSums: Sendable, Equatable {
  /// Weighted next-token losses, in nats.
  public var policyLoss = 0.0
  /// Sum of policy weights.
  public var policyWeight = 0.0
  /// Rows whose most probable token is the target, among those with a policy weight.
  public var hits = 0.0
  /// Rows with a policy weight.
  public var judged = 0.0
  /// Weighted value losses, in nats.
  public var valueLoss = 0.0
  /// Sum of value weights.
  public var valueWeight = 0.0
  /// Rows run.
  public var rows = 0.0

  public init() {}

  public static func += (left: inout ObjectiveSums, right: ObjectiveSums) {
    left.policyLoss += right.policyLoss
    left.policyWeight += right.policyWeight
    left.hits += right.hits
    left.judged += right.judged
    left.valueLoss += right.valueLoss
    left.valueWeight += right.valueWeight
    left.rows += right.rows
  }
}

/// A training signal: turns the model's outputs into a loss and overwrites them with its gradient.
///
/// Losses are means over a whole optimizer step, whose total weights are known before its first rows run.
public protocol TrainingObjective: Sendable {
  /// - Parameters:
  ///   - outputs: Overwritten with the gradients of the step's mean loss.
  ///   - rows: Which rows of `targets` the outputs stand for.
  ///   - totals: Weights of the whole step.
  func gradient(
    overwriting outputs: Transformer.Outputs, rows: Range<Int>, of targets: RowTargets, totals: StepTotals,
    team: KernelTeam
  ) -> ObjectiveSums
}

/// The weights of one optimizer step, over all its sequences.
public struct StepTotals: Sendable {
  public let policyWeight: Double
  public let valueWeight: Double

  public init(_ sequences: [TrainingSequence]) {
    policyWeight = sequences.reduce(0) { $0 + $1.policyWeights.reduce(0) { $0 + Double($1) } }
    valueWeight = sequences.reduce(0) { $0 + $1.valueWeights.reduce(0) { $0 + Double($1) } }
  }
}

/// What the rows of one chunk are judged by, laid end to end, and room for their losses. Kept from chunk to chunk.
public final class RowTargets {
  public private(set) var targets: [Int32] = []
  public private(set) var policyWeights: [Float] = []
  public private(set) var valueTargets: [Float] = []
  public private(set) var valueWeights: [Float] = []
  var losses: [Float] = []
  var hits: [Float] = []

  public init() {}

  public func append(_ sequence: TrainingSequence) {
    targets.append(contentsOf: sequence.targets)
    policyWeights.append(contentsOf: sequence.policyWeights)
    valueTargets.append(contentsOf: sequence.valueTargets)
    valueWeights.append(contentsOf: sequence.valueWeights)
    while losses.count < targets.count {
      losses.append(0)
      hits.append(0)
    }
  }

  public func removeAll() {
    targets.removeAll(keepingCapacity: true)
    policyWeights.removeAll(keepingCapacity: true)
    valueTargets.removeAll(keepingCapacity: true)
    valueWeights.removeAll(keepingCapacity: true)
  }
}

extension ObjectiveSums {
  /// The sums that a checkpoint kept.
  init(_ pending: CheckpointState.Pending) {
    policyLoss = pending.policyLoss
    policyWeight = pending.policyWeight
    hits = pending.hits
    judged = pending.judged
    valueLoss = pending.valueLoss
    valueWeight = pending.valueWeight
  }
}

extension CheckpointState.Pending {
  init(_ sums: ObjectiveSums) {
    self.init(
      policyLoss: sums.policyLoss, policyWeight: sums.policyWeight, hits: sums.hits, judged: sums.judged,
      valueLoss: sums.valueLoss, valueWeight: sums.valueWeight)
  }
}
