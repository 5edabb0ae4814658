import Schemas
import Statistics

/// A figure computed from items, to hold a record against.
struct RecomputedFigure {
  /// Nil for a quantile that falls among failures.
  let value: Double?
  let interval: Interval?

  /// The figure of an unpaired metric over `samples`, of which there is one. Throws `StatisticsError` for latencies that
  /// are none.
  init(_ metric: MetricName, over samples: [SampleRecord]) throws {
    switch metric {
    case .traceCoverage: (value, interval) = try Self.share(samples) { $0.covered }
    case .accuracy: (value, interval) = try Self.share(samples) { $0.correct }
    case .firstAttemptAccuracy: (value, interval) = try Self.share(samples) { $0.correct && !$0.repaired }
    case .latencyP50, .shadowLatencyP50: (value, interval) = (try Self.latency(0.5, samples), nil)
    case .latencyP95, .shadowLatencyP95: (value, interval) = (try Self.latency(0.95, samples), nil)
    case .modelEvaluations:
      let sum = samples.reduce(0) { $0 + $1.modelEvaluations }
      (value, interval) = (Double(sum) / Double(samples.count), nil)
    case .winRate: preconditionFailure("a win rate needs the reference's samples")
    }
  }

  /// The win rate of `samples` over `reference`, which answers exactly the same problems.
  init(winRateOf samples: [SampleRecord], over reference: [Digest: SampleRecord]) throws {
    let pairs = samples.map { ($0.correct, reference[$0.problemID]?.correct) }
    let wins = pairs.count { $0.0 && $0.1 == false }
    let losses = pairs.count { !$0.0 && $0.1 == true }
    let estimate = try Bootstrap().winRate(wins: wins, ties: pairs.count - wins - losses, losses: losses)
    (value, interval) = (estimate.value, estimate.interval)
  }

  private static func share(
    _ samples: [SampleRecord], _ isYes: (SampleRecord) -> Bool
  ) throws -> (Double?, Interval?) {
    let yes = samples.count(where: isYes)
    let interval = try wilsonInterval(successes: yes, trials: samples.count)
    return (Double(yes) / Double(samples.count), interval)
  }

  private static func latency(_ quantile: Double, _ samples: [SampleRecord]) throws -> Double? {
    let milliseconds = try nearestRankQuantile(quantile, of: samples.map { $0.latencyMilliseconds ?? .infinity })
    return milliseconds.isFinite ? milliseconds : nil
  }
}

/// How far a recorded figure may be from the recomputed one: rounding, not opinion.
enum FigureTolerance {
  static let relative = 1e-9

  static func agree(_ recorded: Double?, _ recomputed: Double?) -> Bool {
    guard let recorded, let recomputed else { return recorded == nil && recomputed == nil }
    return abs(recorded - recomputed) <= relative * max(1, abs(recomputed))
  }
}
