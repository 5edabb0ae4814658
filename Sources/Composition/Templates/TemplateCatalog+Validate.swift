import Schemas

/// What validation found about one template.
public struct TemplateVerdict: Sendable {
  public enum Finding: Sendable, Equatable {
    /// It cannot be composed or read; the sentence says why.
    case unreadable(String)
    /// It is not in the manifest.
    case unrecorded(digest: Digest)
    /// It changed since it was recorded.
    case changed(version: Int, recorded: Digest, digest: Digest)
    /// The manifest has it, but there is no such config.
    case vanished
  }

  public let name: String
  /// Nil if all is well.
  public let finding: Finding?

  public var isSound: Bool { finding == nil }
}

extension TemplateVerdict: CustomStringConvertible {
  public var description: String {
    switch finding {
    case nil: "\(name): sound"
    case .unreadable(let problem): "\(name): \(problem)"
    case .unrecorded(let digest):
      "\(name): not in the manifest (digest \(digest)). Record it with 'codex reasoning-templates bump \(name)'."
    case .changed(let version, let recorded, let digest):
      "\(name): changed without a bump: version \(version) is \(recorded), now \(digest). "
        + "Undo the change, or record it with 'codex reasoning-templates bump \(name)'."
    case .vanished: "\(name): in the manifest, but there is no such template. Restore it, or remove its entry."
    }
  }
}

extension TemplateCatalog {
  /// Judges templates: they compose, can be read, and have the digest that the manifest records.
  ///
  /// - Parameters:
  ///   - names: The templates to judge; all, and the manifest's entries, if empty.
  ///   - check: What else must accept the configuration, such as the readers of features.
  /// - Throws: `ConfigError` for an unreadable manifest or an unknown name.
  public func validate(
    _ names: [String] = [], check: (ResolvedConfig) throws -> Void = { _ in }
  ) throws -> [TemplateVerdict] {
    let recorded = try manifest().entries
    for name in names where !self.names.contains(name) && recorded[name] == nil {
      throw ConfigError.unknownTemplate(name: name, nearest: Suggestion.nearest(to: name, among: self.names))
    }
    let subjects = names.isEmpty ? Set(self.names).union(recorded.keys).sorted() : names
    return subjects.map { name in
      guard self.names.contains(name) else { return TemplateVerdict(name: name, finding: .vanished) }
      do {
        let resolved = try compose(name)
        _ = try TemplateSummary(resolved)
        try check(resolved)
        return TemplateVerdict(name: name, finding: Self.parity(of: resolved.digest, with: recorded[name]))
      } catch {
        return TemplateVerdict(name: name, finding: .unreadable("\(error)"))
      }
    }
  }

  private static func parity(of digest: Digest, with entry: TemplateManifest.Entry?) -> TemplateVerdict.Finding? {
    guard let entry else { return .unrecorded(digest: digest) }
    if entry.digest == digest { return nil }
    return .changed(version: entry.version, recorded: entry.digest, digest: digest)
  }
}
