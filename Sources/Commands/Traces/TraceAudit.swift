import Plans
import Schemas
import Storage
import Worlds

/// Judges a recorded trace again, from its own text alone.
enum TraceAudit {
  struct Finding {
    let line: Int
    let traceID: String
    let message: String
  }

  /// What is wrong with `trace`; empty means that it is complete and its verdict holds.
  static func messages(for trace: TraceRecord) -> [String] {
    guard let kind = WorldKind(rawValue: trace.problem.world) else {
      return ["no world is called '\(trace.problem.world)'"]
    }
    do {
      let problem = try ProblemText.problem(trace.problem.goal, world: kind)
      return try consistency(of: trace, problem: problem) + verdict(on: trace, problem: problem)
    } catch { return ["\(error)"] }
  }

  private static func consistency(of trace: TraceRecord, problem: Problem) -> [String] {
    var messages: [String] = []
    let identity = Digest(of: problem.canonicalGoal.canonicalText)
    if identity != trace.problem.id { messages.append("the problem's id is \(trace.problem.id), expected \(identity)") }
    if (trace.verdict == .verified) != (trace.plan != nil) {
      messages.append("the verdict is '\(trace.verdict.rawValue)' \(trace.plan == nil ? "without" : "with") a plan")
    }
    if (trace.verdict == .abstained) != (trace.abstention != nil) {
      messages.append("an abstention, and no other verdict, states its reason")
    }
    return messages
  }

  private static func verdict(on trace: TraceRecord, problem: Problem) throws -> [String] {
    guard let text = trace.plan else { return [] }
    let tree = try PlanParser.parse(text)
    var messages: [String] = []
    if tree.canonicalText != text { messages.append("the plan is not written in canonical text") }
    if Digest(of: text) != trace.planDigest { messages.append("the plan does not have the digest that is recorded") }
    if tree.goal != problem.goal { messages.append("the plan is for another problem: \(tree.goal.canonicalText)") }
    messages += problem.world.world.verifier(for: problem).findings(in: tree).map {
      "recorded as verified, but \($0.path) \($0.rule): \($0.message)"
    }
    return messages
  }
}
