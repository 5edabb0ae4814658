import Foundation
import Testing

/// Runs a job's steps in order in an empty directory, as GitHub's runner does.
///
/// The actions for artifacts and checkout are emulated by copying. What costs jobs their evidence in practice is kept:
/// artifacts lose executable bits and leave hidden files out; `PATH` changes only through `$GITHUB_PATH`, and only for the
/// steps after.
struct JobRunner {
  /// How a step ended.
  struct Outcome {
    let name: String
    /// Nil where it was skipped.
    let status: Int32?
    let output: String
  }

  let workspace: Workspace
  /// Folders by the name of the artifact.
  private(set) var artifacts: [String: Workspace]
  private(set) var outcomes: [Outcome] = []
  /// What `${{ … }}` stands for in `env`.
  private let expressions: [String: String]
  /// What `actions/checkout` checks out.
  private let repository: Workspace?
  /// The files behind `$GITHUB_PATH` and its like.
  private let files: Workspace

  init(artifacts: [String: Workspace] = [:], expressions: [String: String] = [:], repository: Workspace? = nil) throws {
    workspace = try Workspace()
    files = try Workspace()
    self.artifacts = artifacts
    self.expressions = expressions
    self.repository = repository
    for name in ["path", "env", "summary"] { try files.write(name, "") }
  }

  /// Whether no step failed.
  var passed: Bool { outcomes.allSatisfy { ($0.status ?? 0) == 0 } }

  var summary: String { get throws { try files.text("summary") } }

  /// How the step called `name` ended.
  func outcome(_ name: String) throws -> Outcome { try #require(outcomes.first { $0.name == name }) }

  mutating func run(_ job: WorkflowJob) throws {
    for step in job.steps {
      guard passed || step.isAlways else {
        outcomes.append(Outcome(name: step.name, status: nil, output: ""))
        continue
      }
      if let script = step.run {
        let result = try ShellScript(script, in: workspace.url, environment: environment(of: step))
        outcomes.append(Outcome(name: step.name, status: result.status, output: result.output))
      } else {
        do {
          try act(step)
          outcomes.append(Outcome(name: step.name, status: 0, output: ""))
        } catch { outcomes.append(Outcome(name: step.name, status: 1, output: "\(error)")) }
      }
    }
  }

  // MARK: Variables

  /// Nothing of the test's own variables but what every machine has.
  private func environment(of step: WorkflowJob.Step) throws -> [String: String] {
    let added = try files.text("path").split(separator: "\n").reversed().map(String.init)
    var variables = [
      "PATH": (added + ["/usr/bin", "/bin"]).joined(separator: ":"), "HOME": files.url.path, "CI": "true",
      "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": workspace.url.path,
    ]
    for name in ["path", "env", "step_summary"] {
      variables["GITHUB_" + name.uppercased()] =
        files.url.appendingPathComponent(String(name.trimmingPrefix("step_"))).path
    }
    for line in try files.text("env").split(separator: "\n") {
      let pair = line.split(separator: "=", maxSplits: 1).map(String.init)
      if pair.count == 2 { variables[pair[0]] = pair[1] }
    }
    for (name, value) in step.environment {
      variables[name] = value.hasPrefix("${{") ? try #require(expressions[value], "\(value)") : value
    }
    return variables
  }

  // MARK: Actions

  /// An action that failed: its step is red.
  struct Failure: Error { let message: String }

  private mutating func act(_ step: WorkflowJob.Step) throws {
    let folder = workspace.url.appendingPathComponent(step.with["path"] ?? ".")
    switch step.uses?.split(separator: "@").first {
    case "actions/checkout":
      guard let repository else { throw Failure(message: "nothing to check out") }
      try Self.copy(repository.url, to: folder)
    case "actions/download-artifact":
      guard let artifact = artifacts[step.with["name"] ?? ""] else { throw Failure(message: "no such artifact") }
      try Self.copy(artifact.url, to: folder)
    case "actions/upload-artifact":
      guard let name = step.with["name"], let path = step.with["path"], step.with["if-no-files-found"] == "error" else {
        throw Failure(message: "a missing artifact would go unnoticed")
      }
      artifacts[name] = try Self.uploaded(
        path, from: workspace.url, withHidden: step.with["include-hidden-files"] == "true")
    default: throw Failure(message: "\(step.uses ?? "") is not emulated")
    }
  }

  /// What `actions/upload-artifact` makes of a file or folder. Throws where it is nothing.
  static func uploaded(_ path: String, from directory: URL, withHidden: Bool = false) throws -> Workspace {
    let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") && $0 != "." }
    if isHidden && !withHidden { throw Failure(message: "\(path) is hidden: the artifact would be empty") }
    let source = directory.appendingPathComponent(path)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isDirectory) else {
      throw Failure(message: "no \(path)")
    }
    let artifact = try Workspace()
    let target = isDirectory.boolValue ? artifact.url : artifact.url.appendingPathComponent(source.lastPathComponent)
    try copy(source, to: target)
    return artifact
  }

  /// Copies a file, or what a folder holds, without executable bits, as artifacts travel.
  static func copy(_ source: URL, to target: URL) throws {
    let script = """
      if [ -d "$SOURCE" ]; then mkdir -p "$TARGET" && cp -R "$SOURCE/." "$TARGET"; else cp "$SOURCE" "$TARGET"; fi
      find "$TARGET" -type f -exec chmod a-x {} +
      """
    let result = try ShellScript(
      script, in: source.deletingLastPathComponent(),
      environment: ["PATH": "/usr/bin:/bin", "SOURCE": source.path, "TARGET": target.path])
    try #require(result.status == 0, "\(result.output)")
  }
}
