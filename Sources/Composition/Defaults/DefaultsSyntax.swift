/// Reads the entries of a `defaults:` list: `CONFIG(@PACKAGE)` or `(optional|override) GROUP(@PACKAGE): CHOICE`.
enum DefaultsSyntax {
  static func entries(in list: ConfigNode, config: String) throws -> [DefaultsEntry] {
    func refuse(_ problem: String, at origin: Origin) -> ConfigError {
      .badDefaults(config: config, problem: problem, origin: origin)
    }
    guard case .list(let items) = list.value else {
      throw refuse("defaults must be a list (got \(list.value.kindName))", at: list.origin)
    }
    return try items.map { item in
      switch item.value {
      case .string(let text):
        let (path, package) = try split(text) { refuse($0, at: item.origin) }
        if path == "_self_" {
          guard package == nil else { throw refuse("_self_@PACKAGE is not supported", at: item.origin) }
          return DefaultsEntry(.ownContent, origin: item.origin)
        }
        return DefaultsEntry(.config(path: path), package: package, origin: item.origin)
      case .mapping(let entries):
        guard let (key, choice) = entries.elements.first, entries.count == 1 else {
          throw refuse("an entry has one group, this has \(entries.count)", at: item.origin)
        }
        return try groupEntry(key: key, choice: choice) { refuse($0, at: choice.origin) }
      default: throw refuse("an entry is a config or 'group: choice', not \(item.value.kindName)", at: item.origin)
      }
    }
  }

  private static func groupEntry(
    key: String, choice: ConfigNode, refuse: (String) -> ConfigError
  ) throws -> DefaultsEntry {
    let (keyed, package) = try split(key, refuse: refuse)
    let words = keyed.split(separator: " ")
    guard let group = words.last, group != "/" else { throw refuse("missing group name in '\(key)'") }
    var entry = DefaultsEntry(
      .group(path: String(group), choice: try self.choice(choice, refuse: refuse)), package: package,
      origin: choice.origin)
    for word in words.dropLast() {
      switch word {
      case "optional": entry.isOptional = true
      case "override": entry.isOverride = true
      default: throw refuse("'\(word)' is no keyword; known: optional, override")
      }
    }
    return entry
  }

  private static func choice(_ node: ConfigNode, refuse: (String) -> ConfigError) throws -> DefaultsEntry.Choice {
    switch node.value {
    case .null: return .none
    case .string(let name): return .name(name)
    case .list(let elements):
      return .names(
        try elements.map { element in
          guard case .string(let name) = element.value else {
            throw refuse("unsupported value \(element.value.kindName); items of a choice must be strings")
          }
          if name.contains("${") { throw refuse("interpolation is not supported in a list of choices: '\(name)'") }
          return name
        })
    default: throw refuse("unsupported value \(node.value.kindName); a choice is a name, a list of names or null")
    }
  }

  private static func split(
    _ text: String, refuse: (String) -> ConfigError
  ) throws -> (String, package: String?) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    // `@old:new` renamed packages in Hydra 1.0; 1.3 passes over what follows the colon.
    guard parts.count == 1 || !parts[1].contains(":") else { throw refuse("'\(parts[1])' is no package") }
    return (parts[0], parts.count > 1 ? parts[1] : nil)
  }
}
