import Ledger
import Planning
import Schemas
import Storage

/// The answers of one evaluation and what they were given to.
public struct EvaluationResult: Sendable {
  public let subject: EvaluationSubject
  public let config: EvaluationConfig
  public let problems: ProblemSet
  /// In order of modes, then problems.
  public let answers: [Answer]

  public init(subject: EvaluationSubject, config: EvaluationConfig, problems: ProblemSet, answers: [Answer]) {
    precondition(answers.count == config.modes.count * problems.problems.count, "every problem is asked in every mode")
    self.subject = subject
    self.config = config
    self.problems = problems
    self.answers = answers
  }

  /// Names the question: the split and a digest over everything its answers follow from. An evaluation has this name, or
  /// where it was asked before a number behind it.
  public var id: PathComponent {
    let parts = [subject.weightsDigest, problems.digest, config.digest].map(\.description) + [String(config.seed)]
    let digest = Digest(of: parts.joined(separator: "\n")).hexadecimal.prefix(12)
    return PathComponent(checked: config.split.rawValue + "-" + digest)
  }

  /// The samples of one mode, in order of problems.
  public func samples(_ mode: PlanningMode) -> [SampleRecord] {
    answers.map(\.sample).filter { $0.mode == mode.rawValue }
  }

  /// What the answers of one mode are evidence of.
  ///
  /// - Parameters:
  ///   - run: What the files of the run say that was asked.
  ///   - name: Of the configuration that asked.
  public func identity(of search: SearchConfig, run: RunFacts, askedBy name: String) -> MetricIdentity {
    var fields = run.fields
    fields[.weights] = subject.weightsDigest.description
    fields[.evaluation] = PinnedName(name, config.digest).description
    fields[.dataset] = PinnedName(problems.dataset, problems.datasetDigest).description
    fields[.split] = config.split.rawValue
    fields[.splitRule] = String(problems.splitRule)
    fields[.splitSalt] = problems.splitSalt
    fields[.problems] = problems.digest.description
    fields[.mode] = search.mode.rawValue
    fields[.search] = search.settingsText
    fields[.budget] = String(search.budget)
    fields[.weightsFormat] = subject.weightsFormat
    fields[.seed] = String(config.seed)
    fields[.rules] = String(MetricIdentity.rulesVersion)
    return MetricIdentity(fields)
  }

  /// The scores.
  ///
  /// - Parameters:
  ///   - id: The evaluation's name, as `EvaluationStore.freeID(for:)` gave it.
  ///   - recordedAt: Seconds since 1970-01-01 UTC.
  ///   - winRates: Comparisons made with `winRates(over:of:)`.
  public func summary(
    id: PathComponent? = nil, recordedAt: Double, codexVersion: String, threads: Int, winRates: [WinRateRecord] = []
  ) throws -> EvaluationSummary {
    EvaluationSummary(
      evaluationID: (id ?? self.id).text, runID: subject.runID, template: subject.template, recordedAt: recordedAt,
      codexVersion: codexVersion, split: config.split.rawValue, problemCount: problems.problems.count,
      problemSetDigest: problems.digest, seed: config.seed, threads: threads,
      runConfigDigest: subject.runConfigDigest, evaluationConfigDigest: config.digest,
      weightsDigest: subject.weightsDigest, datasetDigest: problems.datasetDigest,
      modes: try config.modes.map { try ModeSummary($0, samples($0.mode)) }, winRates: winRates)
  }

  /// Win rates over another run's samples, one for each mode that both were asked in.
  ///
  /// - Throws: `EvaluationError.differentProblems`.
  public func winRates(over reference: [SampleRecord], of referenceRunID: String) throws -> [WinRateRecord] {
    try config.modes.compactMap { search in
      let name = search.mode.rawValue
      let theirs = reference.filter { $0.mode == name }
      guard !theirs.isEmpty else { return nil }
      return try WinRate.compare(samples(search.mode), with: theirs, of: referenceRunID, mode: name)
    }
  }
}
