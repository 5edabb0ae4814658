/// The scores of one mode on one group of problems.
public struct ScoreRecord: Codable, Sendable, Equatable {
  /// What the group is: `all`, or a world, level or category.
  public let group: String
  /// Share of problems answered correctly.
  public let accuracy: ShareRecord
  /// Share of problems answered correctly without a repair.
  public let firstAttemptAccuracy: ShareRecord
  /// Share of problems whose trace is complete, schema-valid and semantically verified; abstentions are not covered.
  public let traceCoverage: ShareRecord
  public let latency: LatencyRecord
  /// Mean forward passes of the model per problem.
  public let meanModelEvaluations: Double
  /// Abstentions whose budget ended.
  public let budgetAbstentions: Int
  /// Abstentions that claim there is no solution, true or not.
  public let unsolvableAbstentions: Int
  /// Interrupted problems.
  public let cancelledAbstentions: Int
  /// Problems on which planning failed.
  public let failures: Int

  enum CodingKeys: String, CodingKey {
    case group, accuracy, latency, failures
    case firstAttemptAccuracy = "first_attempt_accuracy"
    case traceCoverage = "trace_coverage"
    case meanModelEvaluations = "mean_model_evaluations"
    case budgetAbstentions = "budget_abstentions"
    case unsolvableAbstentions = "unsolvable_abstentions"
    case cancelledAbstentions = "cancelled_abstentions"
  }

  public init(
    group: String, accuracy: ShareRecord, firstAttemptAccuracy: ShareRecord, traceCoverage: ShareRecord,
    latency: LatencyRecord, meanModelEvaluations: Double, budgetAbstentions: Int, unsolvableAbstentions: Int,
    cancelledAbstentions: Int, failures: Int
  ) {
    self.group = group
    self.accuracy = accuracy
    self.firstAttemptAccuracy = firstAttemptAccuracy
    self.traceCoverage = traceCoverage
    self.latency = latency
    self.meanModelEvaluations = meanModelEvaluations
    self.budgetAbstentions = budgetAbstentions
    self.unsolvableAbstentions = unsolvableAbstentions
    self.cancelledAbstentions = cancelledAbstentions
    self.failures = failures
  }
}
