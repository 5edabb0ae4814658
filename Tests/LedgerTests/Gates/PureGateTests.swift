import Composition
import Ledger
import Schemas
import Storage
import Testing

/// The judge without files: figures that no ledger on disk can hold.
@Suite struct PureGateTests {  // Sources/Ledger/Gates/MilestoneGate.swift
  private let config: GatesConfig

  init() throws {
    config = try Scene.gates(Scene.standardMilestones())
  }

  private func judge(value: Double, lower: Double?, recordedAt: Double) throws -> String? {
    let scene = try Scene()
    let facts = RunFacts(
      scene.metadata, config: try Scene.resolved(scene.runConfig).root, template: try Scene.resolved(scene.runConfig),
      weights: Scene.weights, splitRule: 1)
    let problems = Digest(ofLines: (0..<Scene.count).map(Evidence.problem))
    var identity = facts.fields
    for (field, value) in [
      (IdentityField.evaluation, "reasoning@\(Digest(of: "reasoning"))"), (.split, "test"),
      (.problems, problems.description), (.mode, "best-first"), (.search, Evidence.search), (.budget, "64"),
      (.weightsFormat, "float32"), (.seed, "0"), (.rules, "1"),
    ] { identity[field] = value }
    let record = MetricRecord(
      metric: "reasoning.trace_coverage", value: value, reason: nil, unit: .ratio, lower: lower, upper: 1, count: 100,
      mode: "best-first", group: "all", measurementID: "m", identity: MetricIdentity(identity),
      reference: nil, codexVersion: "0", recordedAt: recordedAt)
    let head = LedgerHead(sequence: 0, digest: Scene.weights)
    var metadata = scene.metadata
    metadata.ledgerHead = head
    let subject = GateSubject(
      metadata: metadata, weightsDigest: Scene.weights, config: try Scene.resolved(scene.runConfig).root, facts: facts,
      heldOut: HeldOutProblems(["test": (0..<Scene.count).map(Evidence.problem)]),
      evaluations: StoredEvaluations(
        evaluation: { _ in nil }, judgedBy: TraceJudge(findings: { _ in [] }, isUnsolvable: { _ in false })))
    let gate = MilestoneGate(config: config, pages: MilestonePages(), codexVersion: "0")
    let milestone = try #require(config.milestone("M0"))
    let verdict = gate.judge(
      [milestone], subject: subject, contents: LedgerContents(lines: [.init(head: head, entry: .metric(record))]),
      now: Scene.now)[0]
    #expect(!verdict.passed)
    return verdict.clauses.first { $0.clause == "trace_coverage" }?.reason
  }

  @Test func notANumber_isNoFigure() throws {
    #expect(try judge(value: .nan, lower: 1, recordedAt: Scene.now) == "out_of_range")
    #expect(try judge(value: .infinity, lower: 1, recordedAt: Scene.now) == "out_of_range")
    #expect(try judge(value: 1, lower: .nan, recordedAt: Scene.now) == "out_of_range")
    #expect(try judge(value: 1, lower: -.infinity, recordedAt: Scene.now) == "out_of_range")
  }

  @Test func notANumber_isNoInstant() throws {
    #expect(try judge(value: 1, lower: 1, recordedAt: .nan) == "from_the_future")
    #expect(try judge(value: 1, lower: 1, recordedAt: -.infinity) == "stale")
    #expect(try judge(value: 1, lower: 1, recordedAt: .infinity) == "from_the_future")
  }

  @Test func control_aPossibleFigureComesToItsItems() throws {
    #expect(try judge(value: 1, lower: 1, recordedAt: Scene.now) == "no_items")
  }

  @Test func shippedConfiguration_isValid() throws {
    let shipped = try GatesConfig(
      Composer(ConfigSources(workspace: nil)).compose(config: GatesConfig.standardName))
    #expect(shipped.milestones.map(\.id) == ["M0", "M1", "M2", "M3"])
    #expect(shipped.milestones.map { $0.clauses.map(\.threshold) } == [[0.95], [0.55], [700], []])
  }
}
