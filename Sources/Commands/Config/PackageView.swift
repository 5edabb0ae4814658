import Composition

/// A composed configuration, or what stands at one path of it, as Hydra prints it with `--cfg job` and `--package`.
struct PackageView {
  let node: ConfigNode
  /// What a person should know about it: of the whole, resolved.
  let notices: [ConfigNotice]
  private let path: String?

  /// - Parameter path: Dotted; nil and `_global_` are the whole.
  /// - Throws: `ConfigError.noSuchSetting` if there is nothing at `path`, `.interpolation`.
  init(_ composed: ComposedConfig, path: String?, isResolved: Bool, inputs: ResolverInputs) throws {
    self.path = path == "_global_" ? nil : path
    guard let path = self.path else {
      let resolved = isResolved ? try ResolvedConfig(composed, inputs: inputs) : nil
      (node, notices) = (resolved?.root ?? composed.root, resolved?.notices ?? [])
      return
    }
    notices = []
    let written = composed.root[path: path]
    // As Hydra does: a value is printed resolved even without --resolve, a mapping or list as it is written.
    guard
      let found = try isResolved || !(written.map(Self.isCollection) ?? false)
        ? composed.resolvedValue(at: path, inputs: inputs) : written
    else {
      let paths = composed.root.leaves().map(\.path)
      throw ConfigError.noSuchSetting(path: path, candidates: Suggestion.settings(like: path, among: paths))
    }
    node = found
  }

  /// The YAML, under a package header where a collection was asked for; a bare line for any other value.
  var yaml: String {
    guard let path else { return YAMLPrinter.print(node) }
    if case .null = node.value { return "null\n" }
    if let plain = ConfigText.embedded(node.value) { return plain + "\n" }
    return "# @package \(path)\n" + YAMLPrinter.print(node)
  }

  private static func isCollection(_ node: ConfigNode) -> Bool {
    switch node.value {
    case .mapping, .list: true
    default: false
    }
  }
}
