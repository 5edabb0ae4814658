import Schemas

/// The metrics of the run tier (docs/reference/ledger.md), with what is known about each beforehand.
public enum GateMetric: String, CaseIterable, Sendable {
  case traceCoverage = "reasoning.trace_coverage"
  case accuracy = "reasoning.accuracy"
  case firstAttemptAccuracy = "reasoning.first_attempt_accuracy"
  case winRate = "reasoning.win_rate"
  /// Mean forward passes of the model per problem.
  case modelEvaluations = "reasoning.model_evaluations"
  case latencyP50 = "reasoning.latency_p50"
  case latencyP95 = "reasoning.latency_p95"
  case shadowLatencyP50 = "reasoning.shadow_latency_p50"
  case shadowLatencyP95 = "reasoning.shadow_latency_p95"

  /// The unit that its records must have.
  public var unit: MetricRecord.Unit {
    switch self {
    case .traceCoverage, .accuracy, .firstAttemptAccuracy, .winRate: .ratio
    case .modelEvaluations: .count
    case .latencyP50, .latencyP95, .shadowLatencyP50, .shadowLatencyP95: .milliseconds
    }
  }

  /// Figures beyond are impossible, in records as in thresholds.
  var range: ClosedRange<Double> {
    switch unit {
    case .ratio: 0...1
    case .milliseconds, .count: 0...1e9
    }
  }

  /// Whether a record has the two ends of an interval.
  var hasInterval: Bool { unit == .ratio }

  /// Whether it compares with another run.
  var isPaired: Bool { self == .winRate }

  /// Whether it follows from weights, problems and configuration: then equal measurements have equal figures.
  var isDeterministic: Bool { unit != .milliseconds }

  /// Whether one problem may be asked several times in a measurement, as a latency report does.
  var repeatsProblems: Bool { self == .shadowLatencyP50 || self == .shadowLatencyP95 }
}
