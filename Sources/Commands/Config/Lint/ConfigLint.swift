import Composition
import Storage

/// Checks configs: what each file says by itself, and what the features say that read it.
struct ConfigLint {
  let sources: ConfigSources

  /// The findings in the configs named.
  ///
  /// - Parameter isRead: Whether they are of codex's own tree, whose groups the features read.
  /// - Throws: `StorageError` for a file that cannot be opened.
  func findings(in names: [String], isRead: Bool) throws -> Set<LintFinding> {
    var findings: Set<LintFinding> = []
    var files: [String: String] = [:]
    for name in names {
      guard let (bytes, file) = try sources.read(name) else { continue }
      files[name] = file
      findings.formUnion(try Self.findings(in: bytes, file: file))
    }
    if isRead {
      let shown = Set(files.values)
      findings.formUnion(try self.findings(ofReaders: names).filter { shown.contains($0.file) })
    }
    return findings
  }

  /// What one YAML text says that readers disagree about, or why it is none.
  static func findings(in bytes: [UInt8], file: String) throws -> [LintFinding] {
    do {
      return try AmbiguousScalar.all(in: bytes, file: file).map(LintFinding.init)
    } catch let error as ConfigError {
      return error.each.map { LintFinding($0, in: file) }
    }
  }

  /// What composing says about one primary config.
  func findings(composing request: CompositionRequest) throws -> [LintFinding] {
    try problems(of: request) { _ in }
  }

  // MARK: Readers

  private func findings(ofReaders names: [String]) throws -> [LintFinding] {
    var findings: [LintFinding] = []
    var unread = Set(names)
    var primaries: [(request: CompositionRequest, composed: ComposedConfig, family: ConfigFamily)] = []
    for family in ConfigFamily.all {
      for primary in family.primaries(in: sources) {
        unread.remove(primary)
        let request = CompositionRequest(sources: sources, config: primary, overrides: [])
        findings += try problems(of: request, family.check)
        guard let composed = try? request.composed() else { continue }
        unread.subtract(composed.included.map(\.config))
        primaries.append((request, composed, family))
      }
    }
    if unread.remove(TemplateCatalog.config("manifest")) != nil { findings += try manifestProblems() }
    // What no primary config includes is an option: it is read in place of the one that was chosen.
    for name in unread.sorted() {
      let group = name.split(separator: "/").dropLast().joined(separator: "/")
      for (request, composed, family) in primaries {
        guard let key = composed.choices.first(where: { $0.group.prefix { $0 != "@" } == group })?.group else {
          continue
        }
        let option = CompositionRequest(
          sources: sources, config: request.config, overrides: ["\(key)=\(name.split(separator: "/").last ?? "")"])
        findings += try problems(of: option, family.check)
        break
      }
    }
    return findings
  }

  private func problems(
    of request: CompositionRequest, _ read: (ResolvedConfig) throws -> Void
  ) throws -> [LintFinding] {
    func file() throws -> String { try sources.read(request.config)?.file ?? request.config }
    do {
      try read(request.resolved())
      return []
    } catch let error as ConfigError {
      return try error.each.map { LintFinding($0, in: try file()) }
    } catch let error where !(error is StorageError) {
      return [LintFinding(unsuited: error, in: try file())]
    }
  }

  private func manifestProblems() throws -> [LintFinding] {
    do {
      _ = try TemplateCatalog(sources).manifest()
      return []
    } catch let error as ConfigError {
      return error.each.map { LintFinding($0, in: "manifest.yaml") }
    }
  }
}
