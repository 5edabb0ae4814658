/// Why a configuration could not be composed or believed. Cases carry facts; `description` makes the sentence.
public enum ConfigError: Error, Equatable {
  // Reading YAML
  case unreadableYAML(origin: Origin, problem: String)
  case duplicateKey(key: String, origin: Origin)
  case limitExceeded(what: String, limit: Int, origin: Origin)
  // Sources
  case primaryConfigNotFound(name: String, nearest: [String])
  case configNotFound(path: String, includedBy: String?, options: [String], origin: Origin)
  case badName(name: String, problem: String, remedy: String, origin: Origin?)
  case badSearchPath(path: String, problem: String, remedy: String, origin: Origin)
  case settingOfHydra(path: String, origin: Origin)
  case searchPathElsewhere(config: String, origin: Origin)
  // Overrides
  case badOverride(text: String, column: Int, problem: String, remedy: String)
  case sweepInOneRun(text: String, key: String, isSimple: Bool)
  case badSweep(text: String, problem: String, remedy: String, origin: Origin)
  case badSweepEntry(key: String, reason: String, origin: Origin)
  case groupOverrideNeedsName(text: String, group: String)
  case groupForceAdd(text: String)
  case notAGroup(text: String, group: String, candidates: [String])
  // Defaults lists
  case badDefaults(config: String, problem: String, origin: Origin)
  case overrideNotLast(config: String, override: String, entry: String, origin: Origin)
  case overrideInInterpolatedSubtree(config: String, override: String, origin: Origin)
  case unmatchedGroupOverride(key: String, config: String?, choices: [String], remedy: String, origin: Origin)
  case unmatchedGroupDeletion(key: String, origin: Origin)
  case includedTooDeep(chain: [String], limit: Int, origin: Origin)
  case multipleChoices(key: String, previous: String, origin: Origin)
  case repeatedChoice(key: String, origin: Origin)
  case mandatoryChoice(key: String, options: [String], origin: Origin)
  case unresolvableChoice(text: String, keys: [String], origin: Origin)
  // Merging and edits
  case unknownKey(path: String, candidates: [String], origin: Origin)
  case occupied(path: String, text: String, origin: Origin)
  case nothingToDelete(path: String, candidates: [String], origin: Origin)
  case deletionMismatch(path: String, value: String, expected: String, origin: Origin)
  case cannotMerge(path: String, existing: String, place: Origin, incoming: String, origin: Origin)
  case notAList(path: String, value: String, key: String, origin: Origin)
  case nothingToRemove(path: String, value: String, elements: [String], origin: Origin)
  case badIndex(path: String, key: String, count: Int, origin: Origin)
  // Interpolation
  case interpolation(text: String, path: String, problem: String, remedy: String, origin: Origin)
  // Reading
  case noSuchSetting(path: String, candidates: [String])
  case mandatoryValue(path: String, origin: Origin)
  case absentValue(path: String, expected: String, place: Origin)
  case wrongKind(path: String, expected: String, value: String, origin: Origin)
  case outOfRange(path: String, value: String, allowed: String, origin: Origin)
  case unreadKey(path: String, candidates: [String], origin: Origin)
  /// Several problems, each on its own line.
  case problems([ConfigError])
  // Templates
  case unknownTemplate(name: String, nearest: [String])
  case noWorkspace(action: String)
}
