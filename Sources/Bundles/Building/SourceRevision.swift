import Storage

/// The commit that a workspace stands at, read from its `.git` directory; nothing is run and nothing outside is opened.
enum SourceRevision {
  // Outside the grammar of path names on purpose: no name that a user gives can lead here.
  private static let git = PathComponent(checked: ".git")
  private static let limit = 1 << 20

  /// 40 or 64 hexadecimal digits; nil outside a git work tree, in one whose `.git` lies elsewhere, and before the first
  /// commit.
  ///
  /// - Throws: `StorageError` where files are there but cannot be read.
  static func read(in workspace: StorageRoot) throws -> String? {
    let folder = StoragePath([git])
    guard try workspace.kind(of: folder) == .directory, let head = try line(folder.appending("HEAD"), in: workspace)
    else { return nil }
    guard head.hasPrefix(referencePrefix) else { return checked(head) }
    let name = String(head.dropFirst(referencePrefix.count))
    if let path = try? StoragePath(parsing: name), let loose = try line(folder.appending(path), in: workspace) {
      return checked(loose)
    }
    return try packed(name, at: folder.appending("packed-refs"), in: workspace)
  }

  private static let referencePrefix = "ref: "

  /// The first line of a regular file, without its newline; nil if there is none.
  private static func line(_ path: StoragePath, in workspace: StorageRoot) throws -> String? {
    try text(path, in: workspace)?.split(separator: "\n").first.map(String.init)
  }

  private static func text(_ path: StoragePath, in workspace: StorageRoot) throws -> String? {
    // A link or a file on the way: the revision is not in this directory.
    guard (try? workspace.kind(of: path)) == .file else { return nil }
    return String(decoding: try workspace.read(path, limit: limit), as: UTF8.self)
  }

  /// The line `<digits> <name>` of `packed-refs`.
  private static func packed(_ name: String, at path: StoragePath, in workspace: StorageRoot) throws -> String? {
    let lines = try text(path, in: workspace)?.split(separator: "\n") ?? []
    return lines.first { $0.hasSuffix(" " + name) }.flatMap { checked(String($0.prefix { $0 != " " })) }
  }

  private static func checked(_ text: String) -> String? {
    let digits = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    return digits && [40, 64].contains(text.utf8.count) ? text : nil
  }
}
