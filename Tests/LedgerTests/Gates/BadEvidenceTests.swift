import Composition
import Ledger
import Runs
import Schemas
import Storage
import Testing

/// Every way in which evidence is bad makes the gate say no, for its own reason: RELIABILITY's fail-closed matrix, through
/// files on disk.
@Suite struct BadEvidenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let evidence: BadEvidence
    let milestone: String
    var testDescription: String { "\(milestone): \(evidence.description)" }
  }

  static let cases = BadEvidence.all.flatMap { evidence in
    evidence.milestones.map { Case(evidence: evidence, milestone: $0) }
  }

  @Test(arguments: cases)
  func badEvidence_neverPasses(_ tested: Case) throws {
    var scene = try Scene()
    try tested.evidence.spoil(&scene, tested.milestone)
    switch try tested.evidence.isInMemory
      ? .verdict(scene.judgeInMemory(tested.milestone)) : scene.judge(tested.milestone)
    {
    case .verdict(let verdict):
      #expect(!verdict.passed)
      #expect(tested.evidence.exitCode == 1, "judged")
      let ids = ["M0": "trace_coverage", "M1": "win_rate", "M2": "shadow_latency", "M3": "weekly_redeploys"]
      let id = tested.evidence.clause ?? ids[tested.milestone] ?? ""
      let clause = try #require(verdict.clauses.first { $0.clause == id })
      #expect(clause.reason == tested.evidence.reason.rawValue, "\(clause.message)")
      #expect(!clause.passed)
      #expect(clause.message.count > 20)
    case .failure(let failure):
      #expect(failure.reason == tested.evidence.reason, "\(failure)")
      #expect(Self.exitCode(of: failure.cause) == tested.evidence.exitCode, "\(failure)")
    }
  }

  /// Judged, and not recorded: an append would paper over what was cut off.
  @Test func lostHead_isJudgedAndNotRecorded() throws {
    var scene = try Scene()
    scene.lines.insert(try SceneLine(LedgerRuleRecord.head), at: 0)
    guard case .verdict(let verdict) = try scene.judge("M0", recording: true) else {
      Issue.record("a ledger whose lines hold is judged")
      return
    }
    #expect(verdict.clauses.filter { !$0.passed }.map(\.reason) == ["head_file_missing"])
  }

  @Test func cases_areFortyReasonsForEachOfTheFirstThreeMilestones() {
    for milestone in ["M0", "M1", "M2"] {
      let reasons = Set(Self.cases.filter { $0.milestone == milestone }.map(\.evidence.reason))
      #expect(reasons.count >= 40, "\(milestone): \(reasons.count)")
    }
  }

  /// A reason without a case would be an untested way to say no.
  @Test func everyReason_hasACase() {
    let elsewhere: Set<GateReason> = [
      .ok, .waived, .recheckDisagrees, .unknownMilestone, .verdictNotRecorded, .unexpectedConfig,
    ]
    let tested = Set(Self.cases.map(\.evidence.reason))
    let missing = Set(GateReason.allCases).subtracting(elsewhere).symmetricDifference(tested)
    #expect(missing.map(\.rawValue) == [])
  }

  /// As Sources/Commands/Process/ExitReason+Errors.swift maps it.
  static func exitCode(of error: any Error) -> Int32? {
    switch error {
    case let error as StorageError: error.kind.rawValue
    case is ConfigError, is IncompleteGatesFile: 78
    case RunError.noCheckpoint: 66
    case is UnknownMilestone: 64
    default: nil
    }
  }
}
