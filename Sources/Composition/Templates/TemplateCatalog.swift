import Schemas
import Storage

/// The reasoning templates: the configs directly in `configs/training/reasoning/`.
public struct TemplateCatalog: Sendable {
  /// The group that holds templates.
  public static let group = "training/reasoning"
  static let manifestName = "manifest"

  /// A template as it stands, beside what the manifest records.
  public struct Template: Sendable {
    public let name: String
    public let provenance: ConfigSources.Provenance
    public let resolved: ResolvedConfig
    public let summary: TemplateSummary
    /// Nil if the manifest does not know the template.
    public let recorded: TemplateManifest.Entry?

    public var digest: Digest { resolved.digest }
    /// Whether the recorded digest is that of the template as it stands.
    public var isAtParity: Bool { recorded?.digest == digest }
  }

  let sources: ConfigSources
  private let composer: Composer

  public init(_ sources: ConfigSources) {
    self.sources = sources
    composer = Composer(sources)
  }

  /// The templates' names, sorted.
  public var names: [String] { sources.options(in: Self.group).filter { $0 != Self.manifestName } }

  /// A template without overrides.
  ///
  /// - Throws: `ConfigError.unknownTemplate`, or what composing and reading it reports.
  public func template(_ name: String) throws -> Template {
    let resolved = try compose(name)
    return Template(
      name: name, provenance: sources.provenance(of: Self.config(name)) ?? .builtIn, resolved: resolved,
      summary: try TemplateSummary(resolved), recorded: try manifest().entries[name])
  }

  /// A template's configuration under `overrides`.
  public func compose(_ name: String, overrides: [String] = []) throws -> ResolvedConfig {
    guard names.contains(name) else {
      throw ConfigError.unknownTemplate(name: name, nearest: Suggestion.nearest(to: name, among: names))
    }
    return try composer.compose(config: Self.config(name), overrides: overrides)
  }

  /// The recorded versions and digests; empty without a manifest.
  public func manifest() throws -> TemplateManifest {
    guard let (bytes, file) = try sources.read(Self.config(Self.manifestName)) else {
      return try TemplateManifest(ConfigNode(.mapping([:]), origin: .implied))
    }
    return try TemplateManifest(try YAMLReader.read(bytes, file: file))
  }

  /// The name of a template's config.
  public static func config(_ name: String) -> String { "\(group)/\(name)" }
}
