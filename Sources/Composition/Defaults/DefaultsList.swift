/// The configs to merge, in order: the third phase of composition.
struct DefaultsList: Sendable {
  /// One config and the package that its content goes to.
  struct Item: Sendable, Equatable {
    let config: String
    let package: String
    /// The config that includes this one; nil for the primary.
    let parent: String?
  }

  let items: [Item]

  /// Flattens `tree` depth first.
  ///
  /// - Throws: `ConfigError.repeatedChoice` if one choice occurs twice.
  init(_ tree: DefaultsTree) throws {
    var items: [Item] = [], keys: Set<String> = []
    func visit(_ tree: DefaultsTree, parent: DefaultsEntry?, grandparent: DefaultsEntry?) throws {
      guard case .leaf(let entry) = tree else {
        guard case .branch(let entry, let children) = tree else { return }
        for child in children { try visit(child, parent: entry, grandparent: parent) }
        return
      }
      if entry.isOwnContent, let parent {
        items.append(Item(config: parent.configName, package: parent.finalPackage, parent: grandparent?.configName))
        return
      }
      if entry.isDeleted || entry.isMissing || entry.name == nil { return }
      if case .group = entry.kind, !keys.insert(entry.choiceKey).inserted {
        throw ConfigError.repeatedChoice(key: entry.choiceKey, origin: entry.origin)
      }
      items.append(Item(config: entry.configName, package: entry.finalPackage, parent: parent?.configName))
    }
    try visit(tree, parent: nil, grandparent: nil)
    self.items = items
  }
}
