import Commands
import Composition
import Foundation
import Ledger
import Testing

/// templates/ci/github/gate.yml: its jobs, run step by step in empty directories on a tarball of the binary under test.
@Suite struct GitHubTemplateTests {
  private let workflow: String
  private static let gates = "configs/gates/milestones.yaml"

  init() throws {
    workflow = try String(
      contentsOf: DistBinary.repository.appendingPathComponent("templates/ci/github/gate.yml"), encoding: .utf8)
  }

  // MARK: What the jobs before hand over

  /// The built-in milestones, with an M0 that any run holds.
  private static let laxGates = (BuiltInConfigs.files["gates/milestones.yaml"] ?? "")
    .split(separator: "\n", omittingEmptySubsequences: false)
    .filter { !($0.hasPrefix("      - ") && $0.contains("@sha256:")) }.joined(separator: "\n")
    .replacing("    template:\n", with: "    template: any\n")
    .replacing("    trained_on:\n", with: "    trained_on: of_run\n")
    .replacing("overrides: [training.seed, training.output_dir]", with: "overrides: any")
    .replacing("threshold: 0.95", with: "threshold: 0").replacing("min_n: 500", with: "min_n: 5")

  private static func digest(of gates: String) throws -> String {
    try Composer(ConfigSources(builtIn: ["gates/milestones.yaml": gates])).compose(config: GatesConfig.standardName)
      .digest.description
  }

  /// The artifact `codex`, as the first job's upload leaves it.
  private static let tool: Result<Workspace, any Error> = Result {
    try JobRunner.uploaded(".", from: DistBinary.folder.get().url)
  }

  /// The artifact `workspace`: a run of seconds, packed by the job's own step, with lax gates lying beside.
  private static func evidence(packedBy workflow: String) throws -> Workspace {
    let trained = try TrainedWorkspace.copy()
    try trained.write(gates, laxGates)
    let pack = try #require(try WorkflowJob("train", in: workflow).steps(called: "Pack the evidence").first?.run)
    let result = try ShellScript(pack, in: trained.url, environment: ["PATH": "/usr/bin:/bin"])
    try #require(result.status == 0, "\(result.output)")
    return try JobRunner.uploaded("workspace.tar", from: trained.url)
  }

  private func runner(expressions: [String: String] = [:], repository: Workspace? = nil) throws -> JobRunner {
    try JobRunner(
      artifacts: ["codex": Self.tool.get(), "workspace": Self.evidence(packedBy: workflow)], expressions: expressions,
      repository: repository)
  }

  /// The gate's job with the commented lines in place of the one above them, after a checkout.
  private func pinnedJob() throws -> WorkflowJob {
    let marks = ["        # env: ", "        # run: "]
    let text = workflow.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> String? in
      if line.contains("--built-in-gates") { return nil }
      return marks.contains { line.hasPrefix($0) }
        ? String(line.replacing("        # ", with: "        ")) : String(line)
    }
    var job = try WorkflowJob("gate", in: text.joined(separator: "\n"))
    job.steps.insert(WorkflowJob.Step(uses: "actions/checkout@v4"), at: 0)
    return job
  }

  // MARK: The gate's job

  @Test func failingGate_makesTheJobRedAndIsReported() throws {
    var runner = try runner()
    try runner.run(WorkflowJob("gate", in: workflow))
    #expect(!runner.passed)
    #expect(try runner.outcome("Evaluate").status == 0, "\(runner.outcomes)")
    let gate = try runner.outcome("Gate")
    #expect(gate.status == 1, "\(gate.output)")
    #expect(gate.output.contains("\n::error title=M0 trace_coverage%3A "))
    #expect(gate.output.contains("gates: built-in, sha256:") && !gate.output.contains("warning"))
    #expect(try runner.summary.hasPrefix("### M0 did not pass\n"))
    // The report is kept although the gate failed, and nothing is registered.
    let report = try #require(runner.artifacts["gates"]).text("gates.xml")
    #expect(report.contains("<testsuite name=\"M0\"") && report.contains("<failure type="))
    #expect(report.contains("<property name=\"standard_gates\" value=\"true\"/>"))
    #expect(try runner.outcome("Register").status == nil && runner.artifacts["evaluated"] == nil)
  }

  @Test func passingGate_makesTheJobGreenAndHandsTheEvidenceOn() throws {
    let repository = try Workspace()
    try repository.write(Self.gates, Self.laxGates)
    var runner = try runner(
      expressions: ["${{ vars.GATES_DIGEST }}": Self.digest(of: Self.laxGates)], repository: repository)
    try runner.run(pinnedJob())
    let gate = try runner.outcome("Gate")
    #expect(runner.passed, "\(runner.outcomes)")
    #expect(gate.output.contains("\n::notice title=M0 passed::all "))
    #expect(gate.output.contains("gates: not the built-in ones, sha256:") && !gate.output.contains("warning"))
    let report = try #require(runner.artifacts["gates"]).text("gates.xml")
    #expect(report.contains("failures=\"0\" errors=\"0\""))
    #expect(report.contains("<property name=\"standard_gates\" value=\"false\"/>"))
    #expect(try #require(runner.artifacts["evaluated"]).files(named: "evaluated.tar", below: ".").count == 1)
  }

  /// Gates that were changed in the checkout, with the digest that was agreed to before; and no digest at all.
  @Test(arguments: [("agreed", 78, "unexpected_config"), ("", 64, "--expect-config")])
  func otherGatesThanAgreedTo_areNoGates(agreed: String, status: Int32, word: String) throws {
    let repository = try Workspace()
    try repository.write(Self.gates, Self.laxGates)
    let digest = try agreed.isEmpty ? "" : Self.digest(of: BuiltInConfigs.files["gates/milestones.yaml"] ?? "")
    var runner = try runner(expressions: ["${{ vars.GATES_DIGEST }}": digest], repository: repository)
    try runner.run(pinnedJob())
    let gate = try runner.outcome("Gate")
    #expect(!runner.passed && gate.status == status && gate.output.contains(word), "\(gate.output)")
  }

  @Test func laxGatesInTheArtifact_doNotPass() throws {
    // The control: gates that come with what is judged pass it.
    let trained = try TrainedWorkspace.copy()
    try trained.write(Self.gates, Self.laxGates)
    #expect(try trained.run(["evaluate"]).status == 0)
    let before = try trained.run(["gate", "--milestone", "M0", "--dry-run"])
    #expect(before.status == 0 && before.errors.contains("warning: configs/gates/milestones.yaml is not the built-in"))
    #expect(try trained.run(["gate", "--milestone", "M0", "--built-in-gates", "--dry-run"]).status == 1)
    // And an artifact that holds them all the same, from a job that packs more than it should.
    let pack = """
      mkdir -p status_updates benchmarks docs/deployment
      tar -cf workspace.tar runs .codex status_updates datasets benchmarks docs configs
      """
    let packed = try ShellScript(pack, in: trained.url, environment: ["PATH": "/usr/bin:/bin"])
    try #require(packed.status == 0, "\(packed.output)")
    var runner = try JobRunner(
      artifacts: ["codex": Self.tool.get(), "workspace": JobRunner.uploaded("workspace.tar", from: trained.url)])
    try runner.run(WorkflowJob("gate", in: workflow))
    #expect(try runner.outcome("Gate").status == 1, "\(runner.outcomes)")
    #expect(!FileManager.default.fileExists(atPath: runner.workspace.url.appendingPathComponent("configs").path))
  }

  @Test func missingEvidence_isReportedAsAnError() throws {
    var runner = try JobRunner(artifacts: ["codex": Self.tool.get(), "workspace": Workspace()])
    try runner.run(WorkflowJob("gate", in: workflow))
    #expect(try runner.outcome("Unpack the evidence, and nothing else").status == 2)
    #expect(try runner.outcome("Evaluate").status == nil)
    #expect(try runner.outcome("Gate").status == 66)
    #expect(try #require(runner.artifacts["gates"]).text("gates.xml").contains("errors=\"1\""))
  }

  // MARK: What was wrong before

  @Test func executableBit_isLostByArtifactsAndKeptByTheTarball() throws {
    // The control: the binary itself in an artifact.
    let plain = try Workspace()
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: CodexProcess.binary), to: plain.url.appendingPathComponent("codex"))
    var runner = try JobRunner(artifacts: ["codex": JobRunner.uploaded(".", from: plain.url)])
    let fetch = WorkflowJob.Step(uses: "actions/download-artifact@v4", with: ["name": "codex"])
    var job = try WorkflowJob("gate", in: workflow)
    job.steps = [fetch, WorkflowJob.Step(name: "try", run: "./codex --version")]
    try runner.run(job)
    #expect(try runner.outcome("try").status == 126)
    #expect(try versionAfter("Put codex on the PATH").output == CodexVersion.line + "\n")
  }

  @Test func path_isSetForTheStepsAfterThatUnpacks() throws {
    #expect(try versionAfter(nil).status == 127, "the control: nothing put it there")
    #expect(try versionAfter("Put codex on the PATH").status == 0)
  }

  /// What `codex --version` does in a step after the first and the one called `name`.
  private func versionAfter(_ name: String?) throws -> JobRunner.Outcome {
    var runner = try runner()
    var job = try WorkflowJob("gate", in: workflow)
    job.steps =
      [job.steps[0]] + (name.map(job.steps(called:)) ?? []) + [WorkflowJob.Step(name: "try", run: "codex --version")]
    try runner.run(job)
    return try runner.outcome("try")
  }

  @Test func damagedTarball_isNotRun() throws {
    let folder = try Self.tool.get().copy()
    try folder.corrupt(DistBinary.tarball(in: folder))
    var runner = try JobRunner(artifacts: ["codex": folder, "workspace": Workspace()])
    try runner.run(WorkflowJob("gate", in: workflow))
    #expect(try runner.outcome("Put codex on the PATH").status != 0)
    #expect(try runner.outcome("Gate").status == 127)
  }

  // MARK: The other jobs

  @Test(arguments: ["success", "failure", "skipped", "cancelled", ""])
  func requiredJob_isGreenOnlyAfterASuccess(result: String) throws {
    let job = try WorkflowJob("gated", in: workflow)
    #expect(job.isAlways)
    var runner = try JobRunner(expressions: ["${{ needs.gate.result }}": result])
    try runner.run(job)
    #expect(runner.passed == (result == "success"))
  }

  @Test func builtBinary_isUploadedAlthoughItsFolderIsHidden() throws {
    let job = try WorkflowJob("codex", in: workflow)
    let steps = job.steps.filter { $0.uses?.hasPrefix("actions/upload-artifact") == true }
    var upload = job
    upload.steps = steps
    var runner = try built()
    try runner.run(upload)
    #expect(try #require(runner.artifacts["codex"]).files(named: "SHA256SUMS", below: ".").count == 1)
    // The control: without the word for hidden files the artifact is empty.
    upload.steps = steps.map { step in
      var step = step
      step.with["include-hidden-files"] = nil
      return step
    }
    runner = try built()
    try runner.run(upload)
    #expect(!runner.passed)
  }

  /// A runner whose directory holds what `make dist-binary` leaves.
  private func built() throws -> JobRunner {
    let runner = try JobRunner()
    try JobRunner.copy(
      DistBinary.folder.get().url, to: runner.workspace.url.appendingPathComponent("sources/.build/dist"))
    return runner
  }

  @Test func scripts_holdNoExpressions() throws {
    for name in ["codex", "train", "gate", "gated"] {
      for step in try WorkflowJob(name, in: workflow).steps {
        #expect(step.run?.contains("${{") != true, "\(step)")
      }
    }
  }
}
