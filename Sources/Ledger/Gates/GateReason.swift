/// Why a clause holds, or why not: one word each, all of them in docs/reference/gates.md.
public enum GateReason: String, CaseIterable, Sendable {
  // The clause holds.
  case ok
  case waived

  // The figure is there and is not good enough.
  case belowThreshold = "below_threshold"
  case aboveThreshold = "above_threshold"

  // No measurement that the clause could be about.
  case emptyLedger = "empty_ledger"
  case noMeasurement = "no_measurement"
  case unfinishedMeasurement = "unfinished_measurement"
  case otherRun = "other_run"
  case wrongMode = "wrong_mode"
  case wrongGroup = "wrong_group"
  case wrongPreset = "wrong_preset"
  case notCurated = "not_curated"
  case identityIncomplete = "identity_incomplete"
  case runDoesNotSay = "run_does_not_say"

  // The measurement is of something else.
  case wrongTemplate = "wrong_template"
  case wrongTrainingData = "wrong_training_data"
  case wrongWeights = "wrong_weights"
  case wrongRunConfig = "wrong_run_config"
  case wrongDataset = "wrong_dataset"
  case wrongProblemSet = "wrong_problem_set"
  case wrongOverrides = "wrong_overrides"
  case wrongEvaluation = "wrong_evaluation"
  case wrongSplit = "wrong_split"
  case wrongSplitRule = "wrong_split_rule"
  case wrongSplitSalt = "wrong_split_salt"
  case wrongSearch = "wrong_search"
  case wrongBudget = "wrong_budget"
  case wrongWeightsFormat = "wrong_weights_format"
  case wrongSeed = "wrong_seed"
  case wrongRules = "wrong_rules"

  // What is judged, or compared with, was not trained to its end.
  case unfinishedRun = "unfinished_run"
  case unfinishedReference = "unfinished_reference"

  // The record cannot be believed.
  case wrongUnit = "wrong_unit"
  case noValue = "no_value"
  case noInterval = "no_interval"
  case outOfRange = "out_of_range"
  case tooFew = "too_few"
  case stale
  case fromTheFuture = "from_the_future"
  case contradictory

  // The items behind the record do not bear it out.
  case noItems = "no_items"
  case incompleteItems = "incomplete_items"
  case foreignItems = "foreign_items"
  case repeatedItem = "repeated_item"
  case disagreesWithItems = "disagrees_with_items"

  // The evaluation's own files do not bear the items out.
  case noTraces = "no_traces"
  case disagreesWithTraces = "disagrees_with_traces"
  case traceNotSound = "trace_not_sound"
  case recheckDisagrees = "recheck_disagrees"

  // The run compared with.
  case noReference = "no_reference"
  case unknownReference = "unknown_reference"
  case alteredReference = "altered_reference"
  case wrongReference = "wrong_reference"
  case referenceIsNoControl = "reference_is_no_control"
  case notPaired = "not_paired"
  case incompletePairs = "incomplete_pairs"
  case seedNotAsked = "seed_not_asked"
  case hiddenRun = "hidden_run"

  // What was to be declared before.
  case notDeclared = "not_declared"

  // The ledger against the run's metadata.
  case headNotPinned = "head_not_pinned"
  case headNotReached = "head_not_reached"

  // The ledger against its head file.
  case headFileMissing = "head_file_missing"
  case headFileAltered = "head_file_altered"
  case cutBelowHead = "cut_below_head"

  // Status pages and earlier milestones.
  case openActionItem = "open_action_item"
  case milestoneOpen = "milestone_open"
  case waiverMissing = "waiver_missing"
  case waiverUnreadable = "waiver_unreadable"
  case waiverOfOtherMilestone = "waiver_of_other_milestone"
  case waiverExpired = "waiver_expired"
  case waiverTooLong = "waiver_too_long"
  case waiverWithoutFigure = "waiver_without_figure"
  case waiverExcusesOtherClause = "waiver_excuses_other_clause"
  case waiverFigureWorse = "waiver_figure_worse"
  case unreadableSection = "unreadable_section"
  case misnamedPage = "misnamed_page"

  // Deployments.
  case noDeployments = "no_deployments"
  case notReported = "not_reported"
  case wrongPodConfig = "wrong_pod_config"
  case unregistered
  case missedWindow = "missed_window"
  case overridden
  case openOverride = "open_override"

  // Nothing could be judged: the exit code is not 1.
  case noLedger = "no_ledger"
  case unreadableLedger = "unreadable_ledger"
  case ledgerIsNoFile = "ledger_is_no_file"
  case tornTail = "torn_tail"
  case brokenChain = "broken_chain"
  case alteredLine = "altered_line"
  case malformedLine = "malformed_line"
  case wrongEnvelope = "wrong_envelope"
  case otherSpelling = "other_spelling"
  case duplicateKey = "duplicate_key"
  case unacceptableNumber = "unacceptable_number"
  case oversizedLine = "oversized_line"
  case unknownSchema = "unknown_schema"
  case unknownField = "unknown_field"
  case missingField = "missing_field"
  case wrongType = "wrong_type"
  case unknownMilestone = "unknown_milestone"
  case noRun = "no_run"
  case noWeights = "no_weights"
  case alteredRun = "altered_run"
  case unreadableRun = "unreadable_run"
  case noConfig = "no_config"
  case unexpectedConfig = "unexpected_config"
  case unreadableConfig = "unreadable_config"
  case configMissingValue = "config_missing_value"
  case configUnknownKey = "config_unknown_key"
  case configOutOfRange = "config_out_of_range"
  case configWrongKind = "config_wrong_kind"
  case configDuplicateKey = "config_duplicate_key"
  case unreadablePage = "unreadable_page"
  case verdictNotRecorded = "verdict_not_recorded"

  /// Whether a clause with this reason has passed.
  public var isPassing: Bool { self == .ok || self == .waived }
}

/// A clause's no: thrown where it is noticed, so that what follows may rely on what was checked.
struct GateRefusal: Error {
  let reason: GateReason
  /// What, expected, got and remedy, as a sentence.
  let message: String

  init(_ reason: GateReason, _ message: String) {
    self.reason = reason
    self.message = message
  }
}
