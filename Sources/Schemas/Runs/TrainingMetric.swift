/// One logged optimizer step: a line of a run's `metrics.ndjson`, under TRL's metric names.
///
/// It holds nothing that depends on the clock or the machine's speed, so that equal runs write equal bytes; those go to
/// `run_metadata.json`.
public struct TrainingMetric: Record, Equatable {
  public static let schema = "codex.training_metric/1"

  /// Optimizer steps taken, from 1.
  public let step: Int
  /// Curriculum phase.
  public let phase: String
  /// Mean cross-entropy of the plan tokens since the last line, in nats.
  public let loss: Double
  /// Share of plan tokens whose most probable token is the target, since the last line.
  public let meanTokenAccuracy: Double
  /// Mean binary cross-entropy of the value head since the last line; `nil` without value targets.
  public let valueLoss: Double?
  /// Global gradient norm before clipping, of the last step.
  public let gradNorm: Double
  public let learningRate: Double
  /// Tokens run since the start.
  public let numTokens: Int

  enum CodingKeys: String, CodingKey {
    case step, phase, loss
    case meanTokenAccuracy = "mean_token_accuracy"
    case valueLoss = "value_loss"
    case gradNorm = "grad_norm"
    case learningRate = "learning_rate"
    case numTokens = "num_tokens"
  }

  public init(
    step: Int, phase: String, loss: Double, meanTokenAccuracy: Double, valueLoss: Double?, gradNorm: Double,
    learningRate: Double, numTokens: Int
  ) {
    self.step = step
    self.phase = phase
    self.loss = loss
    self.meanTokenAccuracy = meanTokenAccuracy
    self.valueLoss = valueLoss
    self.gradNorm = gradNorm
    self.learningRate = learningRate
    self.numTokens = numTokens
  }
}
