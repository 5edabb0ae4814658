/// A config that takes part in a composition, and where its content goes: a row of `--info defaults`.
public struct IncludedConfig: Sendable, Equatable {
  /// Its name, e.g. `db/mysql`.
  public let config: String
  /// Dotted; empty for the root.
  public let package: String
  /// Whether this is the place of `_self_` in the list of a config that has one.
  public let isOwnContent: Bool
  public let isPrimary: Bool
  /// The config that includes this one; nil for the primary.
  public let parent: String?
  /// The entry that includes it: a line of a defaults list, or the override that chose it.
  public let origin: Origin
}

/// What includes what: a row of `--info defaults-tree` with those below it.
public struct IncludeTree: Sendable, Equatable {
  /// A config's name, or `group: choice`.
  public let label: String
  public let children: [IncludeTree]

  init(_ tree: DefaultsTree) {
    switch tree {
    case .leaf(let entry): (label, children) = (Self.label(of: entry), [])
    case .branch(let entry, let trees): (label, children) = (Self.label(of: entry), trees.map(IncludeTree.init))
    }
  }

  private static func label(of entry: DefaultsEntry) -> String {
    switch entry.kind {
    case .ownContent: "_self_"
    case .config: entry.configName
    case .group: "\(entry.choiceKey): \(entry.name ?? "null")"
    }
  }
}
