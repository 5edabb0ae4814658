/// Changes lists in place: `tags=append(x)`, `tags=prepend(x)`, `tags=remove(x)`.
///
/// An extension: Hydra 1.3 can only replace a list. With `+` the list must not exist yet, with `++` it may.
enum ListEditing {
  /// The list at the override's key after `edit`; what stays keeps its origin.
  ///
  /// - Throws: `ConfigError` if there is no list, or if an element to remove is not in it.
  static func edited(_ root: ConfigNode, by edit: ListEdit, _ override: Override) throws -> ConfigNode {
    let elements = try list(in: root, for: override)
    let news = edit.elements.map { $0.node(at: override.origin) }
    switch edit.operation {
    case .append: return ConfigNode(.list(elements + news), origin: override.origin)
    case .prepend: return ConfigNode(.list(news + elements), origin: override.origin)
    case .remove:
      for gone in news where !elements.contains(where: { $0.value.hasSameContent(as: gone.value) }) {
        throw ConfigError.nothingToRemove(
          path: override.key, value: ConfigText.brief(gone.value),
          elements: elements.map { ConfigText.brief($0.value) },
          origin: override.origin)
      }
      let kept = elements.filter { element in !news.contains { element.value.hasSameContent(as: $0.value) } }
      return ConfigNode(.list(kept), origin: override.origin)
    }
  }

  /// The list to edit; empty where `+` and `++` may make one.
  private static func list(in root: ConfigNode, for override: Override) throws -> [ConfigNode] {
    let existing = root[path: override.key]
    switch existing?.value {
    case .list(let elements)? where override.action != .add: return elements
    case let value? where override.action == .change || !ConfigEdit.isVacant(value):
      if override.action == .add {
        throw ConfigError.occupied(path: override.key, text: override.text, origin: override.origin)
      }
      throw ConfigError.notAList(
        path: override.key, value: ConfigText.brief(value), key: override.key, origin: override.origin)
    // An absent key of a plain edit is refused, with its neighbours, when the list is put in its place.
    case _: return []
    }
  }
}
