import Composition
import Storage

/// Collects what `codex config lint` is asked to check.
struct LintTask {
  private let paths: [String]
  private let tree: ConfigTree
  private let session: Session

  init(paths: [String], tree: ConfigTree, in session: Session) {
    self.paths = paths
    self.tree = tree
    self.session = session
  }

  /// - Throws: `StorageError` for what cannot be opened, `UsageError` for a path of another kind.
  func findings() throws -> Set<LintFinding> {
    guard paths.isEmpty else { return try paths.reduce(into: []) { $0.formUnion(try self.findings(at: $1)) } }
    let sources = try tree.sources(in: session)
    let lint = ConfigLint(sources: sources)
    let names = sources.list.filter { tree.configDir != nil || $0.provenance == .workspace }.map(\.name)
    var findings = try lint.findings(in: names, isRead: tree.configDir == nil)
    if let request = try tree.request(overrides: [], in: session) {
      findings.formUnion(try lint.findings(composing: request))
    }
    return findings
  }

  // MARK: Paths

  private func findings(at path: String) throws -> Set<LintFinding> {
    let place = path.hasPrefix("/") || session.filesPath == "." ? path : session.filesPath + "/" + path
    if let directory = try? StorageRoot(opening: place) { return try findings(in: .root, of: directory) }
    guard path.hasSuffix(".yaml") || path.hasSuffix(".md") else {
      throw UsageError("\(path) is no directory, and neither YAML nor Markdown by its name. Name *.yaml or *.md files.")
    }
    let file = try UserFile(path, from: session.filesPath)
    return try findings(inFile: file.path, of: file.root)
  }

  private func findings(in directory: StoragePath, of root: StorageRoot) throws -> Set<LintFinding> {
    try root.list(directory).reduce(into: []) { findings, name in
      let path = directory.appending(name)
      switch try root.kind(of: path) {
      case .directory: findings.formUnion(try self.findings(in: path, of: root))
      case .file: findings.formUnion(try self.findings(inFile: path, of: root))
      default: break
      }
    }
  }

  private func findings(inFile path: StoragePath, of root: StorageRoot) throws -> Set<LintFinding> {
    let name = root.name(path)
    if path.description.hasSuffix(".md") {
      let text = String(decoding: try root.read(path, limit: Self.pageByteCount), as: UTF8.self)
      return Set(DocumentLint(session).problems(in: text).map { LintFinding(page: name, line: $0.line, $0.message) })
    }
    guard path.description.hasSuffix(".yaml") else { return [] }
    let bytes = try root.read(path, limit: CompositionLimits.yamlByteCount)
    // A file of the workspace's configs/ is also read as one.
    let sources = try session.configSources()
    let config = ConfigPathText.name(name.hasPrefix("./") ? String(name.dropFirst(2)) : name)
    guard (try? sources.read(config))?.bytes == bytes else {
      return try Set(ConfigLint.findings(in: bytes, file: name))
    }
    return try ConfigLint(sources: sources).findings(in: [config], isRead: true)
  }

  private static let pageByteCount = 4 << 20
}
