import Storage
import Testing

/// The keys that scripts rely on: a change here is a change of the command line.
@Suite struct JSONOutputTests {
  @Test(arguments: [
    (["init"], "codex.init/1", ["path", "state"]),
    (
      ["reasoning-templates", "list"], "codex.templates/1",
      ["description", "digest", "name", "parity", "phases", "source", "version"]
    ),
    (
      ["reasoning-templates", "show", "baseline"], "codex.template/1",
      ["description", "digest", "name", "parity", "phases", "source", "version"]
    ),
    (["reasoning-templates", "validate"], "codex.template_verdicts/1", ["finding", "name", "sound"]),
    (
      ["datasets", "list"], "codex.datasets/1", ["directories", "preset", "sizes", "source", "style", "worlds"]
    ),
    (
      ["datasets", "materialize", "--template", "baseline"] + TrainedWorkspace.overrides, "codex.dataset/1",
      ["content_digest", "directory", "preset", "splits", "style", "worlds"]
    ),
    (
      ["traces", "list"], "codex.traces/1",
      [
        "abstention", "goal", "mode", "model_evaluations", "phase", "plan", "repaired", "stage", "step", "trace_id",
        "verdict", "world",
      ]
    ),
    (["traces", "validate"], "codex.trace_validation/1", ["findings", "trace_count", "valid"]),
    (
      ["plan", "verify", "-", "--problem", "3 + 4"], "codex.plan_verdict/1", ["findings", "goal", "sound", "world"]
    ),
    (
      ["register", "--bundle", "latest", "--tag", "reasoning/r1"], "codex.registration/1",
      [
        "bundle_digest", "experiment", "moved", "path", "previous_digest", "run_id", "tag", "unproven", "version",
        "weights_digest",
      ]
    ),
    (
      ["registry", "verify"], "codex.registry_verdict/1", ["bundle_count", "findings", "movement_count", "sound"]
    ),
    (
      ["doctor"], "codex.doctor/1",
      [
        "advice", "blas", "file_system", "instruction_set", "peak_gigaflops_per_second", "processors",
        "product_gigaflops_per_second", "share_of_peak", "threads", "version", "warnings",
      ]
    ),
  ])
  func keys_areStableAndSorted(arguments: [String], schema: String, keys: [String]) throws {
    let plan = "goal evaluate(3,add,4){action add(3,4)->7;terminal return();}"
    let result = try TrainedWorkspace.copy().run(arguments + ["--json"], input: plan)
    let value = try result.json()
    #expect(value["schema"] == .string(schema))
    let data = try #require(value["data"])
    let first = if case .array(let rows) = data { rows.first ?? .null } else { data }
    guard case .object(let object) = first else {
      Issue.record("expected an object, got \(first)")
      return
    }
    #expect(object.members.map(\.key) == keys)
  }

  @Test func evaluate_printsMetricsByMode() throws {
    let result = try TrainedWorkspace.copy().run(
      ["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]", "--metrics-only"])
    let greedy = try #require(try result.json()["data"]?["greedy"])
    for key in ["accuracy", "accuracy_lower", "trace_coverage", "trace_coverage_lower", "latency_p95_ms"] {
      #expect(greedy[key] != nil, "\(key)")
    }
  }

  @Test func registry_printsWhatWasRegistered() throws {
    let workspace = try RegisteredWorkspace.make(runs: 1)
    func keys(_ arguments: [String], _ schema: String) throws -> [String] {
      let value = try workspace.run(arguments + ["--json"]).json()
      #expect(value["schema"] == .string(schema))
      let data = try #require(value["data"])
      guard case .object(let object) = if case .array(let rows) = data { rows.first ?? .null } else { data } else {
        return []
      }
      return object.members.map(\.key)
    }
    #expect(
      try keys(["registry", "list"], "codex.registry/1") == [
        "bundle_digest", "byte_count", "experiment", "path", "run_id", "tags", "weights_digest",
      ])
    #expect(
      try keys(["registry", "show", "reasoning/r1"], "codex.bundle_view/1") == [
        "bundle_digest", "byte_count", "manifest", "path",
      ])
    #expect(
      try keys(["registry", "history"], "codex.tag_history/1") == [
        "bundle_digest", "codex_version", "experiment", "recorded_at", "run_id", "tag", "version",
      ])
  }

  @Test func records_arePrintedAsTheyAreStored() throws {
    let workspace = try TrainedWorkspace.copy()
    #expect(
      try workspace.run(["evaluate", "evaluation.max_problems=5", "--json"]).json()["schema"]
        == .string("codex.evaluation/1"))
    #expect(try workspace.run(["plan", "3 + 4", "--render", "json"]).json()["schema"] == .string("codex.trace/1"))
    #expect(
      try workspace.run(["datasets", "stats", try workspace.dataset(), "--json"]).json()["schema"]
        == .string("codex.split_stats/1"))
  }
}

extension CodexProcess {
  /// Standard output as one line of canonical JSON.
  func json() throws -> JSONValue {
    #expect(output.last == "\n" && output.dropLast().allSatisfy { $0 != "\n" })
    let value = try JSONReader.parse(Array(output.dropLast().utf8))
    #expect(try CanonicalJSON.write(value) == Array(output.dropLast().utf8))
    return value
  }
}
