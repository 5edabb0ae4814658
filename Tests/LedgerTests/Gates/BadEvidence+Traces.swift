import Foundation
import Ledger
import Runs
import Schemas
import Statistics
import Storage

extension BadEvidence {
  /// Spoils the files of the evaluation that a milestone rests on: M0's is `a`, M1's `b`, its control's `c`.
  private static func files(
    _ change: @escaping @Sendable (inout StoredEvaluation) -> Void
  ) -> @Sendable (inout Scene, String) throws -> Void {
    { scene, milestone in scene.changeEvaluation(milestone == "M0" ? "a" : "b", change) }
  }

  /// Changes the trace of problem 7, which was answered.
  private static func trace(
    _ change: @escaping @Sendable (inout JSONValue) -> Void
  ) -> @Sendable (inout Scene, String) throws -> Void {
    files { stored in
      stored = StoredEvaluation(
        summary: stored.summary, samples: stored.samples,
        traces: stored.traces.enumerated().map { index, trace in index == 7 ? changed(trace, change) : trace })
    }
  }

  static func changed<Value: Codable>(_ value: Value, _ change: (inout JSONValue) -> Void) -> Value {
    guard var data = try? RecordEncoder().value(of: value) else { return value }
    change(&data)
    return (try? RecordDecoder().value(Value.self, from: data)) ?? value
  }

  /// Appends what a forger would: answers that say yes, and the figure that follows from them.
  private static func forge(_ scene: inout Scene, _ milestone: String) {
    for position in scene.itemPositions(of: milestone) {
      scene.lines[position].data[at: "sample.correct"] = .bool(true)
      scene.lines[position].data[at: "sample.covered"] = .bool(true)
      scene.lines[position].data[at: "sample.verdict"] = .string("verified")
      scene.lines[position].data[at: "sample.abstention"] = nil
    }
  }

  static let traces: [BadEvidence] = [
    // Stated, asked and traced alike: only the dataset says which are the first that it holds out.
    no("held-out problems in another order", .wrongProblemSet, ["M0"]) { scene, milestone in
      let items = scene.itemPositions(of: milestone)
      scene.lines.swapAt(items[0], items[1])
      let order = [1, 0] + Array(2..<Scene.count)
      let problems = Digest(ofLines: order.map(Evidence.problem))
      scene.setAll("identity.problems", .string("\(problems)"), in: milestone)
      scene.changeEvaluation("a") { stored in
        stored = StoredEvaluation(
          summary: changed(stored.summary) { $0[at: "problem_set_digest"] = .string("\(problems)") },
          samples: order.map { stored.samples[$0] }, traces: order.map { stored.traces[$0] })
      }
    },
    // Answered and traced alike, and others than the record states: M2's plans are not kept, so nothing else would notice.
    no("answers to other problems than the record states", .wrongProblemSet) { scene, milestone in
      scene.lines[scene.itemPositions(of: milestone)[0]].data[at: "sample.problem_id"] = other
      scene.changeEvaluation(milestone == "M0" ? "a" : "b") { stored in
        stored = stored.with(
          samples: [changed(stored.samples[0]) { $0[at: "problem_id"] = other }] + stored.samples.dropFirst(),
          traces: [changed(stored.traces[0]) { $0[at: "problem.id"] = other }] + stored.traces.dropFirst())
      }
    },
    no("no evaluation beside the run", .noTraces, ["M0", "M1"]) { scene, milestone in
      scene.evaluations.removeAll { $0.stored.summary.evaluationID == (milestone == "M0" ? "a" : "b") }
    },
    no("no evaluation beside the control", .noTraces, ["M1"]) { scene, _ in
      scene.evaluations.removeAll { $0.stored.summary.evaluationID == "c" && $0.subject.id == Scene.control }
    },
    no("an evaluation beside another run", .noTraces, ["M0", "M1"]) { scene, milestone in
      scene.evaluations = try scene.evaluations.map { files in
        files.subject.id == Scene.run
          ? try Evidence.Files(subject: scene.evaluations[0].subject, stored: files.stored) : files
      }
    },
    no("an evaluation of another instant", .disagreesWithTraces, ["M0", "M1"], files { $0 = $0.recorded(at: 5) }),
    no("a measurement that no evaluation could have", .noTraces, ["M0", "M1"]) { scene, milestone in
      let id = scene.lines[scene.position(of: milestone)].data[at: "measurement_id"]
      for index in scene.lines.indices where scene.lines[index].data[at: "measurement_id"] == id {
        scene.lines[index].data[at: "measurement_id"] = .string("curriculum-aaaaaaaaaaaa/../a/1")
      }
    },
    no("no samples", .disagreesWithTraces, ["M0", "M1"], files { $0 = $0.with(samples: []) }),
    no("a sample less", .disagreesWithTraces, ["M0", "M1"], files { $0 = $0.with(samples: $0.samples.dropLast()) }),
    no(
      "samples in another order", .disagreesWithTraces, ["M0", "M1"],
      files { $0 = $0.with(samples: $0.samples.reversed()) }),
    no("no traces", .noTraces, ["M0", "M1"], files { $0 = $0.with(traces: []) }),
    no("a trace less", .noTraces, ["M0", "M1"], files { $0 = $0.with(traces: Array($0.traces.dropFirst())) }),
    no(
      "a trace whose plan does not hold", .traceNotSound, ["M0", "M1"], trace { $0[at: "plan"] = .string("unsound") }),
    no("a trace of another run", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "run_id"] = .string("x") }),
    no("a trace of no run", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "run_id"] = nil }),
    no("a trace of another problem", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "problem.id"] = other }),
    no(
      "a trace of another world", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "problem.world"] = .string("w") }),
    no("a trace of another level", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "problem.level"] = .int(9) }),
    no("a trace of another mode", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "mode"] = .string("uniform") }),
    no("a trace of other weights", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "weights_digest"] = other }),
    no("a trace of no weights", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "weights_digest"] = nil }),
    no("a trace of another dataset", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "dataset"] = .string("d") }),
    no("a trace of another budget", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "budget"] = .int(65) }),
    no(
      "a trace of another search", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "search"] = .string("beam=5") }),
    no("a trace of another seed", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "seed"] = .int(1) }),
    no(
      "a trace that abstained", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "verdict"] = .string("abstained") }),
    no(
      "a trace with a reason to abstain", .disagreesWithTraces, ["M0", "M1"],
      trace { $0[at: "abstention"] = .string("budget") }),
    no("a trace of another plan", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "plan_digest"] = other }),
    no("a trace that was repaired", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "repaired"] = .bool(true) }),
    no("a trace that cost more", .disagreesWithTraces, ["M0", "M1"], trace { $0[at: "model_evaluations"] = .int(1) }),
    no("a control whose traces do not hold", .traceNotSound, ["M1"]) { scene, _ in
      scene.changeEvaluation("c", of: Scene.control) { stored in
        stored = stored.with(
          traces: stored.traces.map { trace in
            changed(trace) { $0[at: "plan"] = trace.plan.map { _ in .string("unsound") } }
          })
      }
    },
    // All of it agrees: answer, sample, trace, figure. Only who can solve the problem knows better.
    no("the claim that a problem has no solution, which it has", .disagreesWithTraces, ["M1"]) { scene, milestone in
      let position = scene.itemPositions(of: milestone)[95]
      scene.lines[position].data[at: "sample.correct"] = .bool(true)
      scene.lines[position].data[at: "sample.abstention"] = .string("unsolvable")
      let bounds = try RecordedBounds(wins: 60, ties: 31, losses: 9)
      scene.set("value", .double(0.755), in: milestone)
      scene.set("lower", .double(bounds.lower), in: milestone)
      scene.set("upper", .double(bounds.upper), in: milestone)
      scene.changeEvaluation("b") { stored in
        stored = stored.with(
          samples: stored.samples.enumerated().map { index, sample in
            index != 95
              ? sample
              : changed(sample) { data in
                data[at: "correct"] = .bool(true)
                data[at: "abstention"] = .string("unsolvable")
              }
          },
          traces: stored.traces.enumerated().map { index, trace in
            index != 95
              ? trace
              : changed(trace) { data in
                data[at: "abstention"] = .string("unsolvable")
                data[at: "problem.goal"] = .string("solvable")
              }
          })
      }
    },
    no("answers turned to yes in the ledger alone", .disagreesWithItems, ["M1"]) { scene, milestone in
      forge(&scene, milestone)
    },
    no("answers and figure turned to yes in the ledger alone", .disagreesWithTraces, ["M1"]) { scene, milestone in
      forge(&scene, milestone)
      // 60 wins over the control, no losses.
      scene.set("value", .double(0.8), in: milestone)
      let bounds = try RecordedBounds(wins: 60, ties: 40, losses: 0)
      scene.set("lower", .double(bounds.lower), in: milestone)
      scene.set("upper", .double(bounds.upper), in: milestone)
    },
    no("answers and samples turned to yes, the traces forgotten", .disagreesWithTraces, ["M1"]) { scene, milestone in
      forge(&scene, milestone)
      let bounds = try RecordedBounds(wins: 60, ties: 40, losses: 0)
      scene.set("value", .double(0.8), in: milestone)
      scene.set("lower", .double(bounds.lower), in: milestone)
      scene.set("upper", .double(bounds.upper), in: milestone)
      let samples = try scene.itemPositions(of: milestone).compactMap { position in
        try scene.lines[position].data[at: "sample"].map { try RecordDecoder().value(SampleRecord.self, from: $0) }
      }
      scene.changeEvaluation("b") { $0 = $0.with(samples: samples) }
    },
  ]

  // MARK: What was declared, and every run

  static let declarations: [BadEvidence] = [
    no("nothing declared", .notDeclared, ["M1"]) { scene, _ in
      scene.lines.removeAll { $0.schema == IntentionRecord.schema }
    },
    no("declared after the run began", .notDeclared, ["M1"]) { scene, _ in
      scene.lines.insert(scene.lines.remove(at: 0), at: 5)
    },
    no("another clause declared", .notDeclared, ["M1"]) { scene, _ in
      scene.lines[0].data[at: "clause_digest"] = other
    },
    no("another template declared", .notDeclared, ["M1"]) { scene, _ in
      scene.lines[0].data[at: "template"] = .string("curriculum@\(x)")
    },
    no("declared, with a clause that was changed since", .notDeclared, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("threshold: 0.55", with: "threshold: 0.56")
    },
    no("a control that began before the question was declared", .notDeclared, ["M1"]) { scene, _ in
      scene.lines.insert(scene.lines.remove(at: 1), at: 0)
    },
    no("another seed's run that began before", .notDeclared, ["M1"]) { scene, _ in
      let position = scene.lines.firstIndex {
        $0.schema == RunEventRecord.schema && $0.data[at: "run_id"] == .string(Scene.run1)
      }
      if let position { scene.lines.insert(scene.lines.remove(at: position), at: 0) }
    },
    no("a run that the ledger met under way", .notDeclared, ["M1"]) { scene, _ in
      for index in scene.lines.indices
      where scene.lines[index].schema == RunEventRecord.schema && scene.lines[index].data[at: "steps"] == .string("0/7")
      {
        scene.lines[index].data[at: "steps"] = .string("3/7")
      }
    },
    no("a run that the ledger does not know", .notDeclared, ["M1"]) { scene, _ in
      scene.lines.removeAll { $0.schema == RunEventRecord.schema && $0.data[at: "run_id"] == .string(Scene.run) }
    },
    no("a run that went badly and was deleted", .hiddenRun, ["M1"]) { scene, _ in
      var hidden = scene.lines[1]
      hidden.data[at: "run_id"] = .string("curriculum-eeeeeeeeeeee")
      hidden.data[at: "overrides"] = .string("training.output_dir")
      scene.lines.insert(hidden, at: 1)
    },
    no("a control that went well and was deleted", .hiddenRun, ["M1"]) { scene, _ in
      var hidden = scene.lines[1]
      hidden.data[at: "run_id"] = .string("curriculum-eeeeeeeeeeee")
      hidden.data[at: "seed"] = .int(1)
      scene.lines.insert(hidden, at: 1)
    },
    no("the judged run interrupted", .unfinishedRun) { scene, _ in
      scene.metadata = try Scene.metadata(
        Scene.run, Scene.weights, scene.metadata.configDigest, seed: 0, status: .running)
    },
    no("the judged run failed", .unfinishedRun) { scene, _ in
      scene.metadata = try Scene.metadata(
        Scene.run, Scene.weights, scene.metadata.configDigest, seed: 0, status: .failed)
    },
    no("the judged run a step short", .unfinishedRun) { scene, _ in
      scene.metadata = try Scene.metadata(Scene.run, Scene.weights, scene.metadata.configDigest, seed: 0, step: 6)
    },
    no("the judged run a step too far", .unfinishedRun) { scene, _ in
      scene.metadata = try Scene.metadata(Scene.run, Scene.weights, scene.metadata.configDigest, seed: 0, step: 8)
    },
    no("the control interrupted", .hiddenRun, ["M1"]) { scene, _ in
      scene.controlMetadata = try Scene.metadata(
        Scene.control, Scene.controlWeights, scene.controlMetadata.configDigest, seed: 0, status: .running)
    },
    no("the control a step short, and not in the ledger", .unfinishedReference, ["M1"]) { scene, _ in
      scene.lines.removeAll { $0.schema == RunEventRecord.schema && $0.data[at: "run_id"] == .string(Scene.control) }
      scene.controlMetadata = try Scene.metadata(
        Scene.control, Scene.controlWeights, scene.controlMetadata.configDigest, seed: 0, step: 3)
    },
    no("the control running, and not in the ledger", .unfinishedReference, ["M1"]) { scene, _ in
      scene.lines.removeAll { $0.schema == RunEventRecord.schema && $0.data[at: "run_id"] == .string(Scene.control) }
      scene.controlMetadata = try Scene.metadata(
        Scene.control, Scene.controlWeights, scene.controlMetadata.configDigest, seed: 0, status: .running)
    },
    no("a seed without a pair", .incompletePairs, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("seeds: [0, 1]", with: "seeds: [0, 1, 2]")
      try scene.declareAgain()
    },
    no("a seed whose pair was not measured", .incompletePairs, ["M1"]) { scene, _ in
      scene.lines.removeAll {
        $0.data[at: "metric"] == .string("reasoning.win_rate") && $0.data[at: "identity.run_id"] == .string(Scene.run1)
      }
    },
    no("a run of a seed that is not asked for", .seedNotAsked, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("seeds: [0, 1]", with: "seeds: [1, 2]")
    },
    no("a run whose metadata say another seed than it was trained with", .seedNotAsked, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("seeds: [0, 1]", with: "seeds: [1, 2]")
      scene.metadata = changed(scene.metadata) { $0[at: "seed"] = .int(1) }
    },
    no("a second pair that is the first under another seed", .incompletePairs, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("seeds: [0, 1]", with: "seeds: [0, 2]")
      try scene.declareAgain()
      scene.afterwards = { workspace in
        for (family, run) in [("train_loop", Scene.run1), ("control", Scene.control1)] {
          let file = workspace.appendingPathComponent("runs/\(family)/\(run)/run_metadata.json")
          let metadata = try RecordDecoder().record(RunMetadata.self, from: Array(Data(contentsOf: file)))
          try Data(RecordEncoder().bytes(of: changed(metadata) { $0[at: "seed"] = .int(2) })).write(to: file)
        }
      }
    },
    no("a second pair that was asked elsewhere", .wrongBudget, ["M1"]) { scene, _ in
      for index in scene.lines.indices
      where scene.lines[index].data[at: "metric"] == .string("reasoning.win_rate")
        && scene.lines[index].data[at: "identity.run_id"] == .string(Scene.run1)
      { scene.lines[index].data[at: "identity.budget"] = .string("640") }
    },
    no("no template in the workspace", .runDoesNotSay, ["M0", "M2"]) { scene, _ in
      scene.templateConfig = nil
      scene.milestones = scene.milestones?.replacing(
        try Regex("    template:\n(      - .*\n)+"), with: "    template: of_run\n")
    },
    no("a run trained on other data than its template's", .wrongTrainingData) { scene, _ in
      scene.metadata = changed(scene.metadata) { $0[at: "dataset_digest"] = other }
    },
    no("runs trained on other data, each of which says so", .wrongTrainingData) { scene, _ in
      for index in scene.lines.indices where scene.lines[index].schema == MetricRecord.schema {
        scene.lines[index].data[at: "identity.trained_on"] = .string("x@\(x)")
      }
      scene.metadata = changed(scene.metadata) { $0[at: "dataset_digest"] = .string("\(x)") }
      scene.controlMetadata = changed(scene.controlMetadata) { $0[at: "dataset_digest"] = .string("\(x)") }
    },
    no("a control trained on other data", .alteredReference, ["M1"]) { scene, _ in
      scene.controlMetadata = changed(scene.controlMetadata) { $0[at: "dataset_digest"] = other }
    },
    no("a control trained on other data, which it says", .notPaired, ["M1"]) { scene, _ in
      scene.controlMetadata = changed(scene.controlMetadata) { $0[at: "dataset_digest"] = .string("\(x)") }
      scene.lines[scene.controlRecord].data[at: "identity.trained_on"] = .string("x@\(x)")
    },
    // Run and evidence agree on it; that it begins like an allowed key makes it none.
    no("a run that departs in a key that begins like an allowed one", .wrongOverrides, ["M0", "M2"]) { scene, _ in
      let old = JSONValue.string(scene.metadata.configDigest.description)
      scene.runConfig += "  seed2: 1\n"
      let new = try Scene.configDigest(of: scene.runConfig).description
      scene.metadata = changed(scene.metadata) { $0[at: "config_digest"] = .string(new) }
      for index in scene.lines.indices where scene.lines[index].data[at: "identity.run_config"] == old {
        scene.lines[index].data[at: "identity.run_config"] = .string(new)
        scene.lines[index].data[at: "identity.overrides"] = .string("training.seed2")
      }
    },
    no("a dataset that is gone", .runDoesNotSay, ["M0", "M2"]) { scene, _ in
      scene.afterwards = { try FileManager.default.removeItem(at: $0.appendingPathComponent("datasets")) }
    },
    no("a dataset that was made again from other problems", .runDoesNotSay, ["M0", "M2"]) { scene, _ in
      for (path, bytes) in SceneDataset.files(training: "another training problem") {
        scene.files["datasets/x/" + path] = String(decoding: bytes, as: UTF8.self)
      }
    },
    no("a dataset whose problems were exchanged", .runDoesNotSay, ["M0", "M2"]) { scene, _ in
      scene.files["datasets/x/train.ndjson"] = ""
    },
  ]
}

/// The ends that a forger computes.
struct RecordedBounds {
  let lower: Double
  let upper: Double

  init(wins: Int, ties: Int, losses: Int) throws {
    let interval = try Bootstrap().winRate(wins: wins, ties: ties, losses: losses).interval
    (lower, upper) = (interval.lower, interval.upper)
  }
}

extension StoredEvaluation {
  func with(samples: [SampleRecord]? = nil, traces: [TraceRecord]? = nil) -> StoredEvaluation {
    StoredEvaluation(summary: summary, samples: samples ?? self.samples, traces: traces ?? self.traces)
  }

  func recorded(at instant: Double) -> StoredEvaluation {
    StoredEvaluation(
      summary: EvaluationSummary(
        evaluationID: summary.evaluationID, runID: summary.runID, template: summary.template, recordedAt: instant,
        codexVersion: summary.codexVersion, split: summary.split, problemCount: summary.problemCount,
        problemSetDigest: summary.problemSetDigest, seed: summary.seed, threads: summary.threads,
        runConfigDigest: summary.runConfigDigest, evaluationConfigDigest: summary.evaluationConfigDigest,
        weightsDigest: summary.weightsDigest, datasetDigest: summary.datasetDigest, modes: [], winRates: []),
      samples: samples, traces: traces)
  }
}

extension Scene {
  mutating func changeEvaluation(_ id: String, of run: String = Scene.run, _ change: (inout StoredEvaluation) -> Void) {
    for index in evaluations.indices
    where evaluations[index].stored.summary.evaluationID == id && evaluations[index].subject.id == run {
      change(&evaluations[index].stored)
    }
  }

  /// The question of M1 as the milestones now ask it, declared before everything.
  mutating func declareAgain() throws {
    let gates = try Self.gates(milestones)
    lines[0].data[at: "clause_digest"] = .string(gates.milestones[1].clauses[0].digest.description)
  }
}
