import Storage

/// Takes the members out of one JSON object of a request; what nobody took is refused at the end.
///
/// `null` counts as absent, as in the API.
struct FieldReader {
  private let object: JSONObject
  /// The place of the object in the request, as `text.format`; empty for the request itself.
  private let place: String
  private var taken: Set<String> = []

  init(_ object: JSONObject, at place: String = "") {
    self.object = object
    self.place = place
  }

  /// The name of a member in messages.
  func path(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

  mutating func value(_ key: String) -> JSONValue? {
    taken.insert(key)
    let value = object[key]
    return value == .null ? nil : value
  }

  mutating func string(_ key: String) throws(APIError) -> String? {
    guard let value = value(key) else { return nil }
    guard case .string(let text) = value else { throw wrongType(key, "a string", value) }
    return text
  }

  mutating func bool(_ key: String) throws(APIError) -> Bool? {
    guard let value = value(key) else { return nil }
    guard case .bool(let flag) = value else { throw wrongType(key, "a boolean", value) }
    return flag
  }

  mutating func int(_ key: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
    guard let value = value(key) else { return nil }
    guard case .int(let wide) = value else { throw wrongType(key, "an integer", value) }
    guard let integer = Int(exactly: wide), range.contains(integer) else {
      throw .invalid(path(key), expected: "\(range.lowerBound)…\(range.upperBound)", got: "\(wide)")
    }
    return integer
  }

  mutating func array(_ key: String) throws(APIError) -> [JSONValue]? {
    guard let value = value(key) else { return nil }
    guard case .array(let elements) = value else { throw wrongType(key, "an array", value) }
    return elements
  }

  /// A reader for the object under `key`.
  mutating func object(_ key: String) throws(APIError) -> FieldReader? {
    guard let value = value(key) else { return nil }
    guard case .object(let object) = value else { throw wrongType(key, "an object", value) }
    return FieldReader(object, at: path(key))
  }

  /// A name out of a closed list; others are refused with the list.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) throws(APIError) -> Choice? where Choice.RawValue == String {
    guard let text = try string(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw .invalid(path(key), expected: known, got: Quoted.text(text))
    }
    return choice
  }

  /// Refuses members that nobody took.
  func finish() throws(APIError) {
    guard let unknown = object.members.first(where: { !taken.contains($0.key) }) else { return }
    let name = Quoted.short(path(unknown.key))
    throw APIError(
      400, "unknown_parameter", "'\(name)' is no parameter that this server knows. Leave it out.", parameter: name)
  }

  func wrongType(_ key: String, _ expected: String, _ got: JSONValue) -> APIError {
    APIError(400, "invalid_type", "'\(path(key))': expected \(expected), got \(got.kindName).", parameter: path(key))
  }
}

/// Text of a client as messages show it.
enum Quoted {
  static func text(_ text: String) -> String { "'\(short(text))'" }

  /// At most 64 characters, none of them control characters.
  static func short(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(64).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) }
    return String(shown) + (text.unicodeScalars.count > 64 ? "…" : "")
  }
}
