import Foundation
import Ledger
import Runs
import Schemas
import Statistics
import Storage
import Testing

/// The controls: good evidence passes, boundaries are where the documentation says, and the obvious gate is fooled.
@Suite struct GoodEvidenceTests {
  @Test(arguments: ["M0", "M1", "M2", "M3"])
  func goodEvidence_passes(milestone: String) throws {
    guard case .verdict(let verdict) = try Scene().judge(milestone) else {
      Issue.record("expected a verdict")
      return
    }
    #expect(verdict.passed, "\(verdict.clauses.filter { !$0.passed })")
    #expect(verdict.clauses.allSatisfy { $0.reason == "ok" })
    #expect(verdict.clauses.count { $0.clause.hasPrefix("requires_") } == Int(milestone.dropFirst()))
    #expect(verdict.milestone == milestone)
    #expect(verdict.runID == Scene.run)
    #expect(verdict.weightsDigest == Scene.weights)
  }

  func reason(_ milestone: String, _ clause: String, _ change: (inout Scene) throws -> Void) throws -> String {
    var scene = try Scene()
    try change(&scene)
    guard case .verdict(let verdict) = try scene.judge(milestone) else { return "no verdict" }
    return verdict.clauses.first { $0.clause == clause }?.reason ?? "no such clause"
  }

  func set(_ old: String, _ new: String) -> (inout Scene) -> Void {
    { $0.milestones = $0.milestones?.replacing(old, with: new) }
  }

  // MARK: Boundaries

  @Test func threshold_equalToTheFigurePasses() throws {
    #expect(try reason("M2", "shadow_latency", set("threshold: 700", "threshold: 95")) == "ok")
    #expect(try reason("M2", "shadow_latency", set("threshold: 700", "threshold: 94.999")) == "above_threshold")
    var lower = ""
    if case .verdict(let verdict) = try Scene().judge("M0") {
      lower = verdict.clauses.first { $0.clause == "trace_coverage" }?.value.map { "\($0)" } ?? ""
    }
    #expect(try reason("M0", "trace_coverage", set("threshold: 0.95", "threshold: \(lower)")) == "ok")
    #expect(try reason("M0", "trace_coverage", set("threshold: 0.95", "threshold: 0.964")) == "below_threshold")
  }

  @Test func side_decidesWhichFigureIsCompared() throws {
    let strict = set("threshold: 0.95", "threshold: 0.99")
    #expect(try reason("M0", "trace_coverage", strict) == "below_threshold")
    #expect(
      try reason("M0", "trace_coverage") {
        strict(&$0)
        set("side: lower", "side: value")(&$0)
      } == "ok")
    #expect(
      try reason("M1", "win_rate") {
        set(
          "comparator: \">=\"\n          threshold: 0.55\n          side: lower",
          "comparator: \"<=\"\n          threshold: 0.76\n          side: value")(&$0)
        try $0.declareAgain()
      } == "ok")
    #expect(
      try reason("M1", "win_rate") {
        set(
          "comparator: \">=\"\n          threshold: 0.55\n          side: lower",
          "comparator: \"<=\"\n          threshold: 0.76\n          side: upper")(&$0)
        try $0.declareAgain()
      } == "above_threshold")
  }

  @Test(arguments: ["M0", "M1", "M2"])
  func age_equalToTheLargestPasses(milestone: String) throws {
    let clause = ["M0": "trace_coverage", "M1": "win_rate", "M2": "shadow_latency"][milestone] ?? ""
    func reason(recordedAt: Double) throws -> String {
      try self.reason(milestone, clause) { $0.set("recorded_at", .double(recordedAt), in: milestone) }
    }
    #expect(try reason(recordedAt: Scene.now - 30 * 86_400) == "ok")
    #expect(try reason(recordedAt: Scene.now - 30 * 86_400 - 0.5) == "stale")
    #expect(try reason(recordedAt: Scene.now + 60) == "ok")
    #expect(try reason(recordedAt: Scene.now + 60.5) == "from_the_future")
  }

  @Test func windows_areHalfOpen() throws {
    func reason(_ daysAgo: [Double]) throws -> String {
      try self.reason("M3", "weekly_redeploys") { scene in
        for (index, days) in daysAgo.enumerated() {
          let instant = JSONValue.double(Scene.now - days * 86_400)
          scene.lines[scene.renderings[index]].data[at: "recorded_at"] = instant
          scene.lines[scene.reports[index]].data[at: "recorded_at"] = instant
          scene.lines[scene.reports[index]].data[at: "at"] = instant
        }
        // Measured and registered before all of them.
        for index in scene.lines.indices where scene.lines[index].schema == MetricRecord.schema {
          scene.lines[index].data[at: "recorded_at"] = .double(Scene.now - 2.6e6)
        }
        scene.tagged = Scene.now - 2.6e6
      }
    }
    #expect(try reason([21, 14, 7, 0]) == "ok")
    #expect(try reason([27.99, 20.99, 13.99, 6.99]) == "ok")
    #expect(try reason([28, 14, 7, 0]) == "missed_window")
    #expect(try reason([21, 14, 7, 7]) == "missed_window")
    #expect(try reason([21, 14, 7, -0.0005]) == "ok", "43 s ahead of this clock")
  }

  @Test func overrides_beforeTheWindowsDoNotCount() throws {
    func reason(overriddenDaysAgo days: Double) throws -> String {
      try self.reason("M3", "weekly_redeploys") { scene in
        var old = scene.lines[scene.renderings[0]]
        old.data[at: "recorded_at"] = .double(Scene.now - days * 86_400)
        old.data[at: "overrides"] = .array([.string("replicas=2")])
        scene.lines.insert(old, at: 0)
      }
    }
    #expect(try reason(overriddenDaysAgo: 28) == "ok")
    #expect(try reason(overriddenDaysAgo: 27.9) == "overridden")
  }

  @Test func waiver_holdsThroughItsLastDay() throws {
    func reason(expires: String) throws -> String {
      try self.reason("M1", "requires_M0") { try $0.waiveM0(BadEvidence.waiver(["expires": expires])) }
    }
    // Scene.now is 2027-01-15.
    #expect(try reason(expires: "2027-01-15") == "waived")
    #expect(try reason(expires: "2027-04-15") == "waived", "90 days")
  }

  @Test func waiver_doesNotCloseItsOwnMilestone() throws {
    #expect(try reason("M0", "action_items") { try $0.waiveM0(BadEvidence.waiver()) } == "open_action_item")
  }

  @Test func requirement_isOfEveryEarlierMilestone() throws {
    #expect(
      try reason("M2", "requires_M1") { $0.files["status_updates/M1.md"] = "- [ ] open\n" } == "milestone_open")
    #expect(try reason("M1", "requires_M2") { _ in } == "no such clause")
    #expect(try reason("M0", "action_items") { $0.files["status_updates/M1.md"] = "- [ ] open\n" } == "ok")
  }

  // MARK: What does not count

  @Test func measurement_repeatedWithEqualFiguresIsNoContradiction() throws {
    #expect(
      try reason("M0", "trace_coverage") { scene in
        let block = scene.itemPositions(of: "M0") + [scene.position(of: "M0")]
        scene.lines += block.map { scene.lines[$0] }
      } == "ok")
  }

  /// What a clause does not ask for decides nothing, however new it is.
  @Test func look_supersedesNothing() throws {
    #expect(
      try reason("M0", "trace_coverage") { scene in
        var newer = scene.lines[scene.position(of: "M0")]
        newer.data[at: "identity.weights"] = BadEvidence.other
        scene.lines.append(newer)
      } == "ok")
  }

  /// Of several measurements of one question the first counts, until somebody says why it was asked again.
  @Test func first_countsUntilAskedAgain() throws {
    func reason(_ changes: @escaping (inout Scene) -> Void) throws -> String {
      try self.reason("M0", "trace_coverage") { scene in
        let block = scene.itemPositions(of: "M0") + [scene.position(of: "M0")]
        scene.lines += block.map { scene.lines[$0] }
        changes(&scene)
      }
    }
    let old = JSONValue.double(Scene.now - 31 * 86_400)
    #expect(try reason { $0.lines[$0.lines.firstIndex(of: "M0")].data[at: "recorded_at"] = old } == "stale")
    #expect(
      try reason { scene in
        scene.lines[scene.lines.firstIndex(of: "M0")].data[at: "recorded_at"] = old
        scene.set("again", .string("the first is too old"), in: "M0")
      } == "ok")
  }

  @Test func olderWeights_doNotContradict() throws {
    #expect(
      try reason("M0", "trace_coverage") { scene in
        var older = scene.lines[scene.position(of: "M0")]
        older.data[at: "identity.weights"] = BadEvidence.other
        older.data[at: "measurement_id"] = .string("older")
        older.data[at: "value"] = .double(0.5)
        scene.lines.insert(older, at: 0)
      } == "ok")
  }

  @Test func latency_ofAnotherReportIsNoContradiction() throws {
    #expect(
      try reason("M2", "shadow_latency") { scene in
        var older = scene.lines[scene.position(of: "M2")]
        older.data[at: "measurement_id"] = .string("older")
        older.data[at: "value"] = .double(3)
        scene.lines.insert(older, at: 0)
      } == "ok")
  }

  @Test func verdict_isNoEvidence() throws {
    guard case .verdict(let passed) = try Scene().judge("M0") else { return }
    #expect(
      try reason("M0", "trace_coverage") { scene in
        scene.lines = [try SceneLine(passed)]
      } == "no_measurement")
  }

  @Test func group_isJudgedOnItsOwnItems() throws {
    #expect(
      try reason("M0", "trace_coverage") { scene in
        // Level 0 has 34 of the 100 problems.
        set("group: all", "group: arithmetic/0")(&scene)
        set("min_n: 100", "min_n: 34")(&scene)
        set("threshold: 0.95", "threshold: 0.898")(&scene)
        let position = scene.position(of: "M0")
        scene.set("group", .string("arithmetic/0"), in: "M0")
        scene.set("n", .int(34), in: "M0")
        scene.lines[position].data[at: "lower"] = .double(34 / (34 + 3.841458820694124))
      } == "ok")
  }

  @Test func leftovers_ofAKilledEvaluatorDoNotCount() throws {
    #expect(
      try reason("M0", "trace_coverage") { scene in
        let positions = scene.itemPositions(of: "M0")
        let leftovers = positions.prefix(7).map { position in
          var line = scene.lines[position]
          line.data[at: "measurement_id"] = .string("killed")
          return line
        }
        scene.lines.insert(contentsOf: leftovers, at: positions[0])
      } == "ok")
  }

  @Test func winRate_overAnotherReferenceIsNoContradiction() throws {
    #expect(
      try reason("M1", "win_rate") { scene in
        var older = scene.lines[scene.position(of: "M1")]
        older.data[at: "reference.run_id"] = .string("another")
        older.data[at: "measurement_id"] = .string("older")
        older.data[at: "value"] = .double(0.5)
        scene.lines.insert(older, at: 0)
      } == "ok")
  }

  /// Of the scene's answers: 100 right, 95 of them without a repair; 1 to 100 ms; 0 to 99 model evaluations.
  @Test(arguments: [
    ("accuracy", "ratio", 1), ("first_attempt_accuracy", "ratio", 0.95), ("model_evaluations", "count", 49.5),
    ("latency_p50", "milliseconds", 50), ("latency_p95", "milliseconds", 95),
  ])
  func figures_areComputedAgain(metric: String, unit: String, figure: Double) throws {
    func reason(recording value: Double) throws -> String {
      try self.reason("M0", "trace_coverage") { scene in
        scene.milestones = scene.milestones?.replacing("reasoning.trace_coverage", with: "reasoning.\(metric)")
          .replacing("0.95", with: "0").replacing("side: lower", with: "side: value")
        let position = scene.position(of: "M0")
        let id = scene.lines[position].data[at: "measurement_id"]
        let isRatio = unit == "ratio"
        let interval = try wilsonInterval(successes: isRatio ? Int((figure * 100).rounded()) : 0, trials: 100)
        scene.set("lower", isRatio ? .double(interval.lower) : nil, in: "M0")
        scene.set("upper", isRatio ? .double(interval.upper) : nil, in: "M0")
        scene.set("unit", .string(unit), in: "M0")
        scene.set("value", .double(value), in: "M0")
        scene.lines[position].data[at: "metric"] = .string("reasoning.\(metric)")
        scene.lines.removeAll {
          $0.data[at: "metric"] == .string("reasoning.\(metric)") && $0.data[at: "measurement_id"] == id
            && $0.data[at: "value"] == .double(0.1)
        }
      }
    }
    #expect(try reason(recording: figure) == "ok")
    #expect(try reason(recording: figure - 0.001) == "disagrees_with_items")
  }

  /// A problem that was rightly called unsolvable is right, and has no plan that would cover it.
  @Test func coverage_isOfPlansNotOfRightAnswers() throws {
    func unsolvable(_ sample: inout JSONValue) {
      sample[at: "verdict"] = .string("abstained")
      sample[at: "abstention"] = .string("unsolvable")
      sample[at: "covered"] = .bool(false)
      sample[at: "plan_digest"] = nil
    }
    func reason(covered: Int) throws -> String {
      try self.reason("M0", "trace_coverage") { scene in
        set("threshold: 0.95", "threshold: 0.9")(&scene)
        let interval = try wilsonInterval(successes: covered, trials: Scene.count)
        scene.set("value", .double(Double(covered) / 100), in: "M0")
        scene.set("lower", .double(interval.lower), in: "M0")
        scene.set("upper", .double(interval.upper), in: "M0")
        let item = scene.itemPositions(of: "M0")[50]
        var sample = try #require(scene.lines[item].data[at: "sample"])
        unsolvable(&sample)
        scene.lines[item].data[at: "sample"] = sample
        scene.changeEvaluation("a") { stored in
          stored = StoredEvaluation(
            summary: stored.summary,
            samples: stored.samples.enumerated().map { $0 == 50 ? BadEvidence.changed($1, unsolvable) : $1 },
            traces: stored.traces.enumerated().map { index, trace in
              index != 50
                ? trace
                : BadEvidence.changed(trace) { data in
                  unsolvable(&data)
                  for key in ["covered", "plan", "node_count", "outcome", "log_probability"] { data[at: key] = nil }
                }
            })
        }
      }
    }
    #expect(try reason(covered: 99) == "ok")
    #expect(try reason(covered: 100) == "disagrees_with_items")
  }

  /// The control was asked in several modes; the answers compared are those in the clause's.
  @Test func reference_isTheMeasurementInTheSameMode() throws {
    #expect(
      try reason("M1", "win_rate") { scene in
        var other = scene.lines[scene.controlRecord]
        other.data[at: "mode"] = .string("sampling")
        other.data[at: "identity.mode"] = .string("sampling")
        scene.lines.insert(other, at: scene.controlRecord + 1)
      } == "ok")
  }

  // MARK: The record

  @Test func verdict_isAppendedAndNamesTheLedgerItRead() throws {
    let scene = try Scene()
    guard case .verdict(let verdict) = try scene.judge("M3", recording: true) else { return }
    #expect(verdict.ledgerHead == (try SceneLine.chain(scene.lines, reportingOnRenderings: true).heads.last))
  }

  // MARK: Controls

  /// The gate that everybody writes first: the last line's value, compared.
  private func obviousGate(_ ledger: String, _ metric: String, fails: (Double) -> Bool) -> Bool {
    let line = ledger.split(separator: "\n").last { $0.contains("\"metric\":\"\(metric)\"") } ?? ""
    let text = line.split(separator: "\"value\":").dropFirst().first?.prefix { !",}".contains($0) } ?? ""
    let value = Double(text) ?? .nan
    return !fails(value)
  }

  @Test func control_theObviousGateIsFooled() throws {
    func text(_ change: (inout Scene) -> Void) throws -> String {
      var scene = try Scene()
      change(&scene)
      return try SceneLine.chain(scene.lines).texts.joined(separator: "\n")
    }
    func passes(_ change: (inout Scene) -> Void) throws -> Bool {
      obviousGate(try text(change), "reasoning.shadow_latency_p95") { $0 > 700 }
    }
    #expect(try passes { _ in }, "good evidence")
    #expect(try !passes { $0.set("value", .int(900), in: "M2") }, "it is a gate at all")
    #expect(try passes { $0.set("value", nil, in: "M2") }, "no value")
    #expect(try passes { $0.lines = [] }, "no ledger")
    #expect(try passes { $0.set("identity.weights", BadEvidence.other, in: "M2") }, "other weights")
    #expect(try passes { $0.set("value", .string("NaN"), in: "M2") }, "not a number")
    #expect(try passes { $0.set("recorded_at", .int(0), in: "M2") }, "stale")
  }
}

extension [SceneLine] {
  /// The position of the first figure that a milestone asks for.
  fileprivate func firstIndex(of milestone: String) -> Int {
    firstIndex {
      $0.data[at: "metric"] == Scene.metrics[milestone].map { .string($0) } && $0.data[at: "group"] == .string("all")
        && $0.data[at: "mode"] == .string(Evidence.mode)
    } ?? -1
  }
}
