import Schemas
import Storage

/// The runs of a workspace: everything below `runs/` that has run metadata, wherever `training.output_dir` put it.
public struct RunCatalog: Sendable {
  /// Where all runs are.
  public static let directory: StoragePath = "runs"
  /// Where runs are by default.
  public static let standard: StoragePath = "runs/train_loop"
  /// The name of the link, beside runs, to the one made last.
  public static let latestName = "latest"
  /// The run of `standard` that was made last.
  public static let latest = standard.appending(PathComponent(checked: latestName))
  /// Directories that are looked into at most; a run counts as one.
  public static let largestCount = 100_000

  private let workspace: StorageRoot

  public init(in workspace: StorageRoot) { self.workspace = workspace }

  /// The directories of all runs, in the order of their paths. Links, and what lies within a run, are passed over.
  ///
  /// Nothing is read but directories; O(n) of them.
  ///
  /// - Throws: `RunError.tooMany`.
  public func directories() throws -> [StoragePath] {
    var found: [StoragePath] = []
    var pending = [Self.directory]
    var count = 0
    while let path = pending.popLast() {
      guard try workspace.kind(of: path) == .directory else { continue }
      count += 1
      guard count <= Self.largestCount else {
        throw RunError.tooMany(path: workspace.name(Self.directory), limit: Self.largestCount)
      }
      if try workspace.exists(path.appending(RunFolder.metadata)) {
        found.append(path)
      } else {
        pending += try workspace.list(path).map { path.appending($0) }
      }
    }
    return found.sorted()
  }

  /// All runs, the one updated last first.
  ///
  /// - Throws: `StorageError` if a run's metadata cannot be read.
  public func runs() throws -> [StoredRun] {
    try directories().map { try StoredRun(at: $0, in: workspace) }
      .sorted { ($1.metadata.updatedAt, $0.path) < ($0.metadata.updatedAt, $1.path) }
  }

  /// The directory that `text` names, links resolved: a run's id or its first digits, `latest`, or a path with slashes; `latest` if nil.
  ///
  /// - Throws: `RunError.missing`, `.ambiguous`; `NameError`; `StorageError.wrongKind` for a file.
  public func path(_ text: String?) throws -> StoragePath {
    guard let text = text.map(relative), text != Self.latestName else { return try followed(Self.latest) }
    if text.contains("/") { return try followed(StoragePath(parsing: text)) }
    let id = try RunID(parsing: text)
    do { return try path(of: id) } catch let error as RunError {
      guard case .missing = error, let found = try abbreviated(text) else { throw error }
      return found
    }
  }

  /// The run whose id, or whose id's digits behind the template's name, begin with `text`; nil if none does.
  private func abbreviated(_ text: String) throws -> StoragePath? {
    guard text.utf8.count >= Self.smallestAbbreviation else { return nil }
    let found = try directories().filter { path in
      guard let id = path.lastComponent?.text, let digits = id.split(separator: "-").last else { return false }
      return digits.hasPrefix(text) || id.hasPrefix(text) && text.contains("-")
    }
    guard found.count < 2 else { throw RunError.ambiguous(id: text, paths: found.map(\.description)) }
    return found.first
  }

  /// Letters of a name that begins like a run's.
  private static let smallestAbbreviation = 4

  /// The directory of the run with this id.
  ///
  /// - Throws: `RunError.missing`, `.ambiguous`.
  public func path(of id: RunID, template: String = "baseline") throws -> StoragePath {
    let found = try directories().filter { $0.lastComponent?.text == id.text }
    guard let path = found.first else {
      throw RunError.missing(path: workspace.name(Self.standard.appending(id)), template: template)
    }
    guard found.count == 1 else { throw RunError.ambiguous(id: id.text, paths: found.map(\.description)) }
    return path
  }

  /// A directory as shells complete it (`./`, a final `/`, the whole path) without what the workspace already says.
  private func relative(_ text: String) -> String {
    guard text.contains("/") else { return text }
    var rest = Substring(text)
    for prefix in [workspace.path + "/", "./"] where rest.hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
    while rest.count > 1, rest.last == "/" { rest = rest.dropLast() }
    return String(rest)
  }

  private func followed(_ path: StoragePath) throws -> StoragePath {
    switch try workspace.kind(of: path) {
    case .symbolicLink: return try workspace.resolveLink(path)
    case .directory: return path
    case .file, .other:
      throw StorageError.wrongKind(path: workspace.name(path), expected: "a run's directory", got: "a file")
    case nil: throw RunError.missing(path: workspace.name(path), template: "baseline")
    }
  }
}
