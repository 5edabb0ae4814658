import Foundation
import Ledger
import Schemas
import Storage
import Testing

/// Ordinary commands that once turned a gate's no into a yes, and a forger who only appends.
@Suite struct AttackTests {
  private static let ledger = ".codex/metrics/reasoning.ndjson"

  private func reason(_ workspace: Workspace, _ clause: String = "trace_coverage") throws -> String {
    let result = try workspace.run(["gate", "--milestone", "M0", "--dry-run", "--json"])
    let line = result.output.split(separator: "\n").last.map(String.init) ?? "{}"
    let value: JSONValue = try JSONReader.parse(Array(line.utf8))
    guard case .array(let clauses)? = value["data"]?["clauses"] else { return result.errors }
    let found = clauses.first { $0["clause"] == .string(clause) }
    guard case .string(let reason)? = found?["reason"] else { return "no such clause" }
    return reason
  }

  @Test(arguments: [
    (["evaluation.split=train"], "wrong_split"), (["evaluation.split=validation"], "wrong_split"),
  ])
  func anotherSplit_isALook(overrides: [String], expected: String) throws {
    let workspace = try TrainedWorkspace.copy()
    try workspace.write("configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0))
    let evaluate = ["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]"]
    #expect(try workspace.run(evaluate + overrides).status == 0)
    #expect(try reason(workspace) == expected)
    // The control: the test split is evidence, before and after the look.
    #expect(try workspace.run(evaluate).status == 0)
    #expect(try reason(workspace) == "ok")
    #expect(try workspace.run(evaluate + overrides).status == 0)
    #expect(try reason(workspace) == "ok")
  }

  /// Every setting of an evaluation makes another question of it, once the clause pins the config.
  @Test(arguments: [
    "evaluation.max_problems=6", "evaluation.budget=600", "+evaluation.seed=1", "search.beam=64",
    "search.temperature=2.0", "evaluation.split=train",
  ])
  func anotherSetting_isALook(override: String) throws {
    let workspace = try TrainedWorkspace.copy()
    try workspace.write("configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0))
    try workspace.write(
      "configs/evaluation/small.yaml",
      "# @package _global_\ndefaults: [reasoning, _self_]\nevaluation: {max_problems: 5, modes: [greedy]}\n")
    let evaluate = ["evaluate", "--config", "evaluation/small"]
    #expect(try workspace.run(evaluate).status == 0)
    let digest = try pinned(workspace)
    try workspace.write(
      "configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0, evaluation: "small@\(digest)"))
    #expect(try reason(workspace) == "ok")
    let other = try TrainedWorkspace.copy()
    try other.write("configs/gates/milestones.yaml", workspace.text("configs/gates/milestones.yaml"))
    try other.write("configs/evaluation/small.yaml", workspace.text("configs/evaluation/small.yaml"))
    #expect(try other.run(evaluate + [override]).status == 0)
    #expect(try reason(other) == "wrong_evaluation")
  }

  /// The digest of the evaluation that the ledger's last figure was asked by.
  private func pinned(_ workspace: Workspace) throws -> String {
    try stated(.evaluation, workspace).flatMap { PinnedName($0)?.digest.description } ?? ""
  }

  /// What the ledger's last figure states of its identity.
  private func stated(_ field: IdentityField, _ workspace: Workspace) throws -> String? {
    let root = try StorageRoot(opening: workspace.url.path)
    return try #require(MetricsLedger(in: root).contents().metrics.last).record.identity[field]
  }

  /// Other problems in the place of the template's: the run has no override to show for it.
  @Test func datasetPutInATemplatesPlace_opensNothing() throws {
    let workspace = try TrainedWorkspace.copy()
    let evaluate = ["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]"]
    #expect(try workspace.run(evaluate).status == 0)
    let honest = try #require(try stated(.trainedOn, workspace))
    try workspace.write("configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0, trainedOn: honest))
    #expect(try reason(workspace) == "ok")

    let place = "datasets/" + PinnedName.name(in: honest)
    for directory in [place, "runs"] {
      try FileManager.default.removeItem(at: workspace.url.appendingPathComponent(directory))
    }
    let planted = try workspace.run([
      "datasets", "materialize", "--template", "baseline", "dataset.levels.arithmetic=[2]", "--output", place,
    ])
    #expect(planted.status == 0, "\(planted.errors)")
    #expect(try workspace.run(["train", "--template", "baseline"]).status == 0)
    #expect(try workspace.run(evaluate).status == 0)
    #expect(try reason(workspace) == "wrong_training_data")
    // The control: a clause that takes whatever it was.
    try workspace.write("configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0))
    #expect(try reason(workspace) == "ok")
  }

  /// A forger appends answers that say yes, and the figure that follows from them; not a byte before is touched.
  @Test func appendedAnswers_forgeNothing() throws {
    let workspace = try TrainedWorkspace.copy()
    try workspace.write("configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0.9))
    #expect(
      try workspace.run(["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]"]).status == 0)
    #expect(try reason(workspace) == "below_threshold")
    let root = try StorageRoot(opening: workspace.url.path)
    let ledger = MetricsLedger(in: root)
    let contents = try ledger.contents()
    let honest = try #require(
      contents.metrics.last { $0.record.metric == "reasoning.trace_coverage" && $0.record.group == "all" }
    ).record
    for measurement in [honest.measurementID, honest.measurementID + "1"] {
      let items = contents.items(of: honest.measurementID).map { item -> LedgerEntry in
        let sample = item.record.sample
        return .item(
          ItemRecord(
            measurementID: measurement, runID: item.record.runID,
            sample: SampleRecord(
              problemID: sample.problemID, world: sample.world, level: sample.level, category: sample.category,
              mode: sample.mode, traceID: sample.traceID, verdict: .verified, correct: true, covered: true,
              abstention: nil, planDigest: Digest(of: "forged"), repaired: false, modelEvaluations: 1,
              latencyMilliseconds: 1, failure: nil)))
      }
      let metric = MetricRecord(
        metric: honest.metric, value: 1, reason: nil, unit: honest.unit, lower: 0.56551753, upper: 1,
        count: items.count,
        mode: honest.mode, group: "all", measurementID: measurement, identity: honest.identity, reference: nil,
        again: "forged", codexVersion: honest.codexVersion, recordedAt: honest.recordedAt)
      _ = try ledger.append(items + [.metric(metric)])
      let found = try reason(workspace)
      #expect(
        ["contradictory", "no_traces", "disagrees_with_items", "disagrees_with_traces"].contains(found), "\(found)")
    }
    #expect(try workspace.run(["metrics", "verify"]).status == 0, "the chain holds; the gate is not fooled by it")
  }

  private static let hasFaketime = FileManager.default.isExecutableFile(atPath: "/usr/bin/faketime")

  @Test(.enabled(if: hasFaketime, "needs faketime (scripts/install_libraries.sh)"))
  func fourDeploymentsInTenSeconds_areNone() throws {
    let workspace = try TrainedWorkspace.copy()
    try DeployTests.pace(workspace)
    let file = "configs/deploy/reasoning_pod.yaml"
    try workspace.write(file, workspace.text(file).replacing("gates: [M0]", with: "gates: []"))
    #expect(try workspace.run(["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]"]).status == 0)
    #expect(try workspace.run(["register", "--bundle", "latest", "--tag", "reasoning/r0"]).status == 0)
    for days in [22, 15, 8, 1] {
      let deployed = try workspace.run(["deploy"], under: ["faketime", "-f", "-\(days)d"])
      #expect(deployed.status == 0, "\(deployed.output) \(deployed.errors)")
    }
    let verdict = try workspace.run(["gate", "--milestone", "M3", "--dry-run"])
    #expect(verdict.status == 1)
    #expect(verdict.output.contains("weekly_redeploys  not_reported"), "\(verdict.output)")
    // A tail that says too much is cut off: the head file misses it.
    let whole = try workspace.text(Self.ledger)
    let lines = whole.split(separator: "\n")
    try workspace.write(Self.ledger, lines.dropLast().map { $0 + "\n" }.joined())
    #expect(try workspace.run(["metrics", "verify"]).status == 1)
    #expect(try reason(workspace, "ledger_head") == "cut_below_head")
  }
}
