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
      let configs = BuiltInConfigs.files.map { ("configs/" + $0, $1) }
      let pages = BuiltInPages.files.map { name, content in
        // Pages that have a place of their own in a workspace lie in a folder of that name.
        (name.hasPrefix(placed) ? String(name.dropFirst(placed.count)) : "templates/" + name, content)
      }
      return try (configs + pages).sorted { $0.0 < $1.0 }.map { path, content in
        WorkspaceFile(path: try StoragePath(parsing: path), content: content)
      }
    }
  }

  private static let placed = "workspace/"

  func state(in workspace: StorageRoot) throws -> State {
    guard try path.parent.isRoot || workspace.kind(of: path.parent) == .directory, try workspace.exists(path) else {
      return .new
    }
    return try workspace.read(path, limit: Self.byteLimit) == Array(content.utf8) ? .same : .kept
  }

  func write(to workspace: StorageRoot) throws {
    if !path.parent.isRoot { try workspace.makeDirectory(path.parent) }
    try workspace.atomicReplace(path, Array(content.utf8))
  }

  private static let byteLimit = 1 << 20
}
