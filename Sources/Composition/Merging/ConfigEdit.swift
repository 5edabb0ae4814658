import OrderedCollections

/// Applies the overrides of values to the merged tree: the fifth phase of composition.
///
/// The tree is closed: a plain override changes what exists, `+` adds what does not, `++` does either.
enum ConfigEdit {
  static func apply(_ overrides: [Override], to root: inout ConfigNode) throws {
    for override in overrides {
      guard override.package == nil else { throw ConfigError.notAGroup(text: override.text, group: override.key) }
      let path = ConfigPath(override.key)
      if case .edit(let edit)? = override.value {
        try set(
          ListEditing.edited(root, by: edit, override), override, at: path, opening: override.isOpening, in: &root)
        continue
      }
      switch override.action {
      case .delete: try delete(path, override: override, in: &root)
      case .add:
        if let existing = root[path: override.key], !isVacant(existing.value), !isCollection(override.value) {
          throw ConfigError.occupied(path: override.key, text: override.text, origin: override.origin)
        }
        try set(override.node, override, at: path, opening: true, in: &root)
      case .forceAdd, .change:
        try set(override.node, override, at: path, opening: override.isOpening, in: &root)
      }
    }
  }

  /// Whether `+` may put something in this place.
  static func isVacant(_ value: ConfigValue) -> Bool {
    if case .null = value { return true }
    return value.isMissing
  }

  private static func isCollection(_ value: OverrideValue?) -> Bool {
    switch value {
    case .element(.list), .element(.mapping): true
    default: false
    }
  }

  private static func set(
    _ value: ConfigNode?, _ override: Override, at path: ConfigPath, opening: Bool, in root: inout ConfigNode
  ) throws {
    guard let value else { return }
    let edit = Assignment(value: value, path: path, isOpening: opening, override: override)
    try edit.perform(on: &root, depth: 0)
  }

  private static func delete(_ path: ConfigPath, override: Override, in root: inout ConfigNode) throws {
    guard let existing = root[path: override.key], !path.keys.isEmpty else {
      throw ConfigError.nothingToDelete(path: override.key, origin: override.origin)
    }
    if let expected = override.node, !existing.value.hasSameContent(as: expected.value) {
      throw ConfigError.deletionMismatch(
        path: override.key, value: ConfigText.brief(existing.value), expected: ConfigText.brief(expected.value),
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

extension Override {
  /// Whether keys may be added.
  fileprivate var isOpening: Bool { action == .add || action == .forceAdd }
}

/// One assignment on its way down the tree.
private struct Assignment {
  let value: ConfigNode
  let path: ConfigPath
  /// Whether keys may be added.
  let isOpening: Bool
  let override: Override

  func perform(on node: inout ConfigNode, depth: Int) throws {
    guard depth < path.keys.count else { return try assign(to: &node) }
    let key = path.keys[depth]
    switch node.value {
    case .mapping(var entries):
      node.value = .null
      defer { node.value = .mapping(entries) }
      if entries[key] == nil {
        guard isOpening else { throw unknownKey(key, among: Array(entries.keys), depth: depth) }
        entries[key] = ConfigMerge.embed(
          ConfigNode(value.value, origin: value.origin), in: path.keys.dropFirst(depth + 1).joined(separator: "."))
      } else {
        try perform(on: &entries[key, default: value], depth: depth + 1)
      }
    case .list(var elements):
      guard let index = Int(key), elements.indices.contains(index) else {
        throw ConfigError.badIndex(
          path: prefix(depth), key: key, count: elements.count, origin: override.origin)
      }
      try perform(on: &elements[index], depth: depth + 1)
      node.value = .list(elements)
    default:
      // A scalar is in the way: `+` and `++` replace it by a mapping.
      guard isOpening else { throw unknownKey(key, among: [], depth: depth) }
      node = ConfigMerge.embed(value, in: path.keys.dropFirst(depth).joined(separator: "."))
    }
  }

  /// Mappings merge into mappings, everything else is replaced.
  private func assign(to node: inout ConfigNode) throws {
    switch (node.value, value.value) {
    case (.mapping, .mapping(let entries)):
      for (key, entry) in entries {
        let nested = Assignment(value: entry, path: path.appending(key), isOpening: isOpening, override: override)
        try nested.perform(on: &node, depth: path.keys.count)
      }
    case (.mapping, .list), (.list, .mapping):
      throw ConfigError.cannotMerge(
        path: path.description, existing: node.value.kindName, incoming: value.value.kindName, origin: override.origin)
    default: node = value
    }
  }

  private func unknownKey(_ key: String, among keys: [String], depth: Int) -> ConfigError {
    let parent = prefix(depth)
    let nearest = Suggestion.nearest(to: key, among: keys).map { parent.isEmpty ? $0 : "\(parent).\($0)" }
    return .unknownKey(path: path.description, candidates: nearest, origin: override.origin)
  }

  private func prefix(_ depth: Int) -> String { path.keys.prefix(depth).joined(separator: ".") }
}
