import Planning
import Plans
import Storage

/// A request that was understood and waits for a worker. Its answer depends on the request and the model alone.
package struct PlanningJob: Sendable {
  let request: ResponsesRequest
  let served: ServedModel
  let search: SearchConfig
  /// `resp_` and 32 digits.
  let id: String
  let now: @Sendable () -> Double

  /// Plans and writes the answer.
  ///
  /// - Parameter isCancelled: Asked before every model evaluation.
  package func run(isCancelled: @escaping @Sendable () -> Bool) throws -> HTTPReply {
    guard !isCancelled() else { return APIError.draining.reply }
    let createdAt = now()
    let unbounded = request.effort?.search(search) ?? search
    let asked = request.maximumOutputTokens.map { unbounded.with(tokensAtMost: $0) } ?? unbounded
    let result = try served.model.planner(asked).plan(
      PlanRequest(request.problem, seed: Self.seed), isCancelled: isCancelled)
    let outcome: ResponseObject.Outcome
    switch result.outcome {
    case .released(let plan): outcome = .plan(plan)
    case .abstained(.cancelled): return APIError.draining.reply
    // With more tokens there might have been a plan, so nothing is claimed about the problem.
    case .abstained where asked != unbounded: outcome = .incomplete
    case .abstained(.unsolvable): outcome = .refusal("The model claims that this problem has no solution.")
    case .abstained(.budget):
      outcome = .refusal(
        "No plan passed verification within \(result.modelEvaluations) model evaluations; "
          + "a higher 'reasoning.effort' looks further.")
    }
    var usage = TokenUsage(result, vocabulary: served.model.vocabulary)
    var isCut = false
    if let most = request.maximumOutputTokens, usage.output > most {
      // Fewer than any plan takes: none leaves, and no more was looked at than may be.
      (usage, isCut) = (usage.cut(to: most), true)
    }
    let answer = ResponseObject(
      id: id, createdAt: createdAt, completedAt: now(), modelName: served.names[0], request: request,
      outcome: isCut ? .incomplete : outcome, usage: usage)
    return HTTPReply(status: 200, answer.json)
  }

  /// Equal requests get equal plans, here and from `codex plan`.
  private static let seed: UInt64 = 0
}
