extension ConfigError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadableYAML(let origin, let problem): "\(origin): not readable YAML: \(problem)"
    case .duplicateKey(let key, let origin): "\(origin): found duplicate key '\(key)'. Keep one of the two."
    case .limitExceeded(let what, let limit, let origin): "\(origin): more than \(limit) \(what). Split or shorten it."
    case .primaryConfigNotFound(let name, let nearest):
      "Cannot find primary config '\(name)'."
        + (nearest.isEmpty ? " 'codex init' writes the built-in ones out, to choose from." : Self.didYouMean(nearest))
    case .configNotFound(let path, let includer, let options, let origin):
      "\(origin): \(includer.map { "In '\($0)': " } ?? "")Could not find '\(path)'."
        + Self.didYouMean(Self.options(like: path, among: options))
        + (options.isEmpty ? " Create it, or mark its entry 'optional'." : " Available: \(Self.list(options)).")
    case .badName(let name, let problem, let remedy, let origin):
      "\(origin.map { "\($0): " } ?? "")'\(name)' is no config name: \(problem). \(remedy)"
    case .badSearchPath(let path, let problem, let remedy, let origin):
      "\(origin): hydra.searchpath: '\(path)' \(problem). \(remedy)"
    case .settingOfHydra(let path, let origin):
      "\(origin): '\(path)' configures Hydra itself; of that, codex has hydra.searchpath and hydra.sweeper.params. Leave it out."
    case .searchPathElsewhere(let config, let origin):
      "\(origin): In '\(config)': Overriding hydra.searchpath is only supported from the primary config. Move it there."
    case .badOverride(let text, let column, let problem, let remedy):
      "Cannot read the override at column \(column): \(problem).\n\(Self.excerpt(text, column))\n\(remedy)"
    case .sweepInOneRun(let text, let key, let isSimple):
      isSimple
        ? "Ambiguous value for argument '\(CaretExcerpt.line(text))'.\n"
          + "To use it as a list: \(key)=[value1,value2]; as a text: \(key)=\\'value1,value2\\'; "
          + "to run with each value: add --multirun."
        : "Sweep parameters '\(CaretExcerpt.line(text))' requires --multirun. To run with each value, add it; to use a text, quote it."
    case .badSweep(let text, let problem, let remedy, let origin):
      "\(Self.place(of: origin))Cannot sweep over '\(text)': \(problem). \(remedy)"
    case .badSweepEntry(let key, let reason, let origin): "\(origin): In the sweep of '\(key)': \(reason)"
    case .groupOverrideNeedsName(let text, let group):
      "'\(text)': '\(group)' is a config group; its value must be a name or a list of names."
    case .groupForceAdd(let text):
      "force-add of config groups is not supported: '\(text)'. Use one '+' to append, none to replace."
    case .notAGroup(let text, let group, let candidates):
      "Override \(text) looks like a config group override, but config group '\(group)' does not exist."
        + (candidates.isEmpty ? " Leave '@…' out to set a value." : Self.didYouMean(candidates))
    case .badDefaults(let config, let problem, let origin):
      "\(origin): Invalid defaults list in '\(config)': \(problem)."
    case .overrideNotLast(let config, let override, let entry, let origin):
      "\(origin): In \(config): Override '\(override)' is defined before '\(entry)'. "
        + "Overrides must be at the end of the defaults list."
    case .overrideInInterpolatedSubtree(let config, let override, let origin):
      "\(origin): \(config): Default List Overrides are not allowed in the subtree of an interpolated config group "
        + "(override \(override)). Move it to a config that is named outright."
    case .unmatchedGroupOverride(let key, let config, let choices, let remedy, let origin):
      "\(origin): \(config.map { "In '\($0)': " } ?? "")Could not override '\(key)'."
        + (choices.isEmpty ? " No match in the defaults list." : " Did you mean to override \(Self.list(choices))?")
        + remedy
    case .unmatchedGroupDeletion(let key, let origin):
      "\(origin): Could not delete '\(key)'. No match in the defaults list."
    case .includedTooDeep(let chain, let limit, let origin):
      "\(origin): configs include one another more than \(limit) deep (… → \(chain.joined(separator: " → ")) → …). "
        + "Remove one of these entries."
    case .multipleChoices(let key, let previous, let origin):
      "\(origin): Multiple values for \(key). To override a value use 'override \(key): \(previous)'"
    case .repeatedChoice(let key, let origin):
      "\(origin): \(key) appears more than once in the final defaults list. "
        + "Remove one, or put it elsewhere with '@package'."
    case .mandatoryChoice(let key, let options, let origin):
      "\(origin): You must specify '\(key)', e.g, \(key)=<OPTION>. Available: \(Self.list(options))."
    case .unresolvableChoice(let text, let keys, let origin):
      "\(origin): Error resolving interpolation '\(text)'"
        + (keys.isEmpty ? "" : ", possible interpolation keys: \(Self.list(keys))")
    case .unknownKey(let path, let candidates, let origin):
      "\(origin): Could not override '\(path)'. No such setting.\(Self.didYouMean(candidates)) "
        + "To add it, use '+\(path)=…'."
    case .occupied(let path, let text, let origin):
      "\(origin): Could not append to config. An item is already at '\(path)'. "
        + "To change it: '\(text.dropFirst())'; to change or add it: '+\(text)'."
    case .nothingToDelete(let path, let candidates, let origin):
      "\(origin): Could not delete from config. '\(path)' does not exist.\(Self.didYouMean(candidates))"
    case .deletionMismatch(let path, let value, let expected, let origin):
      "\(origin): Could not delete from config. The value of '\(path)' is \(value) and not \(expected)."
    case .cannotMerge(let path, let existing, let place, let incoming, let origin):
      "\(origin): cannot merge \(incoming) into '\(path)', which holds \(existing)\(Self.seen(at: place)). "
        + (origin.isOverride ? "Delete it first with '~\(path)'." : "Make both the same, or use another key.")
    case .notAList(let path, let value, let key, let origin):
      "\(origin): '\(path)' is \(value), not a list. To make it one, write '\(key)=[…]'."
    case .nothingToRemove(let path, let value, let elements, let origin):
      "\(origin): \(value) is not in '\(path)'. "
        + (elements.isEmpty ? "The list is empty." : "It has: \(Self.list(elements)).")
    case .badIndex(let path, let key, let count, let origin):
      "\(origin): '\(path)' is a list of \(count); '\(key)' is no index of it. "
        + "To add an element, write '\(path)=append(…)'."
    case .interpolation(let text, let path, let problem, let remedy, let origin):
      "\(origin): cannot resolve '\(text)' at '\(path)': \(problem). \(remedy)"
    case .noSuchSetting(let path, let candidates):
      "No config and no override sets '\(path)'.\(Self.didYouMean(candidates))"
        + (candidates.isEmpty ? " 'codex config compose' prints all settings." : "")
    case .mandatoryValue(let path, let origin):
      "\(origin): '\(path)' must be given (it is '???'). Set it with '\(path)=<value>'."
    case .absentValue(let path, let expected, let place):
      "\(place): no setting '\(path)'; expected \(expected). Add it with '+\(path)=<value>'."
    case .wrongKind(let path, let expected, let value, let origin):
      // The text may have been meant: 'no' is false here.
      "\(origin): '\(path)' is \(value); expected \(expected). "
        + (expected == "a string" && !origin.isOverride ? "Quote it, or override with" : "Override with")
        + " '\(path)=<value>'."
    case .outOfRange(let path, let value, let allowed, let origin):
      "\(origin): '\(path)' is \(value); allowed: \(allowed). Override with '\(path)=<value>'."
    case .unreadKey(let path, let candidates, let origin):
      "\(origin): no setting '\(path)'.\(Self.didYouMean(candidates)) Remove it: nothing reads it."
    case .problems(let problems): problems.map(\.description).joined(separator: "\n")
    case .unknownTemplate(let name, let nearest):
      "no template '\(name)'.\(Self.didYouMean(nearest)) 'codex reasoning-templates list' names all."
    case .noWorkspace(let action): "cannot \(action) without a workspace. Run 'codex init' there first."
    }
  }

  /// The options near the one that `path` ends in; of a name of one letter every other is near.
  private static func options(like path: String, among options: [String]) -> [String] {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.count > 1 ? Suggestion.nearest(to: name, among: options) : []
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

  private static func didYouMean(_ names: [String]) -> String {
    names.isEmpty ? "" : " Did you mean \(names.map { "'\($0)'" }.joined(separator: " or "))?"
  }

  /// Names the place, unless it is the override that the message shows anyway.
  private static func place(of origin: Origin) -> String {
    if case .file = origin { return "\(origin): " }
    return ""
  }

  private static func seen(at place: Origin) -> String {
    if case .implied = place { return "" }
    return " (\(place))"
  }

  private static func excerpt(_ text: String, _ column: Int) -> String {
    let excerpt = CaretExcerpt(text, column: column)
    return "  \(excerpt.line)\n  \(excerpt.caret)"
  }
}
