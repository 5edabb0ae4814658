/// One plan as it left the planner, or its abstention: a line of `traces.ndjson`.
///
/// A trace is complete when it leads from the problem over the plan's nodes and the verdict to an outcome. The plan is kept as
/// canonical text, so its nodes can be read, searched and judged again from the ledger alone.
public struct TraceRecord: Record, Equatable {
  public static let schema = "codex.trace/1"

  /// What the plan was made for.
  public struct Problem: Codable, Sendable, Equatable {
    /// Digest of the canonical problem; joins traces to datasets and samples.
    public let id: Digest
    public let world: String
    /// The goal call in canonical text; states the problem in full.
    public let goal: String
    public let level: Int
    public let stepCount: Int?
    public let category: String?

    enum CodingKeys: String, CodingKey {
      case id, world, goal, level, category
      case stepCount = "step_count"
    }

    public init(id: Digest, world: String, goal: String, level: Int, stepCount: Int?, category: String?) {
      self.id = id
      self.world = world
      self.goal = goal
      self.level = level
      self.stepCount = stepCount
      self.category = category
    }
  }

  /// A verifier's finding at a node.
  public struct Finding: Codable, Sendable, Equatable {
    /// `/` is the root, `/2/0` the first child of its third step.
    public let path: String
    public let rule: String
    public let message: String

    public init(path: String, rule: String, message: String) {
      self.path = path
      self.rule = rule
      self.message = message
    }
  }

  /// What became of the request.
  public enum Verdict: String, Codable, Sendable {
    /// The plan was verified and released.
    case verified
    /// No plan was released.
    case abstained
  }

  /// Why no plan was released.
  public enum Abstention: String, Codable, Sendable {
    /// The budget ended, or the one repair failed: counts as unsolved.
    case budget
    /// The plan claims that there is no solution: a claim, scored as one.
    case unsolvable
    /// Interrupted.
    case cancelled
  }

  /// The first 32 hexadecimal digits of a digest over everything that the plan follows from: run, phase, stage, step,
  /// problem, mode, seed, budget, search, dataset and weights.
  public let traceID: String
  /// The run whose model planned, where there is one.
  public let runID: String?
  /// `train`, `evaluate` or `plan`.
  public let phase: String
  /// Curriculum phase and optimizer step at which a training trace was taken.
  public let stage: String?
  public let step: Int?
  public let template: String?
  public let problem: Problem
  /// `greedy`, `best-first`, `sampling`, `uniform`.
  public let mode: String
  public let seed: UInt64
  /// Model evaluations at most. This and the next three are absent in traces of version 0.1.0.
  public let budget: Int?
  /// The search's other settings, as identities state them.
  public let search: String?
  /// The dataset that the problem is from, `<preset>@<content digest>`; absent for a problem that a user stated.
  public let dataset: String?
  /// Digest of the model's weights; absent while they are trained.
  public let weightsDigest: Digest?
  public let verdict: Verdict
  public let abstention: Abstention?
  /// The released plan in canonical text.
  public let plan: String?
  /// Digest of `plan`: the plan's identity.
  public let planDigest: Digest?
  public let nodeCount: Int?
  /// What the plan's terminal says, e.g. `return`.
  public let outcome: String?
  /// The last attempt that was refused, in canonical text, and why; empty for plans accepted at once.
  public let refused: String?
  public let findings: [Finding]
  /// Whether the released plan is the repair of a refused one.
  public let repaired: Bool
  /// Forward passes of the model.
  public let modelEvaluations: Int
  /// Natural log of the plan's probability under the policy.
  public let logProbability: Double?

  enum CodingKeys: String, CodingKey {
    case phase, stage, step, template, problem, mode, seed, budget, search, dataset, verdict, abstention, plan, outcome,
      refused, findings,
      repaired
    case traceID = "trace_id"
    case runID = "run_id"
    case planDigest = "plan_digest"
    case weightsDigest = "weights_digest"
    case nodeCount = "node_count"
    case modelEvaluations = "model_evaluations"
    case logProbability = "log_probability"
  }

  public init(
    traceID: String, runID: String?, phase: String, stage: String?, step: Int?, template: String?, problem: Problem,
    mode: String, seed: UInt64, budget: Int? = nil, search: String? = nil, dataset: String? = nil,
    weightsDigest: Digest? = nil, verdict: Verdict, abstention: Abstention?, plan: String?, planDigest: Digest?,
    nodeCount: Int?, outcome: String?, refused: String?, findings: [Finding], repaired: Bool, modelEvaluations: Int,
    logProbability: Double?
  ) {
    self.traceID = traceID
    self.runID = runID
    self.phase = phase
    self.stage = stage
    self.step = step
    self.template = template
    self.problem = problem
    self.mode = mode
    self.seed = seed
    self.budget = budget
    self.search = search
    self.dataset = dataset
    self.weightsDigest = weightsDigest
    self.verdict = verdict
    self.abstention = abstention
    self.plan = plan
    self.planDigest = planDigest
    self.nodeCount = nodeCount
    self.outcome = outcome
    self.refused = refused
    self.findings = findings
    self.repaired = repaired
    self.modelEvaluations = modelEvaluations
    self.logProbability = logProbability
  }
}
