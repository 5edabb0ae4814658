import Foundation
import Ledger
import Schemas
import Storage

/// Records with harmless values, apart from what a test says.
enum Example {
  static let digest = Digest(of: "d")
  static let reference = MetricReference(
    runID: "control", weightsDigest: digest, runConfigDigest: digest, measurementID: "control/m")
  static let deployment = DeploymentRecord(
    pod: "p", bundleDigest: digest, runID: "r", podConfigDigest: digest, manifestDigest: digest, ring: "canary",
    overrides: [], codexVersion: "0", recordedAt: 1)

  static let rollout = RolloutRecord(
    pod: "p", manifestDigest: digest, rendering: LedgerHead(sequence: 0, digest: digest), outcome: .applied, at: 1,
    codexVersion: "0", recordedAt: 1)
  static let merge = MergeRecord(
    sourceHead: LedgerHead(sequence: 9, digest: digest), commonHead: LedgerHead(sequence: 3, digest: digest),
    lineCount: 2, heads: [], codexVersion: "0", recordedAt: 1)

  static func intention(
    _ id: String = "aaaaaaaaaaaa", template: String = "curriculum", seeds: [UInt64] = [0], at time: Double = 1
  ) -> IntentionRecord {
    IntentionRecord(
      id: id, milestone: "M1", clause: "win_rate", clauseDigest: digest, gatesConfigDigest: digest,
      template: "\(template)@\(digest)", seeds: seeds, budget: "64", codexVersion: "0", recordedAt: time)
  }

  static func runEvent(
    _ event: RunEventRecord.Event, run: String = "run", seed: UInt64 = 0, intention: String? = "aaaaaaaaaaaa",
    weights: Digest? = nil, at time: Double = 1
  ) -> RunEventRecord {
    RunEventRecord(
      runID: run, event: event, template: "curriculum@\(digest)", overrides: "training.seed", runConfigDigest: digest,
      seed: seed, intention: intention, steps: event == .started ? "0/7" : "7/7", weightsDigest: weights,
      codexVersion: "0", recordedAt: time)
  }

  /// The answer to problem `number`.
  static func item(
    _ measurement: String, _ number: Int, run: String = "run", world: String = "arithmetic", level: Int = 1,
    mode: String = "greedy", correct: Bool = true, latency: Double? = 1
  ) -> ItemRecord {
    ItemRecord(
      measurementID: measurement, runID: run,
      sample: SampleRecord(
        problemID: Digest(of: "problem \(number)"), world: world, level: level, category: "mixed", mode: mode,
        traceID: nil, verdict: .verified, correct: correct, covered: correct, abstention: nil, planDigest: nil,
        repaired: false, modelEvaluations: 10 + number, latencyMilliseconds: latency, failure: nil))
  }

  static func metric(
    _ metric: MetricName = .accuracy, measurement: String = "m", run: String = "run", template: String = "baseline",
    mode: String = "greedy", dataset: String = "reasoning/baseline", reason: String? = nil,
    reference: MetricReference? = nil, again: String? = nil,
    identity: MetricIdentity? = nil
  ) -> MetricRecord {
    MetricRecord(
      metric: metric.rawValue, value: 0.5, reason: reason, unit: metric.unit, lower: 0.4, upper: 0.6, count: 1,
      mode: mode, group: "all", measurementID: measurement,
      identity: identity
        ?? MetricIdentity([
          .run: run, .template: "\(template)@\(digest)", .overrides: "", .runConfig: "\(digest)", .weights: "\(digest)",
          .trainedOn: "\(dataset)/1@\(digest)",
          .runStatus: "completed", .runSteps: "1/1", .evaluation: "reasoning@\(digest)",
          .dataset: "\(dataset)@\(Digest(of: dataset))", .split: "test", .splitRule: "1", .splitSalt: "codex-1",
          .problems: "\(Digest(of: dataset))", .mode: mode, .search: "beam=4", .budget: "64", .weightsFormat: "float32",
          .seed: "0", .rules: "1",
        ]),
      reference: reference, again: again, codexVersion: "0", recordedAt: 1)
  }

  /// A ledger in memory.
  static func contents(_ entries: [LedgerEntry]) -> LedgerContents {
    LedgerContents(
      lines: entries.enumerated().map {
        .init(head: LedgerHead(sequence: $0, digest: Digest(of: "line \($0)")), entry: $1)
      })
  }
}

/// An empty workspace that vanishes with this object.
final class EmptyWorkspace {
  let root: StorageRoot

  init() throws {
    root = try .creating(
      FileManager.default.temporaryDirectory.appendingPathComponent("ledger-tests-\(UUID().uuidString)").path)
  }

  deinit { try? FileManager.default.removeItem(atPath: root.path) }
}
