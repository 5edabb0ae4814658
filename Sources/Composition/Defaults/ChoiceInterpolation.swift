import OrderedCollections

/// Resolves interpolations in the names of defaults-list entries: `combo: ${server}_${db}`.
///
/// Keys are choices (`db/engine`, `db@backup`), not configuration values.
struct ChoiceInterpolation {
  let choices: [(key: String, name: String?)]
  let inputs: ResolverInputs

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
    let known = choices.map { ($0.key, ConfigNode($0.name.map { .string($0) } ?? .null, origin: origin)) }
    let entries = OrderedDictionary(known, uniquingKeysWith: { first, _ in first })
    var resolver = InterpolationResolver(root: ConfigNode(.mapping(entries), origin: origin), inputs: inputs)
    // Below the choices, where Hydra puts it: `${.x}` finds nothing, `${..x}` a choice.
    let place = ConfigPath(keys: ["_", "_"])
    guard let outcome = try? resolver.outcome(of: ConfigNode(.string(text), origin: origin), at: place),
      case .string(let name)? = try? resolver.value(of: outcome).value
    else { throw ConfigError.unresolvableChoice(text: text, keys: choices.map(\.key), origin: origin) }
    return name
  }
}
