import Schemas

/// What gates know about each metric beforehand.
extension MetricName {
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

  /// Whether a latency report measures it, which asks one problem several times.
  var isShadow: Bool { self == .shadowLatencyP50 || self == .shadowLatencyP95 }
}
