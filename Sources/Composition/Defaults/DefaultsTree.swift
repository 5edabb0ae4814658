/// The configs that a primary config includes, as a tree.
///
/// A branch is a config with a defaults list; its own content is the `_self_` leaf among its children. A leaf without
/// children is a config that stands for itself.
indirect enum DefaultsTree: Sendable {
  case leaf(DefaultsEntry)
  case branch(DefaultsEntry, [DefaultsTree])

  var entry: DefaultsEntry {
    switch self {
    case .leaf(let entry), .branch(let entry, _): entry
    }
  }
}
