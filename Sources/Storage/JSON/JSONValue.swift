/// A JSON value. Integers that fit 64 bits stay exact; every other number is a finite `Double`.
///
/// The reader returns `.int` for a number written as an integer, so `.double(5)` is read back as `.int(5)`.
public enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// The members of a JSON object in the order written; keys are distinct where the reader made it.
public struct JSONObject: Equatable, Sendable {
  public struct Member: Equatable, Sendable {
    public let key: String
    public let value: JSONValue

    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  public var members: [Member]

  public init(_ members: [Member] = []) { self.members = members }

  /// The value under `key`. Linear in the number of members: records are small.
  public subscript(key: String) -> JSONValue? { members.first { $0.key == key }?.value }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { members = elements.map { Member($0.0, $0.1) } }
}

extension JSONValue {
  /// The value under `key`, if this is an object that has it.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let object) = self else { return nil }
    return object[key]
  }

  /// What kind of value this is, for messages.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .int: "an integer"
    case .double: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
