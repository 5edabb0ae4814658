import OrderedCollections

/// Sweeps written in a config: `codex.sweep`, and Hydra's `hydra.sweeper.params`.
///
///     codex:
///       sweep:
///         product: {model: "nano,micro", seed: "range(0,3)"}
///         zip: {training.learning_rate: [1.0e-3, 3.0e-4], training.warmup_steps: [100, 300]}
///
/// A list of such mappings is several sweeps, one after the other. Keys are those of overrides; a text is what would
/// stand after `=`, a list is a choice.
struct SweepBlock: Sendable {
  /// One sweep after the other; each is a list of overrides.
  let alternatives: [[Override]]

  /// Reads what stands under `codex:` in a config.
  init(section node: ConfigNode) throws {
    guard let entries = node.entries else { throw Self.refusal("codex", node, "a mapping with the key 'sweep'") }
    for (key, child) in entries where key != "sweep" {
      throw ConfigError.unreadKey(
        path: "codex.\(key)", candidates: Suggestion.nearest(to: key, among: ["sweep"]), origin: child.origin)
    }
    guard let sweep = entries["sweep"] else {
      alternatives = []
      return
    }
    let blocks: [ConfigNode]
    if case .list(let elements) = sweep.value { blocks = elements } else { blocks = [sweep] }
    alternatives = try blocks.map(Self.overrides(in:))
  }

  /// Reads `hydra.sweeper.params`, whose values are texts or plain scalars.
  init(hydraParams node: ConfigNode) throws {
    guard let entries = node.entries else {
      throw Self.refusal("hydra.sweeper.params", node, "a mapping of overrides")
    }
    alternatives = [
      try entries.map { key, value in
        switch value.value {
        case .list, .mapping, .null:
          throw Self.refusal("hydra.sweeper.params.\(key)", value, "text, as after '=' on the command line")
        default: try Self.override(key, value, zipped: false)
        }
      }
    ]
  }

  private static func overrides(in node: ConfigNode) throws -> [Override] {
    guard let entries = node.entries else {
      throw refusal("codex.sweep", node, "a mapping with the keys 'product' and 'zip'")
    }
    return try entries.flatMap { kind, axes in
      guard kind == "product" || kind == "zip" else {
        throw ConfigError.unreadKey(
          path: "codex.sweep.\(kind)", candidates: Suggestion.nearest(to: kind, among: ["product", "zip"]),
          origin: axes.origin)
      }
      guard let entries = axes.entries else { throw refusal("codex.sweep.\(kind)", axes, "a mapping of overrides") }
      return try entries.map { try override($0, $1, zipped: kind == "zip") }
    }
  }

  /// The override that an entry stands for.
  private static func override(_ key: String, _ node: ConfigNode, zipped: Bool) throws -> Override {
    let text = "\(key)=\(text(node))"
    let override: Override
    do {
      override = try OverrideParser.parse(text, at: node.origin)
    } catch let error as ConfigError {
      throw ConfigError.badSweepEntry(key: key, reason: error.description, origin: node.origin)
    }
    guard zipped else { return override }
    // A group that no command line can name: these sweeps advance with one another only.
    let elements: [OverrideElement]
    switch override.value {
    case .choice(let sweep): elements = sweep.elements
    case .range(let sweep):
      do {
        elements = try sweep.elements()
      } catch let problem as OverrideFunction.Problem {
        throw ConfigError.badSweepEntry(key: key, reason: problem.problem, origin: node.origin)
      }
    default: throw refusal("codex.sweep.zip.\(key)", node, "several values")
    }
    var sweep = ChoiceSweep(elements: elements, isSimple: false)
    sweep.zipGroup = "codex.sweep.zip"
    return override.replacingValue(with: .choice(sweep))
  }

  /// What would stand after the `=`.
  private static func text(_ node: ConfigNode) -> String {
    switch node.value {
    case .string(let text): text
    case .list(let elements): "choice(\(elements.map { element(of: $0).source }.joined(separator: ",")))"
    default: element(of: node).source
    }
  }

  private static func element(of node: ConfigNode) -> OverrideElement {
    switch node.value {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .int(let integer): .int(integer)
    case .float(let double): .float(double)
    case .string(let text): .string(text, quote: .single)
    case .list(let elements): .list(elements.map(element(of:)))
    case .mapping(let entries): .mapping(entries.mapValues(element(of:)))
    }
  }

  private static func refusal(_ path: String, _ node: ConfigNode, _ expected: String) -> ConfigError {
    .wrongKind(path: path, expected: expected, value: ConfigText.brief(node.value), origin: node.origin)
  }
}
