/// A gate's verdict on one milestone: the ledger's milestone tier.
public struct VerdictRecord: Record, Equatable {
  public static let schema = "codex.verdict/1"

  /// `M0` to `M3`.
  public let milestone: String
  /// Whether the milestone's own clauses hold and every earlier milestone is closed or waived.
  public let passed: Bool
  /// The run judged; absent where there was none to judge.
  public let runID: String?
  public let weightsDigest: Digest?
  /// Own clauses first, then one `requires_<milestone>` for each earlier milestone.
  public let clauses: [ClauseVerdict]
  /// Digest of the resolved gates' configuration.
  public let gatesConfigDigest: Digest
  /// Whether that configuration is the one compiled into the binary that judged; absent in verdicts of older builds.
  public let standardGates: Bool?
  /// The ledger as it was read; absent for an empty one.
  public let ledgerHead: LedgerHead?
  public let codexVersion: String
  /// Seconds since 1970-01-01 UTC, from the caller's clock.
  public let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case milestone, passed, clauses
    case runID = "run_id"
    case weightsDigest = "weights_digest"
    case gatesConfigDigest = "gates_config_digest"
    case standardGates = "standard_gates"
    case ledgerHead = "ledger_head"
    case codexVersion = "codex_version"
    case recordedAt = "recorded_at"
  }

  public init(
    milestone: String, passed: Bool, runID: String?, weightsDigest: Digest?, clauses: [ClauseVerdict],
    gatesConfigDigest: Digest, standardGates: Bool? = nil, ledgerHead: LedgerHead?, codexVersion: String,
    recordedAt: Double
  ) {
    self.milestone = milestone
    self.passed = passed
    self.runID = runID
    self.weightsDigest = weightsDigest
    self.clauses = clauses
    self.gatesConfigDigest = gatesConfigDigest
    self.standardGates = standardGates
    self.ledgerHead = ledgerHead
    self.codexVersion = codexVersion
    self.recordedAt = recordedAt
  }
}
