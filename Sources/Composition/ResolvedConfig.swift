import Schemas
import Storage

/// A composed configuration without interpolations, and its identity.
public struct ResolvedConfig: Sendable {
  /// The same configuration with its interpolations, its choices and its sources.
  public let composed: ComposedConfig
  /// A mapping; `???` stands where a value is still to be given.
  public let root: ConfigNode
  /// What a person should know about it, such as keys that have a new name.
  public let notices: [ConfigNotice]
  /// Of the canonical JSON of what is significant in `root`: equal for equal values, however files are laid out or keys are
  /// ordered.
  public let digest: Digest
  /// Where readers note what they ask for, if somebody wants to know.
  var declarations: ConfigDeclarations?

  /// Resolves the interpolations of `composed`.
  ///
  /// - Parameter inputs: What `oc.env` and `now` may tell; nothing by default.
  /// - Throws: `ConfigError.interpolation` at the first reference that has no target.
  public init(_ composed: ComposedConfig, inputs: ResolverInputs = ResolverInputs()) throws {
    self.composed = composed
    var resolver = InterpolationResolver(root: composed.root, hydra: HydraSection.runtime(of: composed), inputs: inputs)
    root = try resolver.resolvedRoot()
    notices = Array(resolver.notices.values)
    digest = Digest(of: try CanonicalJSON.write(root.significant.json))
  }

  /// As Hydra prints it with `--cfg job`: interpolations stand.
  public var yaml: String { YAMLPrinter.print(composed.root) }

  /// As Hydra prints it with `--cfg job --resolve`.
  public var resolvedYAML: String { YAMLPrinter.print(root) }

  /// The chosen option of each config group; nil for `null`.
  public var choices: [(group: String, choice: String?)] { composed.choices }

  /// The node at a dotted path, or nil.
  public func subtree(_ path: String) -> ConfigNode? { root[path: path] }

  /// Where the value at a dotted path was written, or nil if there is none.
  public func origin(of path: String) -> Origin? { root[path: path]?.origin }
}

extension ConfigNode {
  /// As JSON. Infinities and NaN, which JSON lacks, become `{"$float": ".inf"}`, `"-.inf"` or `".nan"`.
  public var json: JSONValue {
    switch value {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .int(let integer): .int(Int64(integer))
    case .float(let double):
      double.isFinite ? .double(double) : .object(["$float": .string(FloatText.yaml(double))])
    case .string(let string): .string(string)
    case .list(let elements): .array(elements.map(\.json))
    case .mapping(let entries): .object(JSONObject(entries.map { JSONObject.Member($0.key, $0.value.json) }))
    }
  }
}
