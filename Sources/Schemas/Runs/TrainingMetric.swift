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
  /// What the run's signal measured since the last line, each under its own key: `loss` in nats, and more.
  public let figures: [String: Double]
  /// Global gradient norm before clipping, of the last step.
  public let gradNorm: Double
  public let learningRate: Double
  /// Tokens run since the start.
  public let numTokens: Int

  /// The figure that every signal has.
  public var loss: Double? { figures["loss"] }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
    init(_ text: String) { stringValue = text }

    static let (step, phase) = (Key("step"), Key("phase"))
    static let (gradNorm, learningRate, numTokens) = (Key("grad_norm"), Key("learning_rate"), Key("num_tokens"))
    /// All that is no figure.
    static let own = ["schema", "step", "phase", "grad_norm", "learning_rate", "num_tokens"]
  }

  /// - Precondition: No figure has the name of another key.
  public init(
    step: Int, phase: String, figures: [String: Double], gradNorm: Double, learningRate: Double, numTokens: Int
  ) {
    precondition(Key.own.allSatisfy { figures[$0] == nil })
    self.step = step
    self.phase = phase
    self.figures = figures
    self.gradNorm = gradNorm
    self.learningRate = learningRate
    self.numTokens = numTokens
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    step = try values.decode(Int.self, forKey: .step)
    phase = try values.decode(String.self, forKey: .phase)
    gradNorm = try values.decode(Double.self, forKey: .gradNorm)
    learningRate = try values.decode(Double.self, forKey: .learningRate)
    numTokens = try values.decode(Int.self, forKey: .numTokens)
    let others = values.allKeys.filter { !Key.own.contains($0.stringValue) }
    figures = try others.reduce(into: [:]) { $0[$1.stringValue] = try values.decode(Double.self, forKey: $1) }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(step, forKey: .step)
    try values.encode(phase, forKey: .phase)
    try values.encode(gradNorm, forKey: .gradNorm)
    try values.encode(learningRate, forKey: .learningRate)
    try values.encode(numTokens, forKey: .numTokens)
    for (name, value) in figures { try values.encode(value, forKey: Key(name)) }
  }
}
