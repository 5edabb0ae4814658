extension ConfigError {
  /// The problems, one by one: those of `problems`, or the error itself.
  public var each: [ConfigError] {
    guard case .problems(let problems) = self else { return [self] }
    return problems.flatMap(\.each)
  }

  /// The place that the message names first; nil where it is about no place.
  public var origin: Origin? {
    switch self {
    case .primaryConfigNotFound, .badName, .badOverride, .sweepInOneRun, .noSuchSetting, .groupOverrideNeedsName,
      .groupForceAdd,
      .notAGroup,
      .problems, .unknownTemplate, .noWorkspace:
      nil
    case .settingOfHydra(_, let origin), .badSearchPath(_, _, _, let origin), .searchPathElsewhere(_, let origin),
      .badSweep(_, _, _, let origin),
      .badSweepEntry(_, _, let origin), .unreadableYAML(let origin, _), .duplicateKey(_, let origin),
      .limitExceeded(_, _, let origin),
      .configNotFound(_, _, _, let origin), .badDefaults(_, _, let origin), .overrideNotLast(_, _, _, let origin),
      .overrideInInterpolatedSubtree(_, _, let origin), .unmatchedGroupOverride(_, _, _, _, let origin),
      .unmatchedGroupDeletion(_, let origin), .includedTooDeep(_, _, let origin), .multipleChoices(_, _, let origin),
      .repeatedChoice(_, let origin), .mandatoryChoice(_, _, let origin), .unresolvableChoice(_, _, let origin),
      .unknownKey(_, _, let origin), .occupied(_, _, let origin), .nothingToDelete(_, _, let origin),
      .deletionMismatch(_, _, _, let origin), .cannotMerge(_, _, _, _, let origin), .badIndex(_, _, _, let origin),
      .notAList(_, _, _, let origin), .nothingToRemove(_, _, _, let origin),
      .interpolation(_, _, _, _, let origin), .mandatoryValue(_, let origin), .absentValue(_, _, let origin),
      .wrongKind(_, _, _, let origin), .outOfRange(_, _, _, let origin), .unreadKey(_, _, let origin):
      origin
    }
  }
}
