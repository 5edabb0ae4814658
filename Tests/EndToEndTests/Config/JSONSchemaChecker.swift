import Foundation
import Storage

/// The keywords of JSON Schema that codex writes, checked the obvious way; an unknown keyword is a problem of its own.
enum JSONSchemaChecker {
  /// What `value` has against `schema`, each with its dotted path.
  static func problems(in value: JSONValue, _ schema: JSONValue, at path: String = "") -> [String] {
    guard case .object(let rules) = schema else { return ["\(path): no schema"] }
    return rules.members.flatMap { rule -> [String] in
      func unless(_ holds: Bool, _ problem: String) -> [String] { holds ? [] : ["\(path): \(problem)"] }
      switch (rule.key, rule.value, value) {
      case ("$schema", _, _), ("title", _, _), ("description", _, _), ("default", _, _): return []
      case ("additionalProperties", .bool(false), .object(let object)):
        return object.members.filter { schema["properties"]?[$0.key] == nil }.map {
          "\(inner(path, $0.key)): not known"
        }
      case ("additionalProperties", .bool(false), _): return []
      case ("type", .string(let type), _): return unless(has(value, [type]), "not of \(type)")
      case ("type", .array(let types), _):
        let names = types.compactMap(\.string)
        return unless(has(value, names), "not of \(names.joined(separator: ", "))")
      case ("minimum", let limit, _):
        return number(value).map { unless($0 >= (number(limit) ?? .nan), "below \(spelled(limit))") } ?? []
      case ("maximum", let limit, _):
        return number(value).map { unless($0 <= (number(limit) ?? .nan), "above \(spelled(limit))") } ?? []
      case ("enum", .array(let allowed), _): return unless(allowed.contains(value), "none of the enum")
      case ("pattern", .string(let pattern), .string(let text)):
        return unless(text.range(of: pattern, options: .regularExpression) != nil, "does not match")
      case ("pattern", .string, _): return []
      case ("not", let other, _): return unless(!problems(in: value, other).isEmpty, "is what it must not be")
      case ("anyOf", .array(let others), _):
        return unless(others.contains { problems(in: value, $0).isEmpty }, "none of anyOf")
      case ("items", let items, .array(let elements)):
        return elements.enumerated().flatMap { problems(in: $1, items, at: inner(path, "\($0)")) }
      case ("items", _, _): return []
      case ("properties", let properties, .object(let object)):
        return object.members.flatMap { member in
          properties[member.key].map { problems(in: member.value, $0, at: inner(path, member.key)) } ?? []
        }
      case ("properties", _, _): return []
      default: return ["\(path): keyword \(rule.key)"]
      }
    }
  }

  private static func inner(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private static func has(_ value: JSONValue, _ types: [String]) -> Bool {
    switch value {
    case .null: types.contains("null")
    case .bool: types.contains("boolean")
    case .int: types.contains("integer") || types.contains("number")
    case .double(let double): types.contains("number") || types.contains("integer") && double == double.rounded()
    case .string: types.contains("string")
    case .array: types.contains("array")
    case .object: types.contains("object")
    }
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .int(let integer): Double(integer)
    case .double(let double): double
    default: nil
    }
  }

  private static func spelled(_ value: JSONValue) -> String {
    number(value).map { $0 == $0.rounded() ? String(Int($0)) : String($0) } ?? "?"
  }
}
