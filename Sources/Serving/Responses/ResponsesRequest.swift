import Plans
import Storage
import Worlds

/// The body of `POST /v1/responses`, as far as this server acts on it. A value is one that can be honoured in full.
///
/// What the API knows and would change the answer, and what it does not know, is refused; what changes nothing is taken and
/// told back (docs/reference/serving.md).
struct ResponsesRequest: Sendable {
  enum Format: String, CaseIterable {
    case text
    case jsonObject = "json_object"
    case jsonSchema = "json_schema"
  }

  let problem: Problem
  let model: String?
  let instructions: String?
  let effort: ReasoningEffort?
  let maximumOutputTokens: Int?
  let format: Format
  /// Members that an answer repeats as they came.
  let echoed: [JSONObject.Member]

  private static let echoedNames = [
    "metadata", "user", "safety_identifier", "prompt_cache_key", "parallel_tool_calls", "truncation", "tool_choice",
  ]

  /// - Throws: `APIError`.
  init(_ body: [UInt8], limits: ServingLimits) throws(APIError) {
    var read = FieldReader(try Self.object(body, limits))
    model = try read.string("model")
    effort = try Self.effort(&read)
    maximumOutputTokens = try read.int("max_output_tokens", in: 1...1_000_000)
    format = try Self.format(&read)
    instructions = try read.string("instructions")
    let conversation = try Conversation(&read)
    try HarmlessFields.check(&read)
    echoed = Self.echoedNames.compactMap { name in read.value(name).map { JSONObject.Member(name, $0) } }
    try read.finish()
    let constraints = try TypedInstructions([("instructions", instructions ?? "")] + conversation.instructions)
    problem = try Self.problem(conversation.problem, at: conversation.problemPath, in: constraints.world)
  }

  private static func object(_ body: [UInt8], _ limits: ServingLimits) throws(APIError) -> JSONObject {
    let value: JSONValue
    do {
      value = try JSONReader.parse(body, maximumByteCount: limits.bodyByteCount)
    } catch StorageError.malformed(_, _, let offset, let expected, let got, _) {
      throw APIError(400, "invalid_json", "The body is not JSON: byte \(offset): expected \(expected), got \(got).")
    } catch {
      throw APIError(400, "invalid_json", "The body is not JSON that this server reads.")
    }
    guard case .object(let object) = value else {
      throw APIError(400, "invalid_type", "The body: expected an object, got \(value.kindName).")
    }
    return object
  }

  private static func effort(_ read: inout FieldReader) throws(APIError) -> ReasoningEffort? {
    guard var reasoning = try read.object("reasoning") else { return nil }
    let effort = try reasoning.choice("effort", ReasoningEffort.self)
    for name in ["summary", "generate_summary"] where reasoning.value(name) != nil {
      throw .unsupported("reasoning.\(name)", "is not supported: there are no summaries. Leave it out.")
    }
    try reasoning.finish()
    return effort
  }

  private static func format(_ read: inout FieldReader) throws(APIError) -> Format {
    guard var text = try read.object("text") else { return .text }
    if let verbosity = try text.string("verbosity"), verbosity != "medium" {
      throw .unsupported("text.verbosity", "may only be 'medium': a plan has one length.")
    }
    guard var format = try text.object("format") else {
      try text.finish()
      return .text
    }
    try text.finish()
    guard let type = try format.choice("type", Format.self) else {
      throw APIError(
        400, "missing_required_parameter", "'text.format.type' is missing.", parameter: "text.format.type")
    }
    guard type != .jsonSchema else {
      throw .unsupported(
        "text.format.type", "may be 'text' or 'json_object'; a schema of the client's cannot be enforced.")
    }
    try format.finish()
    return type
  }

  private static func problem(
    _ text: String, at path: String, in world: WorldKind?
  ) throws(APIError) -> Problem {
    do {
      return try Problem(reading: text, in: world)
    } catch {
      let reason = error is WorldError || error is PlanError ? "\(error)" : "it is no problem"
      throw APIError(400, "unreadable_problem", reason, parameter: path)
    }
  }
}
