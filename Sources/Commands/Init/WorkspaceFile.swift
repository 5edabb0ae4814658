import Composition
import Storage

/// A file that `codex init` writes.
struct WorkspaceFile {
  let path: StoragePath
  let content: String

  /// How the workspace's file stands to the built-in one, and what becomes of it.
  enum State: String {
    /// There was none.
    case new
    /// It is the built-in one.
    case same
    /// It differs and stays.
    case kept
    /// It differed and gives way.
    case replaced
  }

  /// Every file compiled into the binary, by path.
  static var all: [WorkspaceFile] {
    get throws {
      try BuiltInConfigs.files.sorted { $0.key < $1.key }.map { name, content in
        WorkspaceFile(path: try StoragePath(parsing: "configs/" + name), content: content)
      }
    }
  }

  func state(in workspace: StorageRoot) throws -> State {
    guard try workspace.kind(of: path.parent) == .directory, try workspace.exists(path) else { return .new }
    return try workspace.read(path, limit: Self.byteLimit) == Array(content.utf8) ? .same : .kept
  }

  func write(to workspace: StorageRoot) throws {
    try workspace.makeDirectory(path.parent)
    try workspace.atomicReplace(path, Array(content.utf8))
  }

  private static let byteLimit = 1 << 20
}
