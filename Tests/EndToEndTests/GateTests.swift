import Composition
import Foundation
import Schemas
import Storage
import Testing

/// A gate over evidence that the binary itself recorded.
@Suite struct GateTests {
  private static let ledger = ".codex/metrics/reasoning.ndjson"

  private func evaluated() throws -> Workspace {
    let workspace = try TrainedWorkspace.copy()
    let result = try workspace.run(["evaluate", "evaluation.max_problems=5", "evaluation.modes=[best-first]"])
    try #require(result.status == 0, "\(result.errors)")
    return workspace
  }

  @Test func verdict_isPrintedRecordedAndReported() throws {
    let workspace = try evaluated()
    let before = try workspace.text(Self.ledger)
    try workspace.write("summary.md", "before\n")
    let result = try workspace.run(
      ["gate", "--milestone", "M0", "--junit", "out/gates.xml", "--github"],
      environment: ["GITHUB_STEP_SUMMARY": "summary.md"])
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.output.contains("M0 did not pass"))
    #expect(result.output.contains("wrong_template"), "it is no shipped one")
    #expect(result.output.contains("\n::error title=M0 trace_coverage%3A wrong_template::"))
    #expect(try workspace.text("out/gates.xml").contains("<failure type=\"wrong_template\""))
    #expect(try workspace.text("summary.md").hasPrefix("before\n### M0 did not pass\n"))
    let added = try workspace.text(Self.ledger).dropFirst(before.count)
    #expect(try workspace.text(Self.ledger).hasPrefix(before))
    #expect(added.count { $0 == "\n" } == 1)
    #expect(added.contains("\"schema\":\"codex.verdict/1\""))
  }

  @Test func json_isTheRecordOfEachMilestone() throws {
    let workspace = try evaluated()
    let before = try workspace.text(Self.ledger)
    let result = try workspace.run(["gate", "--all", "--dry-run", "--json"])
    #expect(result.status == 1)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 4)
    for (index, line) in lines.enumerated() {
      let value = try JSONReader.parse(Array(line.utf8))
      #expect(value["schema"] == .string("codex.verdict/1"))
      #expect(value["data"]?["milestone"] == .string("M\(index)"))
      #expect(value["data"]?["passed"] == .bool(false))
    }
    #expect(try workspace.text(Self.ledger) == before, "a dry run")
  }

  @Test func corruptLedger_isNoVerdictButAReport() throws {
    let workspace = try evaluated()
    try workspace.corrupt(Self.ledger)
    let result = try workspace.run(["gate", "--milestone", "M0", "--junit", "gates.xml"])
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(try workspace.text("gates.xml").contains("errors=\"1\""))
  }

  @Test func figuresRecordedByEvaluate_agreeWithTheirItems() throws {
    let workspace = try evaluated()
    try workspace.write(
      "configs/gates/small.yaml",
      """
      # @package _global_
      gates:
        identity: \(OpenGates.identity(mode: "best-first"))
        milestones:
          - id: M0
            title: whatever the model can do
            waiver: null
            clauses:
              - {id: coverage, metric: reasoning.trace_coverage, group: all, comparator: ">=", threshold: 0,
                 side: lower, min_n: 5, max_age_days: 1, counts: first, declared: optional, reference: null}
              - {id: accuracy, metric: reasoning.accuracy, group: arithmetic, comparator: ">=", threshold: 0,
                 side: lower, min_n: 5, max_age_days: 1, counts: first, declared: optional, reference: null}
              - {id: latency, metric: reasoning.latency_p95, group: all, comparator: "<=", threshold: 1.0e+8,
                 side: value, min_n: 5, max_age_days: 1, counts: newest, declared: optional, reference: null}
            cadence: []
      """)
    let result = try workspace.run(["gate", "--milestone", "M0", "--config", "configs/gates/small.yaml"])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("M0 passed"))
  }

  /// What ships asks for what ships: templates, evaluations, pod and benchmark are pinned as they are.
  @Test func shippedGates_arePinnedToTheShippedConfigs() throws {
    let workspace = try Workspace()
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let benchmark = "benchmarks/cot-lite/v0"
    try FileManager.default.createDirectory(
      at: workspace.url.appendingPathComponent("benchmarks/cot-lite"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: repository.appendingPathComponent(benchmark), to: workspace.url.appendingPathComponent(benchmark))
    let result = try workspace.run(["gate", "pin", "--dry-run"])
    #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
    #expect(result.errors.contains("nothing to change"), "\(result.errors)")
    // The control: a changed config is another question.
    try workspace.write(
      "configs/evaluation/reasoning.yaml",
      "# @package _global_\ndefaults: [{/search: best_first}, _self_]\nevaluation: {dataset: null, split: train, "
        + "max_problems: 10, modes: [greedy], budget: 64}\n")
    let changed = try workspace.run(["gate", "pin", "--dry-run"])
    #expect(changed.status == 0 && changed.output.contains("-    evaluation: reasoning@sha256:"), "\(changed.output)")
  }

  /// And what those templates train on has the bytes that are pinned.
  @Test(arguments: ["baseline", "countdown", "curriculum"])
  func shippedGates_pinTheDataOfTheirTemplates(template: String) throws {
    let workspace = try Workspace()
    let result = try workspace.run(["datasets", "materialize", "--template", template, "--json"])
    let made = try JSONReader.parse(Array(result.output.utf8))["data"]
    guard case .string(let directory)? = made?["directory"], case .string(let digest)? = made?["content_digest"] else {
      Issue.record("\(result.output)\(result.errors)")
      return
    }
    let pin = directory.dropFirst("datasets/".count) + "@" + digest
    let lines = (BuiltInConfigs.files["gates/milestones.yaml"] ?? "").split(separator: "\n")
    #expect(lines.contains("      - \(pin)"), "\(pin)")
  }

  @Test func show_printsAClauseInFull() throws {
    let result = try Workspace().run(["gate", "show", "M1"])
    #expect(result.status == 0, "\(result.errors)")
    for line in ["split: test", "run_id: of_run", "budget: 320", "declared: required", "weights: of_run"] {
      #expect(result.output.contains(line), "\(line)")
    }
    #expect(try Workspace().run(["gate", "show", "M9"]).status == 64)
  }
}
