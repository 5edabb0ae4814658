import Composition
import Ledger
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct MilestoneDeclarationTests {  // Sources/Ledger/Gates/Declaring/
  let gates: GatesConfig
  let workspace: ScratchWorkspace
  var ledger: MetricsLedger { MetricsLedger(in: workspace.root) }

  init() throws {
    gates = try Scene.gates(Scene.standardMilestones())
    workspace = try ScratchWorkspace()
  }

  private func declaration(
    _ milestone: String, template: String? = nil, seeds: [UInt64]? = nil, changed: Bool = false
  ) throws -> MilestoneDeclaration {
    try MilestoneDeclaration(
      of: #require(gates.milestone(milestone)), in: gates, template: template, seeds: seeds,
      present: { _ in try Scene.resolved(Scene.config(shuffled: changed, output: "runs/train_loop")) })
  }

  @Test func record_saysWhatTheClauseAsks() throws {
    let declared = try declaration("M1").record(in: ledger, codexVersion: "0", now: 5)
    let record = try #require(declared.first?.record)
    let clause = try #require(gates.milestone("M1")?.clauses.first)
    #expect(try ledger.contents().intentions.map(\.record) == [record])
    #expect(record.milestone == "M1" && record.clause == "win_rate" && record.clauseDigest == clause.digest)
    #expect(record.template == Scene.template.description)
    #expect(record.seeds == [0, 1] && record.budget == "64" && record.recordedAt == 5)
    #expect(record.gatesConfigDigest == gates.digest)
    #expect(record.id.count == 12 && record.id.allSatisfy(\.isHexDigit))
  }

  @Test func sameAgain_isAnotherAttempt() throws {
    let first = try declaration("M1").record(in: ledger, codexVersion: "0", now: 5)
    let second = try declaration("M1", seeds: [1]).record(in: ledger, codexVersion: "0", now: 6)
    let third = try declaration("M1").record(in: ledger, codexVersion: "0", now: 7)
    #expect([first, second, third].flatMap(\.self).map(\.attempt) == [1, 2, 3])
    #expect(Set([first, second, third].flatMap(\.self).map(\.record.id)).count == 3)
    #expect(second.first?.record.seeds == [1])
    let other = try declaration("M0", template: "curriculum").record(in: ledger, codexVersion: "0", now: 8)
    #expect(other.map(\.attempt) == [1], "control: another clause")
    #expect(other.first?.record.seeds == [0], "a clause without pairs")
  }

  @Test func whatNoRunCanAnswer_isRefused() throws {
    func error(_ make: () throws -> MilestoneDeclaration) -> DeclarationError? {
      do { _ = try make() } catch { return error as? DeclarationError }
      return nil
    }
    #expect(error { try declaration("M3") } == .noFigures(milestone: "M3"))
    #expect(
      error { try declaration("M0") }
        == .templateNotNamed(
          milestone: "M0", clause: "trace_coverage", asked: ["baseline", "countdown", "curriculum"]))
    #expect(
      error { try declaration("M1", template: "baseline") }
        == .templateNotAsked(milestone: "M1", template: "baseline", asked: ["curriculum"]))
    #expect(
      error { try declaration("M1", seeds: [1, 7]) } == .seedNotAsked(clause: "win_rate", seed: 7, asked: [0, 1]))
    let changed = error { try declaration("M1", changed: true) }
    guard case .otherTemplate("win_rate", let asked, let here)? = changed else {
      Issue.record("expected a refusal, got \(String(describing: changed))")
      return
    }
    #expect(asked == Scene.template.description && here != asked)
    #expect(error { try declaration("M1") } == nil, "control")
  }

  /// What is declared is what the gate then asks: M1 passes on this declaration, and not on a run that came before it.
  @Test(arguments: ["0/7", "3/7"]) func declaredBeforeTheRunBegan_isWhatTheGateAsks(steps: String) throws {
    var scene = try Scene()
    for index in scene.lines.indices where scene.lines[index].schema == RunEventRecord.schema {
      if scene.lines[index].data[at: "event"] == .string("started") {
        scene.lines[index].data[at: "steps"] = .string(steps)
      }
    }
    guard case .verdict(let verdict) = try scene.judge("M1") else {
      Issue.record("expected a verdict")
      return
    }
    let clause = verdict.clauses.first { $0.clause == "win_rate" }
    #expect(clause?.reason == (steps == "0/7" ? "ok" : "not_declared"), "\(clause?.message ?? "")")
  }
}
