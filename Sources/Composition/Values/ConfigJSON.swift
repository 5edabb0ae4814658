import Storage

/// JSON in which a float keeps its point, so that a reader tells `1` from `1.0`: one line, keys sorted.
///
/// Not canonical JSON (RFC 8785), whose numbers know no such difference; digests are taken of that.
public enum ConfigJSON {
  /// - Throws: `StorageError.unwritable` for a number that is not finite.
  public static func text(_ value: JSONValue) throws -> String {
    switch value {
    case .double(let double) where double.isFinite: return FloatText.python(double)
    case .array(let elements): return "[" + (try elements.map(text).joined(separator: ",")) + "]"
    case .object(let object):
      let members = try object.members.sorted { $0.key < $1.key }.map {
        try text(.string($0.key)) + ":" + text($0.value)
      }
      return "{" + members.joined(separator: ",") + "}"
    default: return String(decoding: try CanonicalJSON.write(value), as: UTF8.self)
    }
  }
}

extension ConfigNode {
  /// The tree as `ConfigJSON`.
  public var jsonText: String { get throws { try ConfigJSON.text(readableJSON) } }

  /// As JSON for others to read; infinities and NaN, which JSON lacks, are `{"$float":"inf"}`, `"-inf"` and `"nan"`, as
  /// in overrides.
  public var readableJSON: JSONValue {
    switch value {
    case .float(let double) where !double.isFinite: .object(["$float": .string(FloatText.python(double))])
    case .list(let elements): .array(elements.map(\.readableJSON))
    case .mapping(let entries): .object(JSONObject(entries.map { JSONObject.Member($0.key, $0.value.readableJSON) }))
    default: json
    }
  }
}
