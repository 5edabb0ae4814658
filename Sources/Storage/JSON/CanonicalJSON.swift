/// The canonical form of a JSON value (RFC 8785): keys sorted by UTF-16 code units, no white space, ECMAScript numbers,
/// shortest escapes. Digests are taken over these bytes.
///
/// One deliberate difference: integers beyond 2⁵³, for which RFC 8785 asks for strings, are written exactly.
public enum CanonicalJSON {
  /// The canonical bytes of `value`, without a newline.
  ///
  /// - Throws: `StorageError.unwritable` for a number that is not finite or for a repeated key.
  public static func write(_ value: JSONValue) throws -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(256)
    try append(value, to: &output)
    return output
  }

  static func append(_ value: JSONValue, to output: inout [UInt8]) throws {
    switch value {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
    case .int(let integer): output.append(contentsOf: String(integer).utf8)
    case .double(let double):
      guard double.isFinite else {
        throw StorageError.unwritable(path: "JSON", expected: "a finite number", got: "\(double)")
      }
      output.append(contentsOf: ECMAScriptNumber.text(of: double).utf8)
    case .string(let string): appendString(string, to: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        try append(element, to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let object): try appendObject(object, to: &output)
    }
  }

  private static func appendObject(_ object: JSONObject, to output: inout [UInt8]) throws {
    let members = object.members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
    output.append(UInt8(ascii: "{"))
    var previous: String?
    for member in members {
      guard member.key != previous else {
        throw StorageError.unwritable(path: "JSON", expected: "distinct keys", got: "a second \"\(member.key)\"")
      }
      if previous != nil { output.append(UInt8(ascii: ",")) }
      previous = member.key
      appendString(member.key, to: &output)
      output.append(UInt8(ascii: ":"))
      try append(member.value, to: &output)
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func appendString(_ string: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): output.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): output.append(contentsOf: "\\\\".utf8)
      case 0x08: output.append(contentsOf: "\\b".utf8)
      case 0x09: output.append(contentsOf: "\\t".utf8)
      case 0x0A: output.append(contentsOf: "\\n".utf8)
      case 0x0C: output.append(contentsOf: "\\f".utf8)
      case 0x0D: output.append(contentsOf: "\\r".utf8)
      case 0..<0x20:
        output.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
        output.append(contentsOf: String(byte, radix: 16).utf8)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
