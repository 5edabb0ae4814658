import Composition
import Foundation
import Testing

/// An empty directory that codex runs in; removed with the value.
final class Workspace: Sendable {
  let url: URL

  init() throws { url = try Scratch.directory() }

  deinit { Scratch.remove(url) }

  func run(
    _ arguments: [String], input: String? = nil, output: CodexProcess.Destination = .captured,
    environment: [String: String] = [:], under launcher: [String] = []
  ) throws -> CodexProcess {
    try CodexProcess.run(
      arguments, in: url, input: input, output: output, environment: environment, under: launcher)
  }

  func copy() throws -> Workspace {
    let copy = try Workspace()
    for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
      try FileManager.default.copyItem(
        at: url.appendingPathComponent(name), to: copy.url.appendingPathComponent(name))
    }
    return copy
  }

  func write(_ path: String, _ text: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
  }

  /// Files below `folder` whose name is `name`, sorted.
  func files(named name: String, below folder: String) -> [String] {
    let root = url.appendingPathComponent(folder)
    let all = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0 == name || $0.hasSuffix("/" + name) }.map { folder + "/" + $0 }.sorted()
  }

  /// What the directories `<folder>/*/<last>` hold, unsorted; cheap enough to be polled.
  func names(endingIn last: String, below folder: String) -> [String] {
    let manager = FileManager.default
    let root = url.appendingPathComponent(folder).path
    return (try? manager.contentsOfDirectory(atPath: root))?.flatMap {
      (try? manager.contentsOfDirectory(atPath: "\(root)/\($0)/\(last)")) ?? []
    } ?? []
  }

  /// Changes one bit in the middle of a file.
  func corrupt(_ path: String) throws {
    let file = url.appendingPathComponent(path)
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
  }
}

/// A workspace in which a small model was trained once; tests get copies.
enum TrainedWorkspace {
  /// Settings that make a run of seconds.
  static let overrides = [
    "dataset.sizes.train=600", "dataset.sizes.validation=20", "dataset.sizes.test=20", "training.max_steps=20",
    "training.save_steps=10", "training.warmup_steps=2", "model.num_hidden_layers=1", "model.hidden_size=32",
    "model.intermediate_size=64",
  ]

  /// The same settings in a template of that name, so that runs depart from it in nothing.
  static let template =
    (BuiltInConfigs.files["training/reasoning/baseline.yaml"] ?? "") + """

      dataset:
        sizes: {train: 600, validation: 20, test: 20}
      training: {max_steps: 20, save_steps: 10, warmup_steps: 2}
      model: {num_hidden_layers: 1, hidden_size: 32, intermediate_size: 64}

      """

  private static let original: Result<Workspace, any Error> = Result {
    let workspace = try Workspace()
    try workspace.write("configs/training/reasoning/baseline.yaml", template)
    for arguments in [["reasoning-templates", "bump", "baseline"], ["train", "--template", "baseline"]] {
      let result = try CodexProcess.run(arguments, in: workspace.url)
      try #require(result.status == 0, "\(result.errors)")
    }
    return workspace
  }

  static func copy() throws -> Workspace { try original.get().copy() }
}

/// Gates that little models of tests can be asked by: what is left open here, the shipped ones pin.
enum OpenGates {
  /// What evidence must be in any case: of the judged run, finished, held out.
  static func identity(mode: String) -> String {
    """
    {run_id: of_run, template: any, overrides: any, run_config: of_run, trained_on: of_run, weights: of_run, run_status: completed, \
    run_steps: of_run, evaluation: any, dataset: of_run, split: test, split_rule: of_run, split_salt: of_run, \
    problems: of_run, mode: \(mode), search: any, budget: any, weights_format: any, seed: any, rules: any}
    """
  }

  /// A gates file whose M0 asks little of the model and everything of the evidence: coverage in mode greedy.
  static func coverage(
    threshold: Double, minimum: Int = 5, days: Int = 30, evaluation: String = "any", trainedOn: String = "of_run"
  ) -> String {
    """
    # @package gates
    identity: \(identity(mode: "greedy").replacing("evaluation: any", with: "evaluation: \(evaluation)")
      .replacing("trained_on: of_run", with: "trained_on: \(trainedOn)"))
    milestones:
      - id: M0
        title: traces
        waiver: null
        cadence: []
        clauses:
          - {id: trace_coverage, metric: reasoning.trace_coverage, group: all, comparator: ">=",
             threshold: \(threshold), side: value, min_n: \(minimum), max_age_days: \(days), counts: first,
             declared: optional, reference: null}

    """
  }
}
