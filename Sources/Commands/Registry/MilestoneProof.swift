import Composition
import Ledger
import Schemas
import Storage

/// Whether a run holds the milestones that a tag names.
struct MilestoneProof {
  private let tag: Tag
  /// Of the milestones that the tag names: those that do not hold.
  private let failed: [VerdictRecord]
  /// Why nothing could be judged.
  private let problem: String?

  /// Judges now: a recorded verdict proves nothing.
  ///
  /// - Throws: `ConfigError` for gates that cannot be read.
  init(of run: StoragePath, under tag: Tag, in session: Session) throws {
    self.tag = tag
    let config = try Composer(session.configSources()).compose(config: GatesConfig.standardName)
    let parts = Set(tag.text.split(separator: "/").map { $0.uppercased() })
    let named = try GatesConfig(config).milestones.map(\.id).filter { parts.contains($0.uppercased()) }
    var failed: [VerdictRecord] = []
    var problem: String?
    for milestone in named {
      do throws(GateFailure) {
        failed += try Self.verdicts(on: milestone, config, run, in: session).filter { !$0.passed }
      } catch {
        problem = problem ?? "\(error)"
      }
    }
    (self.failed, self.problem) = (failed, problem)
  }

  private static func verdicts(
    on milestone: String, _ config: ResolvedConfig, _ run: StoragePath, in session: Session
  ) throws(GateFailure) -> [VerdictRecord] {
    let judgement: GateJudgement
    do {
      let workspace = try session.workspace()
      judgement = GateJudgement(
        ledger: MetricsLedger(in: workspace), files: try session.gateFiles(in: workspace),
        codexVersion: CodexVersion.text)
    } catch { throw GateFailure(.unreadableRun, error) }
    return try judgement.verdicts(
      on: milestone, config: { config }, run: { run }, recording: false, now: WallClock.now())
  }

  /// Also where the tag names no milestone.
  var holds: Bool { failed.isEmpty && problem == nil }

  func explain(in session: Session) {
    let remedy = "Nothing was written; choose another tag, or insist with --unproven."
    if let problem {
      return session.talk.fail("'\(tag)' names a milestone, which could not be judged: \(problem) \(remedy)")
    }
    for verdict in failed {
      let clause = verdict.clauses.first { !$0.passed }
      session.talk.fail(
        "'\(tag)' names \(verdict.milestone), which the run does not hold: \(clause?.clause ?? ""): "
          + "\(clause?.message ?? "") \(remedy)")
    }
  }
}
