/// The configs to merge, in order: the third phase of composition.
struct DefaultsList: Sendable {
  let items: [IncludedConfig]

  /// Flattens `tree` depth first.
  ///
  /// - Throws: `ConfigError.repeatedChoice` if one choice occurs twice.
  init(_ tree: DefaultsTree) throws {
    var items: [IncludedConfig] = [], keys: Set<String> = []
    func add(_ entry: DefaultsEntry, isOwnContent: Bool, parent: DefaultsEntry?) throws {
      let package = entry.finalPackage
      guard package.split(separator: ".").count <= CompositionLimits.pathDepth else {
        throw ConfigError.limitExceeded(
          what: "parts of a package", limit: CompositionLimits.pathDepth, origin: entry.origin)
      }
      items.append(
        IncludedConfig(
          config: entry.configName, package: package, isOwnContent: isOwnContent, isPrimary: parent == nil,
          parent: parent?.configName, origin: entry.origin))
    }
    func visit(_ tree: DefaultsTree, parent: DefaultsEntry?, grandparent: DefaultsEntry?) throws {
      guard case .leaf(let entry) = tree else {
        guard case .branch(let entry, let children) = tree else { return }
        for child in children { try visit(child, parent: entry, grandparent: parent) }
        return
      }
      if entry.isOwnContent, let parent {
        try add(parent, isOwnContent: true, parent: grandparent)
        return
      }
      if entry.isDeleted || entry.isMissing || entry.name == nil { return }
      if case .group = entry.kind, !keys.insert(entry.choiceKey).inserted {
        throw ConfigError.repeatedChoice(key: entry.choiceKey, origin: entry.origin)
      }
      try add(entry, isOwnContent: false, parent: parent)
    }
    try visit(tree, parent: nil, grandparent: nil)
    self.items = items
  }
}
