import Schemas
import Statistics

/// The lines of a ledger on which every milestone passes: both runs' evaluations, a latency report, four deployments.
struct Evidence {
  struct Subject {
    let id: String
    let weights: Digest
    let config: Digest
  }

  let run: Subject
  let control: Subject

  static let mode = "best-first"
  /// Seconds before `Scene.now` at which measurements were recorded.
  static let age = 3600.0

  func lines() throws -> [SceneLine] {
    let benchmark = (preset: "reasoning/cot_lite", digest: Scene.benchmark)
    let own = (preset: "reasoning/curriculum", digest: Scene.dataset)
    let theirs = items("\(control.id)/c", of: control) { $0 >= 60 }
    let ours = items("\(run.id)/b", of: run) { $0 < 90 }
    let covered = items("\(run.id)/a", of: run) { $0 < 97 }
    let shadow = shadowItems()
    let rate = try Bootstrap().winRate(wins: 60, ties: 30, losses: 10)
    let accuracy = try wilsonInterval(successes: 40, trials: Scene.count)
    let coverage = try wilsonInterval(successes: Scene.count, trials: Scene.count)
    let reference = MetricReference(
      runID: control.id, weightsDigest: control.weights, runConfigDigest: control.config,
      measurementID: "\(control.id)/c")
    let p95 = Double(shadow.count * 95 / 100)
    var records: [any Record] = theirs
    records.append(
      metric(
        "reasoning.accuracy", 0.4, accuracy, "\(control.id)/c", identity(control, benchmark, theirs), nil))
    records += covered
    // Other figures of the same measurement: of another metric, mode, group.
    let part = try wilsonInterval(successes: 10, trials: Scene.count)
    let asked = identity(run, own, covered)
    records.append(metric("reasoning.accuracy", 0.1, part, "\(run.id)/a", asked, nil))
    records.append(metric("reasoning.trace_coverage", 0.1, part, "\(run.id)/a", asked, nil, mode: "greedy"))
    records.append(metric("reasoning.trace_coverage", 0.1, part, "\(run.id)/a", asked, nil, group: "countdown"))
    records.append(
      metric("reasoning.trace_coverage", 1, coverage, "\(run.id)/a", asked, nil))
    records += ours
    records.append(
      metric(
        "reasoning.win_rate", rate.value, rate.interval, "\(run.id)/b", identity(run, benchmark, ours), reference))
    records += shadow
    records.append(
      metric("reasoning.shadow_latency_p95", p95, nil, "\(run.id)/s", identity(run, own, shadow), nil))
    records += (0..<4).map { deployment(daysAgo: 24 - 7 * $0) }
    return try records.map { try SceneLine($0) }
  }

  static func problem(_ index: Int) -> Digest { Digest(of: "problem \(index)") }

  func items(_ id: String, of subject: Subject, correct: (Int) -> Bool) -> [ItemRecord] {
    (0..<Scene.count).map { item(id, subject, problem: $0, correct: correct($0), milliseconds: Double($0 + 1)) }
  }

  /// Twenty problems, asked in turn; the answers take 1, 2, 3, … milliseconds.
  func shadowItems() -> [ItemRecord] {
    (0..<Scene.count).map {
      item("\(run.id)/s", run, problem: $0 % 20, correct: true, milliseconds: Double($0 + 1))
    }
  }

  private func item(
    _ id: String, _ subject: Subject, problem: Int, correct: Bool, milliseconds: Double
  ) -> ItemRecord {
    ItemRecord(
      measurementID: id, runID: subject.id,
      sample: SampleRecord(
        problemID: Self.problem(problem), world: "arithmetic", level: problem % 3, category: "mixed", mode: Self.mode,
        traceID: "t\(problem)", verdict: correct ? .verified : .abstained, correct: correct, covered: true,
        abstention: correct ? nil : .budget, planDigest: nil, repaired: problem < 5, modelEvaluations: problem,
        latencyMilliseconds: milliseconds, failure: nil))
  }

  private func identity(
    _ subject: Subject, _ dataset: (preset: String, digest: Digest), _ items: [ItemRecord]
  ) -> MetricIdentity {
    var seen: Set<Digest> = []
    let problems = items.map(\.sample.problemID).filter { seen.insert($0).inserted }
    return MetricIdentity(
      runID: subject.id, template: "curriculum", weightsDigest: subject.weights, runConfigDigest: subject.config,
      dataset: dataset.preset, datasetDigest: dataset.digest,
      problemSetDigest: Digest(of: problems.map { "\($0)\n" }.joined()),
      measurementConfigDigest: Digest(of: "measurement"))
  }

  private func metric(
    _ name: String, _ value: Double, _ interval: Interval?, _ id: String, _ identity: MetricIdentity,
    _ reference: MetricReference?, mode: String = Evidence.mode, group: String = "all"
  ) -> MetricRecord {
    MetricRecord(
      metric: name, value: value, reason: nil, unit: interval == nil ? .milliseconds : .ratio, lower: interval?.lower,
      upper: interval?.upper, count: Scene.count, mode: mode, group: group, measurementID: id, identity: identity,
      reference: reference, codexVersion: "0", recordedAt: Scene.now - Self.age)
  }

  private func deployment(daysAgo: Int) -> DeploymentRecord {
    DeploymentRecord(
      pod: "codex-reasoning-pod", bundleDigest: Digest(of: "bundle"), runID: run.id, podConfigDigest: Digest(of: "pod"),
      manifestDigest: Digest(of: "manifest"), ring: "0D_base_", overrides: [], codexVersion: "0",
      recordedAt: Scene.now - Double(daysAgo) * 86_400)
  }
}
