import Composition
import Foundation
import Testing

/// A job of a GitHub workflow, as far as `JobRunner` runs it.
struct WorkflowJob {
  /// One step: an action (`uses`), or a script (`run`).
  struct Step {
    var name = ""
    var uses: String?
    /// The action's inputs.
    var with: [String: String] = [:]
    var run: String?
    var environment: [String: String] = [:]
    /// Whether it runs after a step that failed, too.
    var isAlways = false
  }

  var steps: [Step]
  /// Whether it runs whatever became of the jobs before it.
  let isAlways: Bool

  /// Reads a job of a workflow's text.
  ///
  /// - Throws: where there is no such job, or it says something that a runner of tests would ignore.
  init(_ name: String, in workflow: String) throws {
    let root = try YAMLReader.read(Array(workflow.utf8), file: "gate.yml")
    // Every script of the workflow runs in the shell that `JobRunner` uses.
    try #require(Self.text(root[path: "defaults.run.shell"]) == "bash")
    let job = try #require(root[path: "jobs." + name]?.entries)
    try #require(Set(job.keys).isSubset(of: ["needs", "runs-on", "if", "steps"]), "\(job.keys)")
    isAlways = try Self.isAlways(job["if"])
    guard case .list(let steps)? = job["steps"]?.value else { throw CocoaError(.formatting) }
    self.steps = try steps.map(Self.step)
  }

  /// The steps called `name`.
  func steps(called name: String) -> [Step] { steps.filter { $0.name == name } }

  private static func step(_ node: ConfigNode) throws -> Step {
    let entries = try #require(node.entries)
    try #require(Set(entries.keys).isSubset(of: ["name", "if", "uses", "with", "run", "env"]), "\(entries.keys)")
    let step = Step(
      name: text(entries["name"]) ?? "", uses: text(entries["uses"]), with: texts(entries["with"]),
      run: text(entries["run"]), environment: texts(entries["env"]), isAlways: try isAlways(entries["if"]))
    try #require((step.uses == nil) != (step.run == nil))
    return step
  }

  private static func isAlways(_ condition: ConfigNode?) throws -> Bool {
    guard let condition else { return false }
    try #require(text(condition) == "always()")
    return true
  }

  private static func texts(_ node: ConfigNode?) -> [String: String] {
    (node?.entries ?? [:]).reduce(into: [:]) { $0[$1.key] = text($1.value) }
  }

  private static func text(_ node: ConfigNode?) -> String? {
    switch node?.value {
    case .string(let text): text
    case .bool(let flag): String(flag)
    case .int(let number): String(number)
    default: nil
    }
  }
}
