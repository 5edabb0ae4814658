import OrderedCollections

/// Resolves interpolations in the names of defaults-list entries: `combo: ${server}_${db}`.
///
/// Keys are choices (`db/engine`, `db@backup`), not configuration values.
struct ChoiceInterpolation {
  private let choices: OrderedDictionary<String, ConfigNode>
  private let inputs: ResolverInputs

  init(choices: [(key: String, name: String?)], inputs: ResolverInputs) {
    let known = choices.map { ($0.key, ConfigNode($0.name.map { .string($0) } ?? .null, origin: .implied)) }
    self.choices = OrderedDictionary(known, uniquingKeysWith: { first, _ in first })
    self.inputs = inputs
  }

  /// `entry` with its interpolations replaced.
  ///
  /// - Throws: `ConfigError.unresolvableChoice` naming the keys that exist.
  func resolved(_ entry: DefaultsEntry) throws -> DefaultsEntry {
    var entry = entry
    switch entry.kind {
    case .config(let path): entry.kind = .config(path: try resolved(path, origin: entry.origin))
    case .group(let path, .name(let name)):
      entry.kind = .group(path: path, choice: .name(try resolved(name, origin: entry.origin)))
    case .ownContent, .group: break
    }
    return entry
  }

  private func resolved(_ text: String, origin: Origin) throws -> String {
    var resolver = InterpolationResolver(root: ConfigNode(.mapping(choices), origin: .implied), inputs: inputs)
    // Below the choices, where Hydra puts it: `${.x}` finds nothing, `${..x}` a choice.
    let place = ConfigPath(keys: ["_", "_"])
    guard let outcome = try? resolver.outcome(of: ConfigNode(.string(text), origin: origin), at: place),
      case .string(let name)? = try? resolver.value(of: outcome).value
    else { throw ConfigError.unresolvableChoice(text: text, keys: Array(choices.keys), origin: origin) }
    return name
  }
}
