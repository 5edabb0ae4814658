import ArgumentParser
import Schemas
import Storage

/// Which run a command reads.
struct RunOptions: ParsableArguments {
  @Option(
    help: "A run's id, or its directory. Default: the run made last; to plan, the last that knows the problem's world.",
    completion: .runs)
  var run: String?
}

/// Where runs are, relative to the workspace.
enum RunDirectory {
  static let all: StoragePath = "runs/train_loop"
  static let latest: StoragePath = "runs/train_loop/latest"

  /// The directory that `text` names: a run's id, `latest`, or a path with slashes.
  ///
  /// - Throws: `UsageError` if there is no such run, with what to do about it.
  static func path(_ text: String?, in workspace: StorageRoot) throws -> StoragePath {
    guard let text = text.map({ relative($0, to: workspace) }) else { return try followed(latest, in: workspace) }
    if text.contains("/") { return try followed(StoragePath(parsing: text), in: workspace) }
    return try followed(all.appending(RunID(parsing: text)), in: workspace)
  }

  /// A directory as shells complete it (`./`, a final `/`, the whole path) without what the workspace already says.
  private static func relative(_ text: String, to workspace: StorageRoot) -> String {
    guard text.contains("/") else { return text }
    var rest = Substring(text)
    for prefix in [workspace.path + "/", "./"] where rest.hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
    while rest.count > 1, rest.last == "/" { rest = rest.dropLast() }
    return String(rest)
  }

  private static func followed(_ path: StoragePath, in workspace: StorageRoot) throws -> StoragePath {
    switch try workspace.kind(of: path) {
    case .symbolicLink: return try workspace.resolveLink(path)
    case .directory: return path
    case .file, .other:
      throw StorageError.wrongKind(path: workspace.name(path), expected: "a run's directory", got: "a file")
    case nil: throw MissingRun(path: workspace.name(path))
    }
  }
}

/// There is no run where one was to be read.
struct MissingRun: Error, CustomStringConvertible {
  let path: String
  /// The template that the remedy names.
  var template = "baseline"

  var description: String {
    "\(path): no such run. Train one with 'codex train --template \(template)', or name another run."
  }
}
