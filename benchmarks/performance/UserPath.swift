import Storage

/// A path from the command line: its directory as a root, and its last name below it.
struct UserPath {
  let root: StorageRoot
  let path: StoragePath

  /// A file that is to be read.
  init(_ text: String) throws { try self.init(text) { try StorageRoot(opening: $0) } }

  /// What is to be written; missing directories on the way are made.
  ///
  /// - Throws: `StorageError.alreadyExists` if something stands there.
  init(new text: String) throws {
    try self.init(text) { try StorageRoot.creating($0) }
    if try root.exists(path) { throw StorageError.alreadyExists(path: root.name(path)) }
  }

  private init(_ text: String, root open: (String) throws -> StorageRoot) throws {
    let parts = text.split(separator: "/")
    path = try StoragePath(parsing: parts.last.map(String.init) ?? "")
    let directory = (text.hasPrefix("/") ? "/" : "") + parts.dropLast().joined(separator: "/")
    root = try open(directory.isEmpty ? "." : directory)
  }
}
