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

  /// Names the evaluation: the split and a digest over everything its answers follow from, so that asking again replaces it.
  public var id: PathComponent {
    let parts = [subject.weightsDigest, problems.digest, config.digest].map(\.description) + [String(config.seed)]
    let digest = Digest(of: parts.joined(separator: "\n")).hexadecimal.prefix(12)
    return PathComponent(checked: config.split.rawValue + "-" + digest)
  }

  /// The samples of one mode, in order of problems.
  public func samples(_ mode: PlanningMode) -> [SampleRecord] {
    answers.map(\.sample).filter { $0.mode == mode.rawValue }
  }

  /// The scores.
  ///
  /// - Parameters:
  ///   - recordedAt: Seconds since 1970-01-01 UTC.
  ///   - winRates: Comparisons made with `winRates(over:of:)`.
  public func summary(
    recordedAt: Double, codexVersion: String, threads: Int, winRates: [WinRateRecord] = []
  ) throws -> EvaluationSummary {
    EvaluationSummary(
      evaluationID: id.text, runID: subject.runID, template: subject.template, recordedAt: recordedAt,
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
