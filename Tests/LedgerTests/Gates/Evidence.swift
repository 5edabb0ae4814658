import Ledger
import Runs
import Schemas
import Statistics
import Storage

/// The lines of a ledger on which every milestone passes, and the evaluations behind them: a declared question, two pairs of
/// runs with their evaluations, a latency report, four deployments.
struct Evidence {
  struct Subject: Sendable {
    let id: String
    /// The directory of `runs/` that holds it.
    let family: String
    let seed: UInt64
    let weights: Digest
    let config: Digest
    let overrides: String
  }

  /// An evaluation's files.
  struct Files: Sendable {
    let subject: Subject
    var stored: StoredEvaluation { didSet { kept = nil } }
    var path: String { "runs/\(subject.family)/\(subject.id)/evaluations/\(stored.summary.evaluationID)" }
    /// The contents of what no case has changed: encoding them again would be half of a case's time.
    private var kept: [(name: String, bytes: [UInt8])]?

    init(subject: Subject, stored: StoredEvaluation) throws {
      self.subject = subject
      self.stored = stored
      kept = try contents()
    }

    func contents() throws -> [(name: String, bytes: [UInt8])] {
      if let kept { return kept }
      func lines(_ records: [any Record]) throws -> [UInt8] {
        try records.flatMap { try RecordEncoder().bytes(of: $0) + [UInt8(ascii: "\n")] }
      }
      return [
        ("summary.json", try RecordEncoder().bytes(of: stored.summary)),
        ("samples.ndjson", try lines(stored.samples)), ("traces.ndjson", try lines(stored.traces)),
      ]
    }
  }

  /// By seed: the run and its control.
  let pairs: [(run: Subject, control: Subject)]
  private(set) var files: [Files] = []
  private var records: [any Record] = []

  static let mode = "best-first"
  /// Seconds before `Scene.now` at which measurements were recorded.
  static let age = 26 * 86_400.0
  static let search = "beam=4,temperature=1.0,token_budget=160,value_weight=1.0"

  /// - Parameter clause: Digest of M1's clause, which was declared.
  init(clause: Digest, pairs: [(run: Subject, control: Subject)]) throws {
    self.pairs = pairs
    records.append(Self.intention(clause))
    for (run, control) in pairs {
      for subject in [control, run] {
        records.append(Self.event(.started, subject))
        records.append(Self.event(.finished, subject))
      }
    }
    // The first line behind the events is the first answer of the first control.
    try addCandidateAndControl(pairs[0], wins: 60, losses: 10)
    try addCandidateAndControl(pairs[1], wins: 59, losses: 10)
    try addShadow(pairs[0].run)
    for week in 0..<4 {
      records.append(Self.deployment(daysAgo: 24 - 7 * week, of: pairs[0].run))
      records.append(Self.rollout(daysAgo: 24 - 7 * week))
    }
  }

  func lines() throws -> [SceneLine] { try records.map { try SceneLine($0) } }

  /// Lines before the first answer of the first control.
  static let preambleCount = 9

  static func problem(_ index: Int) -> Digest { Digest(of: "problem \(index)") }
  /// Twenty problems of the validation split.
  static func probe(_ index: Int) -> Digest { Digest(of: "probe \(index)") }

  // MARK: Measurements

  private mutating func addCandidateAndControl(
    _ pair: (run: Subject, control: Subject), wins: Int, losses: Int
  ) throws {
    let benchmark = PinnedName("reasoning/cot_lite", Scene.benchmark)
    // The control answers the last 40, the run the first `wins`, and those of the last that it does not lose.
    let theirs = items("c", of: pair.control) { $0 >= 60 }
    let ours = items("b", of: pair.run) { $0 < wins || ($0 >= 60 && $0 < Scene.count - losses) }
    let accuracy = try wilsonInterval(successes: 40, trials: Scene.count)
    try add(theirs, of: pair.control, "c", benchmark)
    let question = identity(pair.control, benchmark, "cot_lite", theirs)
    records.append(metric("reasoning.accuracy", 0.4, accuracy, theirs, question, nil))
    if pair.run.seed == 0 { try addCoverage(pair.run) }
    try add(ours, of: pair.run, "b", benchmark)
    let rate = try Bootstrap().winRate(wins: wins, ties: Scene.count - wins - losses, losses: losses)
    let reference = MetricReference(
      runID: pair.control.id, weightsDigest: pair.control.weights, runConfigDigest: pair.control.config,
      measurementID: theirs[0].measurementID)
    records.append(
      metric(
        "reasoning.win_rate", rate.value, rate.interval, ours, identity(pair.run, benchmark, "cot_lite", ours),
        reference))
  }

  private mutating func addCoverage(_ run: Subject) throws {
    let covered = items("a", of: run) { _ in true }
    let coverage = try wilsonInterval(successes: Scene.count, trials: Scene.count)
    // Other figures of the same measurement: of another metric, mode, group.
    let part = try wilsonInterval(successes: 10, trials: Scene.count)
    let dataset = PinnedName("reasoning/curriculum", Scene.dataset)
    let asked = identity(run, dataset, "reasoning", covered)
    var greedy = asked
    greedy[.mode] = "greedy"
    greedy[.budget] = "320"
    try add(covered, of: run, "a", dataset)
    records.append(metric("reasoning.accuracy", 0.1, part, covered, asked, nil))
    records.append(metric("reasoning.trace_coverage", 0.1, part, covered, greedy, nil, mode: "greedy"))
    records.append(metric("reasoning.trace_coverage", 0.1, part, covered, asked, nil, group: "countdown"))
    records.append(metric("reasoning.trace_coverage", 1, coverage, covered, asked, nil))
  }

  /// Twenty problems, asked in turn; the answers take 1, 2, 3, … milliseconds.
  private mutating func addShadow(_ run: Subject) throws {
    let shadow = (0..<Scene.count).map {
      item("\(run.id)/s", run, Self.probe($0 % 20), $0 % 20, correct: true, milliseconds: Double($0 + 1))
    }
    records += shadow
    var asked = identity(run, PinnedName("reasoning/curriculum", Scene.dataset), "reasoning_pod", shadow)
    asked[.split] = "validation"
    records.append(
      metric("reasoning.shadow_latency_p95", Double(shadow.count * 95 / 100), nil, shadow, asked, nil))
  }

  /// Items, and their evaluation on disk.
  private mutating func add(
    _ items: [ItemRecord], of subject: Subject, _ name: String, _ dataset: PinnedName
  ) throws {
    records += items
    let summary = EvaluationSummary(
      evaluationID: name, runID: subject.id, template: "curriculum", recordedAt: Scene.now - Self.age,
      codexVersion: "0", split: "test", problemCount: items.count, problemSetDigest: Self.problems(items), seed: 0,
      threads: 1, runConfigDigest: subject.config, evaluationConfigDigest: Digest(of: "evaluation"),
      weightsDigest: subject.weights, datasetDigest: Scene.dataset, modes: [], winRates: [])
    try files.append(
      Files(
        subject: subject,
        stored: StoredEvaluation(
          summary: summary, samples: items.map(\.sample),
          traces: items.map { Self.trace($0.sample, of: subject, dataset) })))
  }

  private func items(_ name: String, of subject: Subject, correct: (Int) -> Bool) -> [ItemRecord] {
    let id = "\(subject.id)/\(name)/\(Scene.now - Self.age)"
    return (0..<Scene.count).map {
      item(id, subject, Self.problem($0), $0, correct: correct($0), milliseconds: Double($0 + 1))
    }
  }

  private func item(
    _ id: String, _ subject: Subject, _ problem: Digest, _ number: Int, correct: Bool, milliseconds: Double
  ) -> ItemRecord {
    ItemRecord(
      measurementID: id, runID: subject.id,
      sample: SampleRecord(
        problemID: problem, world: "arithmetic", level: number % 3, category: "mixed", mode: Self.mode,
        traceID: "t\(number)", verdict: correct ? .verified : .abstained, correct: correct, covered: correct,
        abstention: correct ? nil : .budget, planDigest: correct ? Digest(of: "plan \(number)") : nil,
        repaired: number < 5, modelEvaluations: number, latencyMilliseconds: milliseconds, failure: nil))
  }

  private static func trace(
    _ sample: SampleRecord, of subject: Subject, _ dataset: PinnedName
  ) -> TraceRecord {
    TraceRecord(
      traceID: sample.traceID ?? "", runID: subject.id, phase: "evaluate", stage: nil, step: nil,
      template: "curriculum",
      problem: .init(
        id: sample.problemID, world: sample.world, goal: "g", level: sample.level, stepCount: 1, category: "mixed"),
      mode: sample.mode, seed: 0, budget: 64, search: search, dataset: dataset.description,
      weightsDigest: subject.weights, verdict: sample.verdict ?? .abstained, abstention: sample.abstention,
      plan: sample.correct ? "plan" : nil, planDigest: sample.planDigest, nodeCount: sample.correct ? 1 : nil,
      outcome: sample.correct ? "return" : nil, refused: nil, findings: [], repaired: sample.repaired,
      modelEvaluations: sample.modelEvaluations, logProbability: sample.correct ? -1 : nil)
  }

  // MARK: Records

  static func problems(_ items: [ItemRecord]) -> Digest {
    var seen: Set<Digest> = []
    let problems = items.map(\.sample.problemID).filter { seen.insert($0).inserted }
    return Digest(of: problems.map { "\($0)\n" }.joined())
  }

  private func identity(
    _ subject: Subject, _ dataset: PinnedName, _ evaluation: String, _ items: [ItemRecord]
  ) -> MetricIdentity {
    MetricIdentity([
      .run: subject.id, .template: Scene.template.description, .overrides: subject.overrides,
      .runConfig: subject.config.description, .weights: subject.weights.description,
      .trainedOn: "x@\(Scene.dataset)", .runStatus: "completed",
      .runSteps: "7/7", .evaluation: "\(evaluation)@\(Digest(of: evaluation))", .dataset: dataset.description,
      .split: "test", .splitRule: "1", .splitSalt: "codex-1", .problems: Self.problems(items).description,
      .mode: Self.mode, .search: Self.search, .budget: "64", .weightsFormat: "float32", .seed: "0", .rules: "1",
    ])
  }

  private func metric(
    _ name: String, _ value: Double, _ interval: Interval?, _ items: [ItemRecord], _ identity: MetricIdentity,
    _ reference: MetricReference?, mode: String = Evidence.mode, group: String = "all"
  ) -> MetricRecord {
    MetricRecord(
      metric: name, value: value, reason: nil, unit: interval == nil ? .milliseconds : .ratio, lower: interval?.lower,
      upper: interval?.upper, count: Scene.count, mode: mode, group: group, measurementID: items[0].measurementID,
      identity: identity, reference: reference, codexVersion: "0", recordedAt: Scene.now - Self.age)
  }

  static let intentionID = "0123456789ab"

  private static func intention(_ clause: Digest) -> IntentionRecord {
    IntentionRecord(
      id: intentionID, milestone: "M1", clause: "win_rate", clauseDigest: clause,
      gatesConfigDigest: Digest(of: "gates"), template: Scene.template.description, seeds: [0, 1], budget: "64",
      codexVersion: "0", recordedAt: Scene.now - 3.1e6)
  }

  static func event(_ event: RunEventRecord.Event, _ subject: Subject) -> RunEventRecord {
    RunEventRecord(
      runID: subject.id, event: event, template: Scene.template.description, overrides: subject.overrides,
      runConfigDigest: subject.config, seed: subject.seed, intention: intentionID,
      steps: event == .started ? "0/7" : "7/7", weightsDigest: event == .started ? nil : subject.weights,
      codexVersion: "0", recordedAt: Scene.now - (event == .started ? 3e6 : 2.9e6))
  }

  private static func deployment(daysAgo: Int, of run: Subject) -> DeploymentRecord {
    DeploymentRecord(
      pod: "codex-reasoning-pod", bundleDigest: bundle, runID: run.id, podConfigDigest: Digest(of: "reasoning_pod"),
      manifestDigest: Digest(of: "manifest"), ring: "0D_base_", overrides: [], codexVersion: "0",
      recordedAt: Scene.now - Double(daysAgo) * 86_400)
  }

  /// A report ten minutes after the rendering; which line that is, is written when the lines are sealed.
  private static func rollout(daysAgo: Int) -> RolloutRecord {
    RolloutRecord(
      pod: "codex-reasoning-pod", manifestDigest: Digest(of: "manifest"),
      rendering: LedgerHead(sequence: 0, digest: Digest(of: "")), outcome: .applied,
      at: Scene.now - Double(daysAgo) * 86_400 + 600, codexVersion: "0",
      recordedAt: Scene.now - Double(daysAgo) * 86_400 + 660)
  }

  static let bundle = Digest(of: "bundle")

  /// The log of tags: the bundle was registered after it was measured.
  static func tags(at instant: Double) throws -> [UInt8] {
    let record = TagRecord(
      tag: try Tag(parsing: "reasoning/M0"), version: 1, bundleDigest: bundle, previousDigest: nil,
      experiment: try ExperimentName(parsing: "curriculum"), runID: Scene.run, notes: nil, codexVersion: "0",
      recordedAt: instant)
    return Array(try SceneLine.chain([SceneLine(record)]).texts.map { $0 + "\n" }.joined().utf8)
  }
}
