/// A question that somebody undertook to ask before there was an answer: `codex gate declare`.
public struct IntentionRecord: Record, Equatable {
  public static let schema = "codex.intention/1"

  /// Names it in run metadata: the first 12 digits of a digest over the rest.
  public let id: String
  /// The milestone whose clause is meant.
  public let milestone: String
  /// The clause's id.
  public let clause: String
  /// Digest of the clause in full, as `codex gate show` prints it.
  public let clauseDigest: Digest
  /// Digest of the resolved gates' configuration.
  public let gatesConfigDigest: Digest
  /// The template whose runs will be measured, `<name>@<digest>`.
  public let template: String
  /// The training seeds that will be run.
  public let seeds: [UInt64]
  /// Model evaluations per problem that will be spent.
  public let budget: String
  public let codexVersion: String
  /// Seconds since 1970-01-01 UTC, from the caller's clock.
  public let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case id, milestone, clause, template, seeds, budget
    case clauseDigest = "clause_digest"
    case gatesConfigDigest = "gates_config_digest"
    case codexVersion = "codex_version"
    case recordedAt = "recorded_at"
  }

  public init(
    id: String, milestone: String, clause: String, clauseDigest: Digest, gatesConfigDigest: Digest, template: String,
    seeds: [UInt64], budget: String, codexVersion: String, recordedAt: Double
  ) {
    self.id = id
    self.milestone = milestone
    self.clause = clause
    self.clauseDigest = clauseDigest
    self.gatesConfigDigest = gatesConfigDigest
    self.template = template
    self.seeds = seeds
    self.budget = budget
    self.codexVersion = codexVersion
    self.recordedAt = recordedAt
  }
}
