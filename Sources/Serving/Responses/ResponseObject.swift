import Planning
import Plans
import Storage

/// The answer to a planning request, as the API writes it.
struct ResponseObject {
  enum Outcome {
    case plan(ReleasedPlan)
    /// Why there is none, in a sentence.
    case refusal(String)
    /// `max_output_tokens` ended it.
    case incomplete
  }

  let id: String
  let createdAt: Double
  let completedAt: Double
  /// What the server calls its model.
  let modelName: String
  let request: ResponsesRequest
  let outcome: Outcome
  let usage: TokenUsage

  var json: JSONValue {
    let isIncomplete = if case .incomplete = outcome { true } else { false }
    var object: JSONObject = [
      "id": .string(id), "object": .string("response"), "created_at": .double(createdAt),
      "completed_at": isIncomplete ? .null : .double(completedAt),
      "status": .string(isIncomplete ? "incomplete" : "completed"), "background": .bool(false), "error": .null,
      "incomplete_details": isIncomplete ? .object(["reason": .string("max_output_tokens")]) : .null,
      "instructions": .optional(request.instructions),
      "max_output_tokens": .optional(request.maximumOutputTokens), "max_tool_calls": .null,
      "model": .string(modelName), "output": .array(output), "previous_response_id": .null,
      "reasoning": .object(["effort": .optional(request.effort?.rawValue), "summary": .null]),
      "service_tier": .string("default"), "store": .bool(false), "temperature": .int(1),
      "text": .object([
        "format": .object(["type": .string(request.format.rawValue)]), "verbosity": .string("medium"),
      ]), "tools": .array([]), "top_logprobs": .int(0), "top_p": .int(1), "usage": usage.json,
    ]
    let standard: JSONObject = [
      "metadata": .object([:]), "user": .null, "safety_identifier": .null, "prompt_cache_key": .null,
      "parallel_tool_calls": .bool(true), "truncation": .string("disabled"), "tool_choice": .string("auto"),
    ]
    object.members += standard.members.map { member in
      request.echoed.first { $0.key == member.key } ?? member
    }
    return .object(object)
  }

  private var output: [JSONValue] {
    let part: JSONObject
    switch outcome {
    case .incomplete: return []
    case .refusal(let reason): part = ["type": .string("refusal"), "refusal": .string(reason)]
    case .plan(let plan):
      part = [
        "type": .string("output_text"), "text": .string(text(of: plan)), "annotations": .array([]),
        "logprobs": .array([]),
      ]
    }
    return [
      .object([
        "id": .string("msg_" + id.dropFirst(5)), "type": .string("message"), "status": .string("completed"),
        "role": .string("assistant"), "content": .array([.object(part)]),
      ])
    ]
  }

  private func text(of plan: ReleasedPlan) -> String {
    switch request.format {
    case .text: PlanDrawing(plan.tree).lines.joined(separator: "\n")
    case .jsonObject, .jsonSchema:
      String(decoding: (try? CanonicalJSON.write(plan.tree.json)) ?? [], as: UTF8.self)
    }
  }
}
