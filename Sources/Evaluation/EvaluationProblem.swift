import Datasets
import Plans
import Schemas
import Storage
import Worlds

/// A held-out problem and what its dataset says about it.
public struct EvaluationProblem: Hashable, Sendable {
  public let problem: Problem
  /// Digest of the canonical problem.
  public let id: Digest
  public let level: Int
  public let stepCount: Int
  public let category: String
  /// Whether the dataset's solution is one, rather than the claim that there is none.
  public let isSolvable: Bool

  /// - Throws: `DatasetsError`, `PlanError` or `WorldError` if the record does not hold a problem.
  public init(_ record: ExampleRecord) throws {
    let (problem, plan) = try record.content()
    self.problem = problem
    id = record.id
    level = record.level
    stepCount = record.stepCount
    category = record.category
    isSolvable = plan.steps != [.terminal(PlanCall("unsolvable"))]
  }
}

/// The problems that an evaluation asks, in order.
public struct ProblemSet: Sendable {
  public let problems: [EvaluationProblem]
  /// Over the problems' ids, one a line, in order.
  public let digest: Digest
  /// The preset that the dataset was made from.
  public let dataset: String
  /// The dataset's identity.
  public let datasetDigest: Digest
  /// The rule that put these problems into their split: its version and its salt.
  public let splitRule: Int
  public let splitSalt: String

  /// The first `limit` problems of a split.
  ///
  /// - Throws: `EvaluationError.noProblems` if there are none; what reading throws.
  public init(_ split: Split, of dataset: Dataset, limit: Int) throws {
    let records = try dataset.examples(split).prefix(limit)
    guard !records.isEmpty else {
      throw EvaluationError.noProblems(dataset: dataset.manifest.preset, split: split.rawValue)
    }
    self.init(
      try records.map(EvaluationProblem.init), dataset: dataset.manifest.preset,
      datasetDigest: dataset.manifest.contentDigest, splitRule: dataset.splitManifest.rule,
      splitSalt: dataset.splitManifest.salt)
  }

  /// Traps without a problem.
  public init(
    _ problems: [EvaluationProblem], dataset: String, datasetDigest: Digest,
    splitRule: Int = SplitManifestRecord.ruleVersion,
    splitSalt: String = SplitRule.standard.salt
  ) {
    precondition(!problems.isEmpty, "an evaluation asks something")
    self.problems = problems
    self.dataset = dataset
    self.datasetDigest = datasetDigest
    self.splitRule = splitRule
    self.splitSalt = splitSalt
    digest = Digest(ofLines: problems.map(\.id))
  }
}
