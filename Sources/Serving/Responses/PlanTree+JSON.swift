import Plans
import Storage

extension PlanTree {
  /// The plan as JSON: `goal`, `steps`, and `text`, the canonical text, which is its identity.
  ///
  ///     {"goal":{"name":"evaluate","arguments":[37,"add",45]},"steps":[{"kind":"action","name":"add",…,"output":82},…],"text":"…"}
  package var json: JSONValue {
    .object([
      "goal": .object(JSONObject(goal.jsonMembers)), "steps": .array(steps.map(\.json)),
      "text": .string(canonicalText),
    ])
  }
}

extension PlanNode {
  /// `kind`, `name`, `arguments`, and what its kind has: `output`, `steps`, or `when_true` and `when_false`.
  var json: JSONValue {
    var members = [JSONObject.Member("kind", .string(kind.rawValue))]
    switch self {
    case .assertion(let call), .terminal(let call): members += call.jsonMembers
    case .action(let call, let output):
      members += call.jsonMembers
      if let output { members.append(JSONObject.Member("output", output.json)) }
    case .subgoal(let call, let steps):
      members += call.jsonMembers + [JSONObject.Member("steps", .array(steps.map(\.json)))]
    case .branch(let call, let whenTrue, let whenFalse):
      members +=
        call.jsonMembers + [
          JSONObject.Member("when_true", .array(whenTrue.map(\.json))),
          JSONObject.Member("when_false", .array(whenFalse.map(\.json))),
        ]
    }
    return .object(JSONObject(members))
  }
}

extension PlanCall {
  fileprivate var jsonMembers: [JSONObject.Member] {
    [JSONObject.Member("name", .string(name)), JSONObject.Member("arguments", .array(arguments.map(\.json)))]
  }
}

extension PlanTerm {
  fileprivate var json: JSONValue {
    switch self {
    case .integer(let value): .int(Int64(value))
    case .symbol(let name): .string(name)
    }
  }
}
