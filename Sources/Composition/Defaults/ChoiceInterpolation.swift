/// Resolves interpolations in the names of defaults-list entries: `combo: ${server}_${db}`.
///
/// Keys are choices (`db/engine`, `db@backup`), not configuration values.
struct ChoiceInterpolation {
  let choices: [(key: String, name: String?)]

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
    func refusal() -> ConfigError { .unresolvableChoice(text: text, keys: choices.map(\.key), origin: origin) }
    var result = "", rest = text[...]
    while let start = rest.ranges(of: "${").first {
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else { throw refusal() }
      let key = String(rest[start.upperBound..<end])
      guard let choice = choices.first(where: { $0.key == key }), let name = choice.name else { throw refusal() }
      result += rest[..<start.lowerBound] + name
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
