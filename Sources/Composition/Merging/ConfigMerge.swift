import OrderedCollections

/// Merges configs into one tree: the fourth phase of composition.
///
/// Mappings merge deeply, lists are replaced, the later scalar wins; `???` replaces nothing. A value keeps the place
/// that its key had first.
enum ConfigMerge {
  /// The content of all `items`, each under its package.
  static func merge(_ items: [DefaultsList.Item], from repository: inout ConfigRepository) throws -> ConfigNode {
    var root = ConfigNode(.mapping([:]), origin: .implied)
    for item in items {
      guard let file = try repository.load(item.config) else { continue }
      merge(embed(file.content, in: item.package), into: &root)
    }
    return root
  }

  /// `content` under the keys of a dotted package.
  static func embed(_ content: ConfigNode, in package: String) -> ConfigNode {
    package.split(separator: ".").reversed().reduce(content) { inner, key in
      ConfigNode(.mapping([String(key): inner]), origin: .implied)
    }
  }

  /// Merges `incoming` into `existing`.
  static func merge(_ incoming: ConfigNode, into existing: inout ConfigNode) {
    guard case .mapping(let news) = incoming.value, case .mapping(var entries) = existing.value else {
      if !incoming.value.isMissing { existing = incoming }
      return
    }
    existing.value = .null  // releases the storage, so that `entries` is changed in place
    for (key, node) in news {
      if entries[key] == nil {
        entries[key] = node
      } else {
        merge(node, into: &entries[key, default: node])
      }
    }
    existing.value = .mapping(entries)
    if case .implied = existing.origin { existing.origin = incoming.origin }
  }
}
