import Composition
import Randomness
import Schemas
import Statistics

extension MetricClause {
  /// The figure of a claim about a template: a pair of runs for each seed of `rule`, and the judged run one of them.
  ///
  /// The figure is the mean over seeds of the pairs' win rates. With several seeds its ends are those of the t interval,
  /// for which seeds are the sample; with one, those of the pair's own bootstrap, in which only problems are.
  ///
  /// - Parameter figure: Set as soon as there is one.
  func judgePairs(_ rule: ReferenceRule, _ scene: Scene, finding figure: inout Figure?) throws(GateRefusal) {
    guard let own = scene.subject.seed, rule.seeds.contains(own) else {
      throw GateRefusal(
        .seedNotAsked,
        "run \(scene.subject.runID) was trained with seed \(scene.subject.seed.map(String.init) ?? "unknown"), asked: "
          + "\(Self.list(rule.seeds)). Judge a run of one of those.")
    }
    try checkNoneIsHidden(rule, scene)
    var pairs = SeedPairs()
    var missing: [UInt64] = []
    for seed in rule.seeds {
      let runs = candidates(withSeed: seed, scene)
      if runs.isEmpty { missing.append(seed) }
      for run in runs {
        do throws(GateRefusal) {
          pairs.found.append((seed, try judgePair(of: run, scene, into: &pairs)))
        } catch {
          if run.runID == scene.subject.runID {
            figure = pairs.alone
            throw error
          }
          guard error.isAbsence else { throw GateRefusal(error.reason, "seed \(seed): \(error.message)") }
          missing.append(seed)
        }
      }
    }
    if rule.seeds.count == 1 || !missing.isEmpty { figure = pairs.alone }
    guard missing.isEmpty else {
      throw GateRefusal(
        .incompletePairs,
        "\(metric.rawValue) asks for a finished, measured pair of each of the seeds \(Self.list(rule.seeds)); "
          + "missing: \(Self.list(missing)). Train both runs of each with 'training.seed=', then evaluate them.")
    }
    if rule.seeds.count > 1 { figure = try pairs.figure(over: rule.seeds, in: scene.evidence) }
    figure?.notes += try declaredNotes(scene.subject, scene)
  }

  /// Throws if a run that would be half of a pair was begun and is not here, finished: whoever leaves out the runs that
  /// went badly shows only the others.
  private func checkNoneIsHidden(_ rule: ReferenceRule, _ scene: Scene) throws(GateRefusal) {
    let halves = IdentityDemand.within(RunOrigin.freeKeys + rule.differsOnlyIn)
    let template = scene.subject.facts.fields[.template]
    for event in scene.evidence.contents.runEvents
    where event.record.event == .started && event.record.template == template && rule.seeds.contains(event.record.seed)
      && halves.admits(event.record.overrides, fact: nil)
    {
      let id = event.record.runID
      let run = id == scene.subject.runID ? scene.subject : scene.others[id]
      guard run?.isFinished != true else { continue }
      throw GateRefusal(
        .hiddenRun,
        "run \(id) with seed \(event.record.seed) was begun (line \(event.head.sequence) of the ledger) and is "
          + "\(run.map(\.progress) ?? "not below runs/, or there twice with different weights"): every run "
          + "counts, also one that went badly. Finish or restore it."
      )
    }
  }

  /// Runs that are the judged one but for the seed and where they were written: no finished one is left out.
  private func candidates(withSeed seed: UInt64, _ scene: Scene) -> [GateSubject] {
    let subject = scene.subject
    guard seed != subject.seed else { return [subject] + twins(of: subject, withSeed: seed, scene) }
    return twins(of: subject, withSeed: seed, scene)
  }

  private func twins(of subject: GateSubject, withSeed seed: UInt64, _ scene: Scene) -> [GateSubject] {
    let permitted = Set(RunOrigin.freeKeys)
    return scene.others.values.filter { run in
      run.runID != subject.runID && run.seed == seed && run.isFinished
        && permitted.isSuperset(of: ConfigDifference.paths(between: subject.config, and: run.config))
    }.sorted { $0.runID < $1.runID }
  }

  private func judgePair(
    of run: GateSubject, _ scene: Scene, into pairs: inout SeedPairs
  ) throws(GateRefusal) -> Measurement {
    let asked = try asked(of: run, in: scene.evidence)
    // Over another run than the control it is another question, a look.
    let overControl = asked.evidence.filter { reference?.isControl($0.record.reference, of: run, scene) == true }
    let chosen = Asked(evidence: overControl.isEmpty ? asked.evidence : overControl, looks: asked.looks).decisive(
      counts)
    let measurement = scene.evidence.measurement(at: chosen.head, chosen.record)
    pairs.last = (measurement, asked.looks)
    try checkRecord(of: measurement, in: scene.evidence, now: scene.now)
    try checkItems(of: measurement, subject: run, scene)
    // Both halves of every pair: what was looked at before it was declared says nothing new.
    let control = measurement.record.reference.flatMap { scene.others[$0.runID] }
    for half in [run, control].compactMap(\.self) { _ = try declaredNotes(half, scene) }
    return measurement
  }

  static func list(_ seeds: [UInt64]) -> String { seeds.map(String.init).joined(separator: ", ") }
}

/// Pairs of runs by seed, as far as they were found.
private struct SeedPairs {
  var found: [(seed: UInt64, measurement: Measurement)] = []
  /// The one looked at last, and how often its question was asked.
  var last: (measurement: Measurement, looks: Int)?

  /// The figure of a single pair.
  var alone: MetricClause.Figure? {
    last.map { MetricClause.Figure($0.measurement, notes: [MetricClause.looks($0.looks)]) }
  }

  /// The mean over seeds with its t interval. Throws if a seed has none, or a pair no value.
  func figure(over seeds: [UInt64], in evidence: GateEvidence) throws(GateRefusal) -> MetricClause.Figure? {
    guard let last else { return nil }
    let bySeed = seeds.map { seed in found.filter { $0.seed == seed }.compactMap(\.measurement.record.value) }
    do {
      let means = bySeed.map { $0.reduce(0, +) / Double($0.count) }
      let estimate = try studentInterval(means)
      let shown = zip(seeds, means).map { "\($0): \(GateText.number($1))" }.joined(separator: ", ")
      return MetricClause.Figure(
        value: estimate.value, lower: max(0, estimate.interval.lower), upper: min(1, estimate.interval.upper),
        count: found.reduce(0) { $0 + $1.measurement.record.count }, head: last.measurement.head,
        notes: [
          "By seed \(shown); the interval is Student's over seeds\(twoLevel(over: seeds, in: evidence)).",
          MetricClause.looks(last.looks),
        ])
    } catch {
      throw GateRefusal(.noInterval, "no interval over seeds can be computed: \(error)")
    }
  }

  /// The interval of a bootstrap that resamples seeds and problems, in words; empty where it cannot be computed.
  private func twoLevel(over seeds: [UInt64], in evidence: GateEvidence) -> String {
    let answers = seeds.compactMap { seed in
      found.first { $0.seed == seed }.map { scores(of: $0.measurement, evidence) }
    }
    var random = RandomStream(seed: 0, "gates/two_level")
    guard let bootstrap = try? Bootstrap(),
      let estimate = try? bootstrap.winRate(overSeeds: answers, random: &random)
    else { return "" }
    let (lower, upper) = (GateText.number(estimate.interval.lower), GateText.number(estimate.interval.upper))
    return "; a bootstrap over seeds and problems gives [\(lower), \(upper)]"
  }

  private func scores(of measurement: Measurement, _ evidence: GateEvidence) -> [PairedScore<Digest>] {
    let named = measurement.record.reference?.measurementID ?? ""
    let theirs =
      evidence.reference(named, mode: measurement.record.mode, before: measurement.head.sequence)?.items ?? []
    let right = Dictionary(theirs.map { ($0.sample.problemID, $0.sample.correct) }) { first, _ in first }
    return measurement.items.map(\.sample).compactMap { sample in
      right[sample.problemID].map {
        PairedScore(problem: sample.problemID, candidate: sample.correct ? 1 : 0, reference: $0 ? 1 : 0)
      }
    }
  }
}

extension GateRefusal {
  /// Whether there is no measurement at all, as against one that is bad.
  fileprivate var isAbsence: Bool {
    switch reason {
    case .emptyLedger, .noMeasurement, .otherRun, .unfinishedMeasurement, .notPaired, .wrongGroup: true
    default: false
    }
  }
}
