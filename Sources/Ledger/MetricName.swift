import Schemas

/// The metrics of the run tier; docs/reference/ledger.md defines each.
public enum MetricName: String, CaseIterable, Sendable {
  case traceCoverage = "reasoning.trace_coverage"
  case accuracy = "reasoning.accuracy"
  case firstAttemptAccuracy = "reasoning.first_attempt_accuracy"
  case latencyP50 = "reasoning.latency_p50"
  case latencyP95 = "reasoning.latency_p95"
  case modelEvaluations = "reasoning.model_evaluations"
  case winRate = "reasoning.win_rate"
  case shadowLatencyP50 = "reasoning.shadow_latency_p50"
  case shadowLatencyP95 = "reasoning.shadow_latency_p95"

  /// The unit of its values.
  public var unit: MetricRecord.Unit {
    switch self {
    case .traceCoverage, .accuracy, .firstAttemptAccuracy, .winRate: .ratio
    case .latencyP50, .latencyP95, .shadowLatencyP50, .shadowLatencyP95: .milliseconds
    case .modelEvaluations: .count
    }
  }
}
