import OrderedCollections

/// Merges configs into one tree: the fourth phase of composition.
///
/// Mappings merge deeply, lists are replaced, the later scalar wins; `???` replaces nothing. A value keeps the place
/// that its key had first. Where the tree has an interpolation that leads to a collection, what is merged meets a copy
/// of that collection.
///
/// Source: OmegaConf 2.3 `basecontainer.py`, `_map_merge`.
enum ConfigMerge {
  /// `content` under the keys of a dotted package.
  static func embed(_ content: ConfigNode, in package: String) -> ConfigNode {
    embed(content, in: package.split(separator: ".").map(String.init)[...])
  }

  /// `content` under `keys`.
  static func embed(_ content: ConfigNode, in keys: ArraySlice<String>) -> ConfigNode {
    keys.reversed().reduce(content) { inner, key in ConfigNode(.mapping([key: inner]), origin: .implied) }
  }

  /// Merges `incoming` into `root`.
  ///
  /// - Throws: `ConfigError.cannotMerge` where a list meets a mapping.
  /// - Complexity: O(values of `incoming`); more where interpolations are in the way.
  static func merge(_ incoming: ConfigNode, into root: inout ConfigNode, inputs: ResolverInputs = ResolverInputs())
    throws
  {
    if meetsInterpolation(incoming, root) {
      try mergeStepwise(incoming, into: &root, at: ConfigPath(keys: []), inputs: inputs)
    } else {
      var path: [String] = []
      try merge(incoming, into: &root, at: &path)
    }
  }

  private static func merge(_ incoming: ConfigNode, into existing: inout ConfigNode, at path: inout [String]) throws {
    guard case .mapping(let news) = incoming.value, case .mapping(var entries) = existing.value else {
      try requireSameKind(incoming, existing, at: ConfigPath(keys: path))
      if !incoming.value.isMissing { existing = incoming }
      return
    }
    existing.value = .null  // releases the storage, so that `entries` is changed in place
    defer { existing.value = .mapping(entries) }
    if case .implied = existing.origin { existing.origin = incoming.origin }
    for (key, node) in news {
      if entries[key] == nil {
        entries[key] = node
      } else {
        path.append(key)
        try merge(node, into: &entries[key, default: node], at: &path)
        path.removeLast()
      }
    }
  }

  // MARK: Interpolations in the way

  /// Whether merging would put a collection, or `???`, where an interpolation stands.
  private static func meetsInterpolation(_ incoming: ConfigNode, _ existing: ConfigNode) -> Bool {
    guard case .mapping(let news) = incoming.value, case .mapping(let entries) = existing.value else { return false }
    return news.contains { key, node in
      guard let existing = entries[key] else { return false }
      switch (node.value, existing.value) {
      case (.mapping, .mapping): return meetsInterpolation(node, existing)
      case (.mapping, .string(let text)), (.list, .string(let text)): return Interpolation.isNeeded(for: text)
      case (_, .string(let text)): return node.value.isMissing && Interpolation.isNeeded(for: text)
      default: return false
      }
    }
  }

  /// Key by key, so that the whole tree, as far as it is merged, can be asked what an interpolation leads to.
  private static func mergeStepwise(
    _ incoming: ConfigNode, into root: inout ConfigNode, at path: ConfigPath, inputs: ResolverInputs
  ) throws {
    guard case .mapping(let news) = incoming.value else { return }
    for (key, node) in news {
      let place = path.appending(key)
      if let target = InterpolationResolver.collection(at: place, in: root, inputs: inputs) {
        root.put(target, at: place.keys[...])
      }
      guard let existing = root[at: place.keys[...]] else {
        root.put(node, at: place.keys[...])
        continue
      }
      if case (.mapping, .mapping) = (node.value, existing.value) {
        try mergeStepwise(node, into: &root, at: place, inputs: inputs)
      } else {
        try requireSameKind(node, existing, at: place)
        if !node.value.isMissing { root.put(node, at: place.keys[...]) }
      }
    }
  }

  private static func requireSameKind(_ incoming: ConfigNode, _ existing: ConfigNode, at path: ConfigPath) throws {
    switch (incoming.value, existing.value) {
    case (.list, .mapping), (.mapping, .list):
      throw ConfigError.cannotMerge(
        path: path.description, existing: existing.value.kindName, place: existing.origin,
        incoming: incoming.value.kindName, origin: incoming.origin)
    default: return
    }
  }
}
