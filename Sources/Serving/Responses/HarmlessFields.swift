import Storage

/// Parameters of the API that this server knows and does not act on.
enum HarmlessFields {
  /// Takes them; refuses the values that ask for something that would not happen.
  static func check(_ read: inout FieldReader) throws(APIError) {
    for (name, why) in [
      ("stream", "is not supported: answers come whole. Leave it out or send false."),
      ("background", "is not supported: answers come at once. Leave it out or send false."),
      ("store", "is not supported: nothing is kept. Send false."),
    ] where try read.bool(name) == true {
      throw .unsupported(name, why)
    }
    for name in ["temperature", "top_p"] {
      guard let value = read.value(name), value != .int(1), value != .double(1) else { continue }
      throw .unsupported(name, "may only be 1: the search is deterministic.")
    }
    for name in ["tools", "include"] {
      guard let list = try read.array(name), !list.isEmpty else { continue }
      throw .unsupported(name, "may only be empty.")
    }
    for (name, allowed) in [
      ("tool_choice", ["none", "auto"]), ("truncation", ["disabled", "auto"]), ("service_tier", ["auto", "default"]),
    ] {
      guard let text = try read.string(name), !allowed.contains(text) else { continue }
      throw .unsupported(name, "may only be \(allowed.map { "'\($0)'" }.joined(separator: " or ")).")
    }
    for name in [
      "previous_response_id", "conversation", "prompt", "max_tool_calls", "stream_options", "prompt_cache_retention",
      "context_management",
    ] where read.value(name) != nil {
      throw .unsupported(name, "is not supported. Leave it out.")
    }
    if let count = try read.int("top_logprobs", in: 0...20), count != 0 {
      throw .unsupported("top_logprobs", "may only be 0.")
    }
    try checkEchoed(&read)
  }

  /// What answers repeat: small, and of the type that clients read back.
  private static func checkEchoed(_ read: inout FieldReader) throws(APIError) {
    _ = try read.bool("parallel_tool_calls")
    for name in ["user", "safety_identifier", "prompt_cache_key"] {
      guard let text = try read.string(name), text.utf8.count > 512 else { continue }
      throw .invalid(name, expected: "at most 512 bytes", got: "\(text.utf8.count)")
    }
    guard let value = read.value("metadata") else { return }
    guard case .object(let metadata) = value else { throw read.wrongType("metadata", "an object", value) }
    guard metadata.members.count <= 16 else {
      throw .invalid("metadata", expected: "at most 16 keys", got: "\(metadata.members.count)")
    }
    for member in metadata.members {
      guard case .string(let text) = member.value, text.utf8.count <= 512, member.key.utf8.count <= 64 else {
        throw .invalid("metadata", expected: "keys of 64 bytes and strings of 512 bytes at most", got: "others")
      }
    }
  }
}
