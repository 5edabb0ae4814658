import OrderedCollections

/// The section `hydra` of a configuration: settings of the composition itself, which a job does not see.
///
/// codex reads `hydra.searchpath` and `hydra.sweeper.params`. Files may set others for Hydra's sake; the command line
/// may not, since nothing would come of it.
enum HydraSection {
  static let key = "hydra"

  /// What stands before any file is merged.
  static let initial: ConfigNode = {
    func mapping(_ entries: OrderedDictionary<String, ConfigNode>) -> ConfigNode {
      ConfigNode(.mapping(entries), origin: .implied)
    }
    return mapping([
      "searchpath": ConfigNode(.list([]), origin: .implied), "sweeper": mapping(["params": mapping([:])]),
    ])
  }()

  /// Takes the section out of a composed tree.
  ///
  /// - Throws: `ConfigError.wrongKind` unless it is a mapping.
  static func take(from root: inout ConfigNode) throws -> ConfigNode {
    guard case .mapping(var entries) = root.value else { return initial }
    let section = entries.removeValue(forKey: key) ?? initial
    guard section.entries != nil else {
      throw ConfigError.wrongKind(
        path: key, expected: "a mapping of Hydra's settings", value: ConfigText.brief(section.value),
        origin: section.origin)
    }
    root.value = .mapping(entries)
    return section
  }

  /// The section with what a run knows of itself: what `${hydra:…}` reads.
  static func runtime(of composed: ComposedConfig) -> ConfigNode {
    func text(_ text: String) -> ConfigNode { ConfigNode(.string(text), origin: .implied) }
    func mapping(_ entries: OrderedDictionary<String, ConfigNode>) -> ConfigNode {
      ConfigNode(.mapping(entries), origin: .implied)
    }
    func texts(_ all: [String]) -> ConfigNode { ConfigNode(.list(all.map(text)), origin: .implied) }
    let tasks = composed.overrides.filter { !$0.drop { $0 == "+" || $0 == "~" }.hasPrefix("hydra.") }
    let choices = OrderedDictionary(
      composed.choices.map { ($0.group, $0.choice.map(text) ?? ConfigNode(.null, origin: .implied)) },
      uniquingKeysWith: { first, _ in first })
    let known = mapping([
      "job": mapping([
        "name": text(composed.name.split(separator: "/").last.map(String.init) ?? composed.name),
        "config_name": text(composed.name), "override_dirname": text(tasks.sorted().joined(separator: ",")),
      ]),
      "overrides": mapping(["task": texts(tasks), "hydra": texts(composed.overrides.filter { !tasks.contains($0) })]),
      "runtime": mapping(["choices": mapping(choices), "version_base": text("1.3")]),
    ])
    var section = composed.hydra
    // Both are mappings all the way down, unless a file put something else there; then the file has its way.
    try? ConfigMerge.merge(known, into: &section)
    return section
  }

  /// The directories that the command line, or else the primary config, adds to the search path.
  ///
  /// - Throws: `ConfigError.wrongKind` unless it is a list of texts.
  static func searchPath(
    of primary: ConfigFile?, overrides: [Override]
  ) throws -> [(path: String, provider: String, origin: Origin)] {
    let override = overrides.first { $0.keyText == "hydra.searchpath" }
    guard let node = override?.node ?? primary?.content[path: "hydra.searchpath"] else { return [] }
    if case .null = node.value { return [] }
    func refusal(_ node: ConfigNode) -> ConfigError {
      .wrongKind(
        path: "hydra.searchpath", expected: "a list of texts", value: ConfigText.brief(node.value), origin: node.origin)
    }
    guard case .list(let elements) = node.value else { throw refusal(node) }
    return try elements.map { element in
      guard case .string(let path) = element.value else { throw refusal(element) }
      return (path, "hydra.searchpath in \(override == nil ? "main" : "command-line")", element.origin)
    }
  }

  /// - Throws: `ConfigError.badDefaults` if a config other than the primary one sets the search path.
  static func refuseSearchPath(in content: ConfigNode, of item: IncludedConfig) throws {
    guard let node = content[path: "hydra.searchpath"] else { return }
    if case .null = node.value { return }
    throw ConfigError.searchPathElsewhere(config: item.config, origin: node.origin)
  }
}
