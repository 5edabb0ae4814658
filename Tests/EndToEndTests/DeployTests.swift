import Foundation
import Storage
import Testing

/// A run that is evaluated and registered, and what `codex deploy` says of it before and after something was changed.
@Suite struct DeployTests {
  static let metadata = "runs/train_loop/latest/run_metadata.json"
  /// A milestone that the little model of these tests can hold, and a pace that does not take ten seconds.
  static let fast = ["pod.latency.requests_per_second=2000", "pod.latency.timeout_ms=60000"]

  private static let original: Result<Workspace, any Error> = Result {
    let workspace = try TrainedWorkspace.copy()
    try workspace.write("configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0, days: 1))
    try pace(workspace)
    for arguments in [
      ["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]"],
      ["register", "--bundle", "latest", "--tag", "reasoning/M0"],
    ] {
      let result = try workspace.run(arguments)
      try #require(result.status == 0, "\(result.errors)")
    }
    return workspace
  }

  /// Makes the workspace's pod measure in a tenth of a second: by its file, as overrides would keep evidence out.
  static func pace(_ workspace: Workspace) throws {
    let built = try Workspace()
    try #require(built.run(["init"]).status == 0)
    let file = "configs/deploy/reasoning_pod.yaml"
    try workspace.write(
      file, built.text(file).replacing("requests_per_second: 20", with: "requests_per_second: 2000"))
  }

  private func registered() throws -> Workspace {
    let copy = try Workspace()
    let source = try Self.original.get().url
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
      try FileManager.default.copyItem(
        at: source.appendingPathComponent(name), to: copy.url.appendingPathComponent(name))
    }
    return copy
  }

  private func dryRun(_ workspace: Workspace, _ more: String...) throws -> CodexProcess {
    try workspace.run(["deploy", "--dry-run"] + more)
  }

  /// The control of every refusal below.
  @Test func dryRun_acceptsTheRunThatWasRegistered() throws {
    let workspace = try registered()
    let plain = try dryRun(workspace)
    #expect(plain.status == 0, "\(plain.output) \(plain.errors)")
    #expect(plain.errors.contains("latency was not measured; add --latency-report"))
    let measured = try workspace.run(
      ["deploy", "--dry-run", "--latency-report", "--json", "pod.latency.p95_ms=60000"] + Self.fast)
    #expect(measured.status == 0, "\(measured.output) \(measured.errors)")
    #expect(measured.output.contains("\"accepted\":true") && measured.output.contains("\"n\":200"))
    let unrecorded = try workspace.text(".codex/metrics/reasoning.ndjson")
    #expect(
      measured.errors.contains("measured under overrides, so it is no evidence") && !unrecorded.contains("shadow"))
    #expect(try workspace.run(["deploy", "--dry-run", "--latency-report"]).status == 0)
    #expect(try workspace.text(".codex/metrics/reasoning.ndjson").contains("reasoning.shadow_latency_p95"))
    #expect(try workspace.run(["metrics", "verify"]).status == 0)
  }

  @Test func dryRun_refusesAChangedByteOfTheMetadata() throws {
    let workspace = try registered()
    let text = try workspace.text(Self.metadata)
    try workspace.write(Self.metadata, text.replacing("\"owner\":\"r", with: "\"owner\":\"s"))
    let other = try dryRun(workspace)
    #expect(other.status == 1 && other.output.contains("parity") && other.output.contains("the whole file"))
    try workspace.write(Self.metadata, text.replacing("\"owner\"", with: "\"Owner\""))
    #expect(try dryRun(workspace).status == 65)
    try workspace.write(Self.metadata, text)
    #expect(try dryRun(workspace).status == 0)
  }

  @Test(arguments: [
    "model.safetensors", "config.yaml", "run_metadata.json", "dataset_manifest.json", "probes.ndjson", "chunks.json",
    "bundle.json", "tokenizer.json",
  ])
  func dryRun_refusesAChangedByteOfTheBundle(file: String) throws {
    let workspace = try registered()
    try workspace.corrupt(try #require(workspace.files(named: file, below: "artifacts").first))
    let result = try dryRun(workspace)
    #expect(result.status == 65, "\(result.output) \(result.errors)")
  }

  @Test func dryRun_refusesARingAboveTheRuns() throws {
    let result = try dryRun(registered(), "pod.rollout_ring=main")
    #expect(result.status == 1 && result.output.contains("the pod stands on main, its run reaches 0D_base_ at most"))
  }

  @Test func dryRun_refusesMissingAndInsufficientEvidence() throws {
    let workspace = try registered()
    try workspace.write("configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0.95, days: 1))
    let low = try dryRun(workspace)
    #expect(low.status == 1 && low.output.contains("M0, trace_coverage:"), "\(low.output)")
    try workspace.write("configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0, minimum: 500, days: 1))
    #expect(try dryRun(workspace).output.contains("rests on n = 5, expected at least 500"))
    #expect(try dryRun(workspace, "pod.reasoning.evaluation_preset=cot_lite").output.contains("made for 'reasoning'"))
    try FileManager.default.removeItem(at: workspace.url.appendingPathComponent(".codex"))
    let missing = try dryRun(workspace)
    #expect(missing.status == 66, "\(missing.output) \(missing.errors)")
  }

  private static let hasFaketime = FileManager.default.isExecutableFile(atPath: "/usr/bin/faketime")

  @Test(.enabled(if: hasFaketime, "needs faketime (scripts/install_libraries.sh)"))
  func dryRun_refusesEvidenceThatIsOlderThanTheGateAllows() throws {
    let workspace = try registered()
    let result = try workspace.run(["deploy", "--dry-run"], under: ["faketime", "+2 days"])
    #expect(result.status == 1 && result.output.contains("M0, trace_coverage:"), "\(result.output) \(result.errors)")
  }

  @Test func dryRun_refusesLatencyOverTheBudget() throws {
    let workspace = try registered()
    let slow = try workspace.run(["deploy", "--dry-run", "--latency-report", "pod.latency.p95_ms=0.001"] + Self.fast)
    #expect(slow.status == 1 && slow.output.contains("the budget 0.001 ms"), "\(slow.output)")
    let late = try workspace.run(
      ["deploy", "--dry-run", "--latency-report", "pod.latency.requests_per_second=100000", "pod.latency.timeout_ms=1"])
    #expect(late.status == 1 && late.output.contains("requests failed"), "\(late.output)")
  }

  @Test func dryRun_refusesARunThatWasNeverRegistered() throws {
    let result = try dryRun(TrainedWorkspace.copy())
    #expect(result.status == 66 && result.errors.contains("Register it with 'codex register"), "\(result.errors)")
  }

  @Test func deployment_writesManifestAndRecord() throws {
    let workspace = try registered()
    let result = try workspace.run(["deploy"] + Self.fast)
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    let manifest = try #require(
      try FileManager.default.contentsOfDirectory(
        atPath: workspace.url.path + "/artifacts/deployments/codex-reasoning-pod"
      ).first)
    #expect(try workspace.text("artifacts/deployments/codex-reasoning-pod/" + manifest).contains("runAsNonRoot: true"))
    let ledger = try workspace.text(".codex/metrics/reasoning.ndjson")
    #expect(
      ledger.contains("codex.deployment/1") && ledger.contains("\"overrides\":[\"pod.latency.requests_per_second"))
    #expect(try workspace.run(["metrics", "verify"]).status == 0)
  }

  /// A manifest that was written is rendered; it is deployed when somebody says so.
  @Test func report_isAboutARenderingOfItsDay() throws {
    let workspace = try registered()
    let result = try workspace.run(["deploy", "--json"])
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    let line = try #require(result.output.split(separator: "\n").last)
    guard case .string(let digest)? = try JSONReader.parse(Array(line.utf8))["data"]?["manifest_digest"] else {
      Issue.record("\(line)")
      return
    }
    func report(_ more: String..., of rendered: String) throws -> CodexProcess {
      try workspace.run(["deploy", "--report", "applied", "--rendered", rendered] + more)
    }
    let ledger = try workspace.text(".codex/metrics/reasoning.ndjson")
    let other = "sha256:" + String(repeating: "0", count: 64)
    for (refused, status) in [
      (try report(of: other), 66), (try report("--at", "5", of: digest), 64),
      (try report("--at", "2999-01-01T00:00:00Z", of: digest), 64), (try report("--at", "yesterday", of: digest), 64),
      (try workspace.run(["deploy", "--report", "applied"]), 64), (try workspace.run(["deploy", "--at", "5"]), 64),
    ] { #expect(refused.status == status, "\(refused.errors)") }
    #expect(try workspace.text(".codex/metrics/reasoning.ndjson") == ledger)
    let applied = try report(of: digest)
    #expect(applied.status == 0 && applied.output.contains("applied"), "\(applied.errors)")
    let added = try workspace.text(".codex/metrics/reasoning.ndjson").dropFirst(ledger.count)
    #expect(added.contains("codex.rollout/1") && added.count { $0 == "\n" } == 1)
    #expect(try workspace.run(["metrics", "verify"]).status == 0)
  }

  @Test func dryRun_refusesARunThatDepartsFromItsTemplate() throws {
    let workspace = try registered()
    let path = "configs/training/reasoning/baseline.yaml"
    try workspace.write(path, workspace.text(path).replacing("max_steps: 20", with: "max_steps: 21"))
    let unrecorded = try dryRun(workspace)
    #expect(unrecorded.status == 1 && unrecorded.output.contains("changed without a bump"), "\(unrecorded.output)")
    #expect(unrecorded.output.contains("training.max_steps"))
    #expect(try workspace.run(["reasoning-templates", "bump", "baseline"]).status == 0)
    let recorded = try dryRun(workspace)
    #expect(recorded.status == 1 && !recorded.output.contains("without a bump"), "\(recorded.output)")
  }
}

/// What a dry run writes, as the kernel saw it.
@Suite(.enabled(if: Strace.isAvailable, "needs strace and the right to trace"))
struct DeployPurityTests {
  /// Names that `arguments` opened for writing, made, renamed or removed in the workspace.
  private func written(_ arguments: [String], in workspace: Workspace) throws -> Set<String> {
    let log = workspace.url.path + "-trace"
    defer { Scratch.remove(URL(fileURLWithPath: log)) }
    _ = try workspace.run(arguments, under: Strace.listingFiles(to: log))
    let changing = [
      "O_WRONLY", "O_RDWR", "O_CREAT", "mkdir", "rename", "unlink", "link(", "truncate", "chmod", "utime",
    ]
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").filter { line in
      changing.contains { line.contains($0) } && !line.contains("O_DIRECTORY") && !line.contains(" = -1 ")
        && !line.contains("/dev/") && !line.contains("readlink")
    }
    return Set(lines.compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) })
  }

  @Test func dryRun_writesNothingButItsReport() throws {
    let workspace = try TrainedWorkspace.copy()
    try DeployTests.pace(workspace)
    #expect(try workspace.run(["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]"]).status == 0)
    #expect(try workspace.run(["register", "--bundle", "latest", "--tag", "reasoning/r0"]).status == 0)
    #expect(try written(["deploy", "--dry-run"], in: workspace) == [])
    let report = try written(["deploy", "--dry-run", "--latency-report"], in: workspace)
    let temporary = report.filter { $0.hasPrefix(".tmp-") }
    #expect(report.subtracting(temporary) == ["reasoning.ndjson", "reasoning.ndjson.lock"])
    #expect(temporary.count == 1, "the head file, before it is renamed: \(report)")
    // Control: a deployment writes more, and the trace shows it.
    let deployed = try written(["deploy", "pod.gates=[]"] + DeployTests.fast, in: workspace)
    #expect(deployed.contains { $0.hasPrefix(".tmp-") } && deployed.count > report.count, "\(deployed)")
  }
}
