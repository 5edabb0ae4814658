import Planning
import Plans
import Storage

/// The tokens of one answer.
struct TokenUsage: Equatable {
  /// Tokens that state the problem to the model.
  let input: Int
  /// Tokens of the released plan; 0 without one.
  let plan: Int
  /// Model evaluations beyond one per token of the plan: what the search looked at and left.
  let reasoning: Int

  var output: Int { plan + reasoning }

  init(_ result: PlanningResult, vocabulary: PlanVocabulary) {
    // Every problem of a served world has a prompt: planning would have thrown otherwise.
    let prompt = (try? vocabulary.encodePrompt(result.request.problem.goal).count) ?? 0
    input = prompt
    plan = result.plan.map { max(0, $0.tokens.count - prompt) } ?? 0
    reasoning = max(0, result.modelEvaluations - plan)
  }

  private init(input: Int, plan: Int, reasoning: Int) {
    (self.input, self.plan, self.reasoning) = (input, plan, reasoning)
  }

  /// The usage of an answer that ends after `count` tokens without a plan.
  func cut(to count: Int) -> TokenUsage { TokenUsage(input: input, plan: 0, reasoning: min(output, count)) }

  var json: JSONValue {
    .object([
      "input_tokens": .optional(input),
      "input_tokens_details": .object(["cached_tokens": .int(0), "cache_write_tokens": .int(0)]),
      "output_tokens": .optional(output),
      "output_tokens_details": .object(["reasoning_tokens": .optional(reasoning)]),
      "total_tokens": .optional(input + output),
    ])
  }
}
