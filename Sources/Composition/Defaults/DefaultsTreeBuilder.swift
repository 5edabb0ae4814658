/// Builds the tree of includes: the second phase of composition.
///
/// Lists are walked from their last entry to the first, so that the last `override` of a choice is the one recorded.
/// Entries whose name is an interpolation are expanded after their siblings, when the choices are known.
///
/// Source: Hydra 1.3 (`version_base=1.3`), page "The Defaults List".
struct DefaultsTreeBuilder {
  private(set) var repository: ConfigRepository
  private(set) var overrides: GroupOverrides
  private let inputs: ResolverInputs
  /// Whether `???` includes nothing, instead of being an error.
  var allowsMissingChoices = false
  private var entryCount = 0

  init(repository: ConfigRepository, overrides: GroupOverrides, inputs: ResolverInputs) {
    self.inputs = inputs
    self.repository = repository
    self.overrides = overrides
  }

  /// The tree below the config `name`.
  mutating func build(primary name: String) throws -> DefaultsTree {
    guard let file = try repository.load(name) else {
      throw ConfigError.primaryConfigNotFound(
        name: name, nearest: Suggestion.paths(like: name, among: repository.sources.list.map(\.name)))
    }
    let root = DefaultsEntry(.config(path: name), origin: file.start).placed(in: "", package: "")
    return try expand(root, includers: [], isPrimary: true, isInterpolated: false)
  }

  /// Expands `entry`, which is placed and has its final choice.
  private mutating func expand(
    _ entry: DefaultsEntry, includers: [String], isPrimary: Bool, isInterpolated: Bool
  ) throws -> DefaultsTree {
    var entry = entry
    entryCount += 1
    guard entryCount <= CompositionLimits.defaultsCount else {
      throw ConfigError.limitExceeded(
        what: "included configs", limit: CompositionLimits.defaultsCount, origin: entry.origin)
    }
    guard includers.count < CompositionLimits.includeDepth else {
      throw ConfigError.includedTooDeep(
        chain: Array(includers.suffix(3)), limit: CompositionLimits.includeDepth, origin: entry.origin)
    }
    // An interpolated name is checked here only: before, it was no file name.
    let file = entry.name == nil || entry.isMissing ? nil : try repository.load(entry.configName, namedAt: entry.origin)
    entry.packageHeader = file?.packageHeader.map(Self.absolute)
    if overrides.deletes(entry) {
      entry.isDeleted = true
      return .leaf(entry)
    }
    try overrides.record(entry)
    if entry.name == nil { return .leaf(entry) }
    if entry.isMissing {
      guard allowsMissingChoices else { throw missingChoice(entry) }
      return .leaf(entry)
    }
    guard let file else {
      guard entry.isOptional else { throw notFound(entry, includer: includers.last) }
      entry.isDeleted = true
      return .leaf(entry)
    }
    let list = try list(of: file, entry: entry, isPrimary: isPrimary, isInterpolated: isInterpolated)
    let children = try expand(
      list, of: entry, includers: includers + [entry.configName], isInterpolated: isInterpolated)
    return children.isEmpty ? .leaf(entry) : .branch(entry, children)
  }

  /// The entries of a config's list, placed, `_self_` made explicit, its `override` entries recorded.
  private mutating func list(
    of file: ConfigFile, entry parent: DefaultsEntry, isPrimary: Bool, isInterpolated: Bool
  ) throws -> [DefaultsEntry] {
    var list = file.defaults
    if let second = list.filter(\.isOwnContent).dropFirst().first {
      throw ConfigError.badDefaults(
        config: parent.configName, problem: "Duplicate _self_ defined in \(parent.configName)", origin: second.origin)
    }
    let appended = isPrimary ? overrides.appended : []
    let includes = list.contains { !$0.isOverride && !$0.isOwnContent } || !appended.isEmpty
    // Without `_self_` a config's own content comes last, and wins. A list of overrides alone includes nothing.
    if includes, !list.contains(where: \.isOwnContent) {
      list.append(DefaultsEntry(.ownContent, origin: file.content.origin))
    }
    let package = parent.finalPackage
    list = (list + appended).map { $0.placed(in: parent.group, package: package) }
    try recordOverrides(in: list, of: parent, isInterpolated: isInterpolated)
    return list.filter { !$0.isOverride }
  }

  private mutating func recordOverrides(
    in list: [DefaultsEntry], of parent: DefaultsEntry, isInterpolated: Bool
  ) throws {
    var last: DefaultsEntry?
    for entry in list where !entry.isOwnContent {
      guard entry.isOverride else {
        if let last, !entry.isAppended {
          throw ConfigError.overrideNotLast(
            config: parent.configName, override: "\(last.choiceKey) : \(last.name ?? "null")",
            entry: "\(entry.choiceKey): \(entry.name ?? "null")", origin: last.origin)
        }
        continue
      }
      last = entry
      if isInterpolated {
        throw ConfigError.overrideInInterpolatedSubtree(
          config: parent.configName, override: "\(entry.choiceKey)=\(entry.name ?? "null")", origin: entry.origin)
      }
      overrides.add(entry, of: parent.configName)
    }
  }

  private mutating func expand(
    _ list: [DefaultsEntry], of parent: DefaultsEntry, includers: [String], isInterpolated: Bool
  ) throws -> [DefaultsTree] {
    var reversed: [DefaultsTree] = []
    for listed in list.reversed() {
      let entry = try overrides.applied(to: listed)
      if case .group(let path, .names(let names)) = entry.kind {
        for name in names.reversed() {
          var choice = entry
          choice.kind = .config(path: "\(path)/\(name)")
          reversed.append(
            try expand(choice, includers: includers, isPrimary: false, isInterpolated: isInterpolated))
        }
      } else if entry.isOwnContent || entry.isInterpolation {
        reversed.append(.leaf(entry))
      } else {
        reversed.append(try expand(entry, includers: includers, isPrimary: false, isInterpolated: isInterpolated))
      }
    }
    // The choices as they are now: what these entries include in turn is not seen by their siblings.
    var interpolation: ChoiceInterpolation?
    for (index, child) in reversed.enumerated() where child.entry.isInterpolation {
      let choices = interpolation ?? ChoiceInterpolation(choices: overrides.choices, inputs: inputs)
      interpolation = choices
      let entry = try choices.resolved(child.entry)
      reversed[index] = try expand(entry, includers: includers, isPrimary: false, isInterpolated: true)
    }
    return reversed.reversed()
  }

  /// A header's package is absolute.
  private static func absolute(_ header: String) -> String {
    header == "_global_" || header.hasPrefix("_global_.") ? header : header.isEmpty ? "_global_" : "_global_.\(header)"
  }

  // MARK: Errors

  private func missingChoice(_ entry: DefaultsEntry) -> ConfigError {
    guard case .group = entry.kind else {
      return .badDefaults(
        config: entry.configName, problem: "'???' stands for the choice of a group, not for a config",
        origin: entry.origin)
    }
    return .mandatoryChoice(
      key: entry.choiceKey, options: repository.sources.options(in: entry.group), origin: entry.origin)
  }

  private func notFound(_ entry: DefaultsEntry, includer: String?) -> ConfigError {
    .configNotFound(
      path: entry.configName, includedBy: includer, options: repository.sources.options(in: entry.group),
      origin: entry.origin)
  }
}
