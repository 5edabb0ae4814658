import Datasets
import Evaluation
import Foundation
import Planning
import Plans
import Randomness
import Schemas
import Search
import Storage
import Worlds

/// Problems, subjects and samples that the tests of this module share.
enum Fixture {
  static let vocabulary = PlanVocabulary(signatures: WorldKind.allCases.map(\.world.signature))
  static let configDigest = Digest(of: "evaluation config")

  static func problems(_ count: Int, world: WorldKind = .arithmetic, seed: Int = 3) throws -> ProblemSet {
    let source = ExampleSource(DatasetConfig(preset: "tests", world: world, sizes: [.test: count], seed: seed))
    return ProblemSet(
      try source.distinctExamples(.test, count: count).map(EvaluationProblem.init), dataset: "tests",
      datasetDigest: Digest(of: "dataset")
    )
  }

  static func subject(
    run: String = "run-1", makePolicy: @escaping @Sendable () -> any PlanPolicy = { PartlyRightPolicy() }
  ) -> EvaluationSubject {
    EvaluationSubject(
      runID: run, template: "baseline", runConfigDigest: Digest(of: "run config"), weightsDigest: Digest(of: run),
      style: .actions, vocabulary: vocabulary, makePolicy: makePolicy)
  }

  static func metadata(run: String = "run-1") -> RunMetadata {
    RunMetadata(
      runID: run, template: "baseline", status: .completed, startedAt: 1, updatedAt: 2, codexVersion: "0",
      configDigest: Digest(of: "run config"), datasetDigest: Digest(of: "dataset"), dataset: "datasets/x", seed: 0,
      worlds: ["arithmetic"], parameterCount: 1, totalSteps: 1, step: 1, stages: [], checkpoint: "checkpoints/1",
      weightsDigest: Digest(of: run), numericsFingerprint: "f", rolloutRing: "0D_base_", owner: "o",
      evaluationPreset: "reasoning", deploymentPreset: "reasoning_pod", performance: nil)
  }

  static func config(_ modes: [PlanningMode] = [.greedy], budget: Int = 64) -> EvaluationConfig {
    EvaluationConfig(
      split: .test, maximumProblems: 1000, modes: modes.map { SearchConfig(mode: $0, budget: budget) }, seed: 5,
      digest: configDigest)
  }

  /// A sample of problem `number`; everything else has a harmless value.
  static func sample(
    _ number: Int, world: String = "arithmetic", level: Int = 2, category: String = "mixed", mode: String = "greedy",
    correct: Bool = true, covered: Bool? = nil, abstention: TraceRecord.Abstention? = nil, repaired: Bool = false,
    evaluations: Int = 10, latency: Double? = 1, failure: String? = nil
  ) -> SampleRecord {
    SampleRecord(
      problemID: Digest(of: "problem \(number)"), world: world, level: level, category: category, mode: mode,
      traceID: "t\(number)", verdict: correct ? .verified : .abstained, correct: correct, covered: covered ?? correct,
      abstention: abstention, planDigest: nil, repaired: repaired, modelEvaluations: evaluations,
      latencyMilliseconds: latency, failure: failure)
  }
}

/// Follows the dataset's solution for about two problems in three and has random opinions on the others.
struct PartlyRightPolicy: PlanPolicy {
  private var script: [PlanToken]?

  /// - Parameter script: Followed instead, whatever the problem.
  init(script: [PlanToken]? = nil) { self.script = script }

  mutating func propose(for partial: PartialPlan, limit: Int, random: inout RandomStream) throws -> PolicyAnswer {
    if script == nil { script = try Self.script(partial.goal) }
    let favoured = script.flatMap { script in
      script.starts(with: partial.tokens) && script.count > partial.tokens.count ? script[partial.tokens.count] : nil
    }
    var noise = RandomStream(seed: 1, "tests/opinion", partial.goal.canonicalText, partial.tokens.count)
    var scores = partial.state.allowed.map { ($0, $0 == favoured ? 9 : 3 * noise.normal()) }
    let sum = scores.reduce(0) { $0 + exp($1.1) }
    scores.sort { ($1.1, $0.0) < ($0.1, $1.0) }
    return PolicyAnswer(proposals: scores.prefix(limit).map { ($0.0, $0.1 - log(sum)) }, value: 0.5)
  }

  private static func script(_ goal: PlanCall) throws -> [PlanToken] {
    var lot = RandomStream(seed: 2, "tests/lot", goal.canonicalText)
    guard lot.uniform() < 0.66 else { return [] }
    let world: WorldKind = goal.name == "evaluate" ? .arithmetic : .countdown
    let exercise = world.teacher.exercise(for: try world.world.problem(stating: goal))
    return try Fixture.vocabulary.encode(exercise.plan(style: .actions))
  }
}

/// Fails on every problem.
struct FailingPolicy: PlanPolicy {
  func propose(for partial: PartialPlan, limit: Int, random: inout RandomStream) throws -> PolicyAnswer {
    throw SearchError.invalidValue(.nan)
  }
}

/// An empty workspace that vanishes with this object.
final class TemporaryWorkspace {
  let root: StorageRoot

  init() throws {
    root = try .creating(
      FileManager.default.temporaryDirectory.appendingPathComponent("evaluation-tests-\(UUID().uuidString)").path)
  }

  deinit { try? FileManager.default.removeItem(atPath: root.path) }
}
