import OrderedCollections

/// Applies the overrides of values to the merged tree: the fifth phase of composition.
///
/// The tree is closed: a plain override changes what exists, `+` adds what does not, `++` does either.
///
/// Source: Hydra 1.3 `config_loader_impl.py`, `_apply_overrides_to_config`; OmegaConf 2.3 `OmegaConf.update`.
enum ConfigEdit {
  static func apply(_ override: Override, to root: inout ConfigNode, inputs: ResolverInputs) throws {
    guard override.package == nil else {
      throw ConfigError.notAGroup(text: override.text, group: override.key, candidates: [])
    }
    let path = ConfigPath(override.key)
    if case .edit(let edit)? = override.value {
      return try set(ListEditing.edited(root, by: edit, override), override, at: path, in: &root)
    }
    if let node = override.node { try InterpolationCheck.check(node, at: path) }
    switch override.action {
    case .delete: try delete(path, override: override, in: &root, inputs: inputs)
    case .add:
      if let value = try current(path, override, in: root, inputs: inputs), !isVacant(value),
        !isCollection(override.value)
      {
        throw ConfigError.occupied(path: override.key, text: override.text, origin: override.origin)
      }
      try set(override.node, override, at: path, in: &root)
    case .forceAdd, .change: try set(override.node, override, at: path, in: &root)
    }
  }

  /// Whether `+` may put something in this place.
  static func isVacant(_ value: ConfigValue) -> Bool {
    value.isNull || value.isMissing
  }

  private static func isCollection(_ value: OverrideValue?) -> Bool {
    switch value {
    case .element(.list), .element(.mapping): true
    default: false
    }
  }

  /// The value at `path`, through interpolations; nil if there is none.
  ///
  /// - Throws: `ConfigError` if an interpolation on the way cannot be resolved: Hydra looks there too.
  private static func current(_ path: ConfigPath, _ override: Override, in root: ConfigNode, inputs: ResolverInputs)
    throws -> ConfigValue?
  {
    var resolver = InterpolationResolver(root: root, inputs: inputs)
    switch try resolver.select(path.description, at: ConfigPath(keys: []), origin: override.origin) {
    case .found(let place): return try resolver.node(at: place)?.node.value
    case .absent, .noCollection, .outside: return nil
    case .noIndex(let parent, let key):
      var count = 0
      if case .list(let elements)? = try resolver.node(at: parent)?.node.value { count = elements.count }
      throw ConfigError.badIndex(path: parent.description, key: key, count: count, origin: override.origin)
    }
  }

  private static func set(
    _ value: ConfigNode?, _ override: Override, at path: ConfigPath, in root: inout ConfigNode
  ) throws {
    guard let value else { return }
    do {
      try Assignment(value: value, path: path, override: override).perform(on: &root, depth: 0)
    } catch ConfigError.unknownKey(let path, let candidates, let origin) where candidates.isEmpty {
      if path.hasPrefix("hydra.") { throw ConfigError.settingOfHydra(path: path, origin: origin) }
      let near = Suggestion.settings(like: path, among: root.settings)
      throw ConfigError.unknownKey(path: path, candidates: near, origin: origin)
    }
  }

  private static func delete(_ path: ConfigPath, override: Override, in root: inout ConfigNode, inputs: ResolverInputs)
    throws
  {
    guard root[at: path.keys[...]] != nil, !path.keys.isEmpty else {
      let near = Suggestion.settings(like: override.key, among: root.sectionsAndLeaves)
      throw ConfigError.nothingToDelete(path: override.key, candidates: near, origin: override.origin)
    }
    let value = try current(path, override, in: root, inputs: inputs)
    // `~a=null` deletes whatever `a` is: Hydra takes null for no value.
    if let value, let expected = override.node?.value, !expected.isNull, !value.pythonEquals(expected) {
      throw ConfigError.deletionMismatch(
        path: override.key, value: ConfigText.brief(value), expected: ConfigText.brief(expected),
        origin: override.origin)
    }
    remove(path.keys[...], from: &root)
  }

  private static func remove(_ keys: ArraySlice<String>, from node: inout ConfigNode) {
    guard let key = keys.first else { return }
    switch node.value {
    case .mapping(var entries):
      node.value = .null
      if keys.count == 1 {
        entries.removeValue(forKey: key)
      } else if var child = entries[key] {
        remove(keys.dropFirst(), from: &child)
        entries[key] = child
      }
      node.value = .mapping(entries)
    case .list(var elements):
      guard let index = Int(key), elements.indices.contains(index) else { return }
      if keys.count == 1 { elements.remove(at: index) } else { remove(keys.dropFirst(), from: &elements[index]) }
      node.value = .list(elements)
    default: return
    }
  }
}

/// One assignment on its way down the tree.
private struct Assignment {
  let value: ConfigNode
  let path: ConfigPath
  let override: Override

  /// Whether keys may be added.
  private var isOpening: Bool { override.action == .add || override.action == .forceAdd }

  func perform(on node: inout ConfigNode, depth: Int) throws {
    guard depth < path.keys.count else { return try assign(to: &node) }
    let key = path.keys[depth]
    switch node.value {
    case .mapping(var entries):
      node.value = .null
      defer { node.value = .mapping(entries) }
      if entries[key] == nil {
        guard isOpening else {
          throw unknownKey(key, in: ConfigNode(.mapping(entries), origin: node.origin), depth: depth)
        }
        entries[key] = ConfigMerge.embed(value, in: path.keys[(depth + 1)...])
      } else {
        try perform(on: &entries[key, default: value], depth: depth + 1)
      }
    case .list(var elements):
      guard let index = Int(key), elements.indices.contains(index) else {
        throw ConfigError.badIndex(path: prefix(depth), key: key, count: elements.count, origin: override.origin)
      }
      try perform(on: &elements[index], depth: depth + 1)
      node.value = .list(elements)
    default:
      // A scalar is in the way: `+` and `++` replace it by a mapping.
      guard isOpening else { throw unknownKey(key, in: node, depth: depth) }
      node = ConfigMerge.embed(value, in: path.keys[depth...])
    }
  }

  /// Mappings merge into mappings, everything else is replaced.
  private func assign(to node: inout ConfigNode) throws {
    switch (node.value, value.value) {
    case (.mapping, .mapping(let entries)):
      for (key, entry) in entries {
        let nested = Assignment(value: entry, path: path.appending(key), override: override)
        try nested.perform(on: &node, depth: path.keys.count)
      }
    case (.mapping, .list), (.list, .mapping):
      throw ConfigError.cannotMerge(
        path: path.description, existing: node.value.kindName, place: node.origin, incoming: value.value.kindName,
        origin: override.origin)
    default: node = value
    }
  }

  private func unknownKey(_ key: String, in node: ConfigNode, depth: Int) -> ConfigError {
    let rest = path.keys[(depth + 1)...]
    let nearest = Suggestion.nearest(to: key, among: node.entries.map { Array($0.keys) } ?? []).map { near in
      // The whole setting, if it is one under the other name.
      let whole = node[at: [near] + rest] == nil ? [near] : [near] + rest
      return (path.keys.prefix(depth) + whole).joined(separator: ".")
    }
    return .unknownKey(path: path.description, candidates: nearest, origin: override.origin)
  }

  private func prefix(_ depth: Int) -> String { path.keys.prefix(depth).joined(separator: ".") }
}

extension ConfigNode {
  /// The dotted paths of all settings in this tree; what configures Hydra is none of them.
  fileprivate var settings: [String] { leaves().map(\.path).filter { !$0.hasPrefix("hydra.") } }

  /// The same, and those of the mappings that hold them.
  fileprivate var sectionsAndLeaves: [String] {
    var paths: OrderedSet<String> = []
    for path in settings {
      let keys = path.split(separator: ".")
      for count in 1...max(1, keys.count) { paths.append(keys.prefix(count).joined(separator: ".")) }
    }
    return Array(paths)
  }
}
