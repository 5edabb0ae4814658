/// The overrides that edit the defaults list, and which of them have found their entry.
///
/// Overrides of the command line come first; `override` entries of configs are added as the tree is walked, from the
/// outermost list inward and from the last entry to the first, and never replace one that is there.
struct GroupOverrides {
  private struct Replacement {
    /// A list of something else than names is a fault once it is used: a later override may have replaced it.
    let choice: Result<DefaultsEntry.Choice, ConfigError>
    let origin: Origin
    /// The config whose `override` entry this is; nil for the command line.
    let config: String?
    /// The override as typed, for the hint to append instead.
    let text: String?
    var isUsed = false
  }

  private struct Deletion {
    /// Only this choice is deleted, if given.
    let choice: String?
    let origin: Origin
    var isUsed = false
  }

  private var replacements: [String: Replacement] = [:]
  private var deletions: [String: Deletion] = [:]
  // Keys in the order given, so that the first problem reported does not depend on hashing.
  private var replacementOrder: [String] = []
  private var deletionOrder: [String] = []
  private(set) var appended: [DefaultsEntry] = []
  /// The choices made so far, in the order in which they were met.
  private(set) var choices: [(key: String, name: String?)] = []
  private var choicePlaces: [String: Int] = [:]
  private var choicesByGroup: [String: Set<String>] = [:]

  /// Takes the overrides of config groups out of `overrides`.
  ///
  /// - Returns: The group overrides and the rest, which edit values.
  static func split(_ overrides: [Override], sources: ConfigSources) throws -> (GroupOverrides, values: [Override]) {
    var groups = GroupOverrides(), values: [Override] = []
    for override in overrides {
      guard !override.key.isEmpty else {
        throw ConfigError.badOverride(
          text: override.text, column: 1, problem: "there is no key", remedy: "Write 'key=value'.")
      }
      if case .element(.mapping)? = override.value {
        values.append(override)
      } else if sources.hasGroup(override.key) {
        try groups.take(override)
      } else {
        values.append(override)
      }
    }
    return (groups, values)
  }

  private mutating func take(_ override: Override) throws {
    let key = override.choiceKey
    switch override.action {
    case .forceAdd: throw ConfigError.groupForceAdd(text: override.text)
    case .delete:
      // `~group=null` deletes whatever was chosen, as `~group` does.
      let choice = try override.node.flatMap { $0.value.isNull ? nil : try Self.name($0, of: override) }
      if deletions[key] == nil { deletionOrder.append(key) }
      deletions[key] = Deletion(choice: choice, origin: override.origin)
    case .add:
      var entry = DefaultsEntry(
        .group(path: override.key, choice: try Self.choice(of: override)), package: override.package,
        origin: override.origin)
      entry.isAppended = true
      appended.append(entry)
    case .change:
      if replacements[key] == nil { replacementOrder.append(key) }
      replacements[key] = Replacement(
        choice: try Self.replacement(of: override), origin: override.origin, config: nil, text: override.text)
    }
  }

  private static func choice(of override: Override) throws -> DefaultsEntry.Choice {
    if case .list(let elements)? = override.node?.value {
      return .names(try elements.map { try name($0, of: override) })
    }
    guard let node = override.node else {
      throw ConfigError.groupOverrideNeedsName(text: override.text, group: override.key)
    }
    return .name(try name(node, of: override))
  }

  private static func replacement(of override: Override) throws -> Result<DefaultsEntry.Choice, ConfigError> {
    do { return .success(try choice(of: override)) } catch let error as ConfigError {
      guard case .list? = override.node?.value else { throw error }
      return .failure(error)
    }
  }

  private static func name(_ node: ConfigNode, of override: Override) throws -> String {
    guard case .string(let name) = node.value else {
      throw ConfigError.groupOverrideNeedsName(text: override.text, group: override.key)
    }
    return name
  }

  // MARK: While the tree is walked

  /// Records an `override` entry of `config`.
  mutating func add(_ entry: DefaultsEntry, of config: String) {
    guard case .group(_, let choice) = entry.kind, replacements[entry.choiceKey] == nil else { return }
    replacementOrder.append(entry.choiceKey)
    replacements[entry.choiceKey] = Replacement(
      choice: .success(choice), origin: entry.origin, config: config, text: nil)
  }

  /// The entry with the choice that overrides ask for. What the command line appended is no config's to override (Hydra 1.4;
  /// 1.3 drops the command line's choice).
  mutating func applied(to entry: DefaultsEntry) throws -> DefaultsEntry {
    guard case .group(let path, _) = entry.kind, let replacement = replacements[entry.choiceKey],
      !entry.isAppended || replacement.config == nil
    else { return entry }
    replacements[entry.choiceKey]?.isUsed = true
    var entry = entry
    entry.kind = .group(path: path, choice: try replacement.choice.get())
    entry.origin = replacement.origin
    return entry
  }

  /// Whether overrides delete `entry`; marks the deletion as used.
  mutating func deletes(_ entry: DefaultsEntry) -> Bool {
    guard case .group = entry.kind, let deletion = deletions[entry.choiceKey],
      deletion.choice == nil || deletion.choice == entry.name
    else { return false }
    deletions[entry.choiceKey]?.isUsed = true
    return true
  }

  /// Records the choice of a group entry.
  ///
  /// - Throws: `ConfigError.multipleChoices` if the same key already has another one.
  mutating func record(_ entry: DefaultsEntry) throws {
    guard case .group = entry.kind else { return }
    let key = entry.choiceKey
    if let place = choicePlaces[key] {
      guard choices[place].name == entry.name else {
        throw ConfigError.multipleChoices(key: key, previous: choices[place].name ?? "null", origin: entry.origin)
      }
    } else {
      choicePlaces[key] = choices.count
      choices.append((key, entry.name))
    }
    choicesByGroup[entry.group, default: []].insert(key)
  }

  /// - Throws: `ConfigError` for the first override that found no entry.
  func requireAllUsed() throws {
    for key in replacementOrder {
      guard let replacement = replacements[key], !replacement.isUsed else { continue }
      let group = String(key.prefix { $0 != "@" })
      if group.hasPrefix("hydra/") { throw ConfigError.settingOfHydra(path: key, origin: replacement.origin) }
      throw ConfigError.unmatchedGroupOverride(
        key: key, config: replacement.config, choices: choicesByGroup[group, default: []].subtracting([key]).sorted(),
        remedy: replacement.text.map { " To append to your default list use +\($0)" } ?? "", origin: replacement.origin)
    }
    for key in deletionOrder {
      guard let deletion = deletions[key], !deletion.isUsed else { continue }
      throw ConfigError.unmatchedGroupDeletion(
        key: deletion.choice.map { "\(key)=\($0)" } ?? key, origin: deletion.origin)
    }
  }
}
