import Plans
import Schemas
import Storage
import Worlds

/// Judges a trace from its record alone: whether it is complete, schema-valid and, where a plan was released, sound.
///
/// Nothing that the planner believed is taken over: the problem and the plan are read back from their texts and judged again.
public enum TraceAudit {
  /// One thing wrong with a trace.
  public struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// The record's key, e.g. `plan_digest`.
    public let key: String
    public let message: String

    public var description: String { "'\(key)': \(message)" }
  }

  /// Whether the trace counts for trace coverage: a released plan without findings.
  public static func covers(_ trace: TraceRecord) -> Bool { trace.verdict == .verified && findings(in: trace).isEmpty }

  /// Everything wrong with `trace`; empty for a sound one, abstentions included.
  public static func findings(in trace: TraceRecord) -> [Finding] {
    guard let problem = problem(of: trace) else {
      return [
        Finding(key: "problem", message: "'\(trace.problem.goal)' states no problem of world '\(trace.problem.world)'")
      ]
    }
    return schemaFindings(trace) + identityFindings(trace, problem)
      + (trace.verdict == .verified ? releaseFindings(trace, problem) : abstentionFindings(trace))
  }

  /// The problem that a trace states; nil if it states none.
  public static func problem(of trace: TraceRecord) -> Problem? {
    guard let kind = WorldKind(rawValue: trace.problem.world),
      let goal = try? PlanParser.parse("goal \(trace.problem.goal){}").goal, goal.canonicalText == trace.problem.goal
    else { return nil }
    return try? kind.world.problem(stating: goal)
  }

  /// The problem's id joins a trace to datasets: it must be that of the problem stated.
  private static func identityFindings(_ trace: TraceRecord, _ problem: Problem) -> [Finding] {
    let id = Digest(of: problem.identityText)
    return trace.problem.id == id
      ? [] : [Finding(key: "problem.id", message: "expected \(id), got \(trace.problem.id)")]
  }

  /// The record must survive being written and read.
  private static func schemaFindings(_ trace: TraceRecord) -> [Finding] {
    do {
      let read = try RecordDecoder().record(TraceRecord.self, from: RecordEncoder().bytes(of: trace))
      return read == trace ? [] : [Finding(key: "schema", message: "reads back as another record")]
    } catch {
      return [Finding(key: "schema", message: "\(error)")]
    }
  }

  private static func releaseFindings(_ trace: TraceRecord, _ problem: Problem) -> [Finding] {
    guard let text = trace.plan else { return [Finding(key: "plan", message: "a verified trace has none")] }
    guard let tree = try? PlanParser.parse(text), tree.canonicalText == text else {
      return [Finding(key: "plan", message: "is not canonical plan text")]
    }
    var findings: [Finding] = []
    func expect<T: Equatable>(_ key: String, _ got: T?, _ expected: T) {
      guard got != expected else { return }
      findings.append(Finding(key: key, message: "expected \(expected), got \(got.map { "\($0)" } ?? "none")"))
    }
    expect("plan_digest", trace.planDigest, Digest(of: text))
    expect("node_count", trace.nodeCount, tree.nodeCount)
    expect("outcome", trace.outcome, tree.outcome)
    if trace.abstention != nil { findings.append(Finding(key: "abstention", message: "a verified trace has none")) }
    if trace.logProbability == nil { findings.append(Finding(key: "log_probability", message: "is missing")) }
    let semantic = problem.world.world.verifier(for: problem).findings(in: tree)
    return findings + semantic.map { Finding(key: "plan", message: "\($0.path): \($0.rule): \($0.message)") }
  }

  private static func abstentionFindings(_ trace: TraceRecord) -> [Finding] {
    var findings: [Finding] = []
    if trace.abstention == nil { findings.append(Finding(key: "abstention", message: "an abstained trace says why")) }
    let expected = trace.abstention == .unsolvable ? "unsolvable" : nil
    if trace.outcome != expected {
      findings.append(
        Finding(key: "outcome", message: "expected \(expected ?? "none"), got \(trace.outcome ?? "none")"))
    }
    let released: [(String, Bool)] = [
      ("plan", trace.plan != nil), ("plan_digest", trace.planDigest != nil), ("node_count", trace.nodeCount != nil),
      ("log_probability", trace.logProbability != nil), ("repaired", trace.repaired),
    ]
    for (key, isThere) in released where isThere {
      findings.append(Finding(key: key, message: "only a verified trace has one"))
    }
    return findings
  }
}

extension PlanTree {
  /// What the plan's first terminal says, e.g. `return`.
  var outcome: String? {
    var outcome: String?
    visit { node, _ in
      if outcome == nil, case .terminal(let call) = node { outcome = call.name }
    }
    return outcome
  }
}
