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
    no("an answer that says abstained of a verified plan", .disagreesWithTraces, ["M0", "M1"]) { scene, milestone in
      scene.lines[scene.itemPositions(of: milestone)[7]].data[at: "sample.verdict"] = .string("abstained")
      scene.changeEvaluation(milestone == "M0" ? "a" : "b") { stored in
        stored = stored.with(
          samples: stored.samples.enumerated().map { index, sample in
            index == 7 ? changed(sample) { $0[at: "verdict"] = .string("abstained") } : sample
          })
      }
    },
    // It is right, and no plan covers it.
    no("the right claim that a problem has no solution, counted as covered", .disagreesWithTraces, ["M0"]) {
      scene, milestone in
      func claim(_ data: inout JSONValue) {
        data[at: "verdict"] = .string("abstained")
        data[at: "abstention"] = .string("unsolvable")
        data[at: "plan_digest"] = nil
      }
      let position = scene.itemPositions(of: milestone)[50]
      scene.lines[position].data[at: "sample.verdict"] = .string("abstained")
      scene.lines[position].data[at: "sample.abstention"] = .string("unsolvable")
      scene.lines[position].data[at: "sample.plan_digest"] = nil
      scene.changeEvaluation("a") { stored in
        stored = stored.with(
          samples: stored.samples.enumerated().map { $0 == 50 ? changed($1, claim) : $1 },
          traces: stored.traces.enumerated().map { index, trace in
            index != 50
              ? trace
              : changed(trace) { data in
                claim(&data)
                for key in ["plan", "node_count", "outcome", "log_probability"] { data[at: key] = nil }
              }
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
