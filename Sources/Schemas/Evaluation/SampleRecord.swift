/// What one mode made of one held-out problem: a line of an evaluation's `samples.ndjson`. Every sample is kept.
public struct SampleRecord: Record, Equatable {
  public static let schema = "codex.sample/1"

  /// Digest of the canonical problem; pairs the samples of two runs.
  public let problemID: Digest
  public let world: String
  public let level: Int
  public let category: String
  /// `greedy`, `best-first`, `sampling`, `uniform`.
  public let mode: String
  /// The trace of the same problem and mode in `traces.ndjson`; absent where planning failed.
  public let traceID: String?
  /// What became of the problem; absent where planning failed.
  public let verdict: TraceRecord.Verdict?
  /// Whether a verified plan was released, or the claim `unsolvable` is true.
  public let correct: Bool
  /// Whether the trace is complete, schema-valid and semantically verified; never for an abstention.
  public let covered: Bool
  public let abstention: TraceRecord.Abstention?
  /// Digest of the released plan.
  public let planDigest: Digest?
  /// Whether the released plan is the repair of a refused one.
  public let repaired: Bool
  /// Forward passes of the model.
  public let modelEvaluations: Int
  /// From the request to the plan or abstention, on the caller's clock; absent where planning failed: then it counts as +∞.
  public let latencyMilliseconds: Double?
  /// Why planning failed, where it did.
  public let failure: String?

  enum CodingKeys: String, CodingKey {
    case world, level, category, mode, verdict, correct, covered, abstention, repaired, failure
    case problemID = "problem_id"
    case traceID = "trace_id"
    case planDigest = "plan_digest"
    case modelEvaluations = "model_evaluations"
    case latencyMilliseconds = "latency_ms"
  }

  public init(
    problemID: Digest, world: String, level: Int, category: String, mode: String, traceID: String?,
    verdict: TraceRecord.Verdict?, correct: Bool, covered: Bool, abstention: TraceRecord.Abstention?,
    planDigest: Digest?, repaired: Bool, modelEvaluations: Int, latencyMilliseconds: Double?, failure: String?
  ) {
    self.problemID = problemID
    self.world = world
    self.level = level
    self.category = category
    self.mode = mode
    self.traceID = traceID
    self.verdict = verdict
    self.correct = correct
    self.covered = covered
    self.abstention = abstention
    self.planDigest = planDigest
    self.repaired = repaired
    self.modelEvaluations = modelEvaluations
    self.latencyMilliseconds = latencyMilliseconds
    self.failure = failure
  }
}
