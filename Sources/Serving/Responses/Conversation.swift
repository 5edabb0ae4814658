import Storage

/// The `input` of a request: the problem is the text, or the last message, which is the user's.
///
/// Earlier messages of the user and the assistant are read and left: each problem stands for itself.
struct Conversation {
  let problem: String
  /// Where the problem stands in the request.
  let problemPath: String
  /// Texts of system and developer messages, in order, each with its place.
  let instructions: [(path: String, text: String)]

  private enum Role: String, CaseIterable { case user, assistant, system, developer }

  /// Items of one request.
  static let maximumCount = 256

  init(_ read: inout FieldReader) throws(APIError) {
    guard let input = read.value("input") else {
      throw APIError(400, "missing_required_parameter", "'input' is missing: state a problem.", parameter: "input")
    }
    switch input {
    case .string(let text):
      problem = text
      problemPath = "input"
      instructions = []
    case .array(let items):
      guard (1...Self.maximumCount).contains(items.count) else {
        throw .invalid("input", expected: "1…\(Self.maximumCount) items", got: "\(items.count)")
      }
      var instructions: [(path: String, text: String)] = []
      var last: (role: Role, path: String, text: String)?
      for (index, item) in items.enumerated() {
        let message = try Self.message(item, at: "input[\(index)]")
        last = message
        if message.role == .system || message.role == .developer { instructions.append((message.path, message.text)) }
      }
      guard let last, last.role == .user else {
        throw .invalid("input", expected: "a last message of the user, with the problem", got: "another role")
      }
      problem = last.text
      problemPath = last.path
      self.instructions = instructions
    default: throw read.wrongType("input", "a string or an array", input)
    }
  }

  private static func message(
    _ item: JSONValue, at place: String
  ) throws(APIError) -> (role: Role, path: String, text: String) {
    guard case .object(let object) = item else {
      throw APIError(
        400, "invalid_type", "'\(place)': expected an object, got \(item.kindName).", parameter: place)
    }
    var read = FieldReader(object, at: place)
    if let type = try read.string("type"), type != "message" {
      throw .unsupported("\(place).type", "may only be 'message'.")
    }
    guard let role = try read.choice("role", Role.self) else {
      throw APIError(400, "missing_required_parameter", "'\(place).role' is missing.", parameter: "\(place).role")
    }
    for name in ["id", "status", "phase"] { _ = try read.string(name) }
    let content = read.value("content")
    try read.finish()
    switch content {
    case .string(let text): return (role, "\(place).content", text)
    case .array(let parts):
      var texts: [String] = []
      for (index, part) in parts.enumerated() {
        texts.append(try text(part, at: "\(place).content[\(index)]", of: role))
      }
      return (role, "\(place).content", texts.joined(separator: " "))
    case let other:
      throw read.wrongType("content", "a string or an array", other ?? .null)
    }
  }

  private static func text(_ part: JSONValue, at place: String, of role: Role) throws(APIError) -> String {
    guard case .object(let object) = part else {
      throw APIError(
        400, "invalid_type", "'\(place)': expected an object, got \(part.kindName).", parameter: place)
    }
    var read = FieldReader(object, at: place)
    let type = try read.string("type") ?? ""
    let allowed = role == .assistant ? ["output_text", "refusal"] : ["input_text"]
    guard allowed.contains(type) else {
      throw .unsupported("\(place).type", "may only be \(allowed.map { "'\($0)'" }.joined(separator: " or ")).")
    }
    if role == .assistant { for name in ["annotations", "logprobs"] { _ = try read.array(name) } }
    guard let text = try read.string(type == "refusal" ? "refusal" : "text") else {
      throw APIError(400, "missing_required_parameter", "'\(place).text' is missing.", parameter: "\(place).text")
    }
    try read.finish()
    return text
  }
}
