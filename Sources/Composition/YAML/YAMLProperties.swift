/// The anchor and the tag of a node.
struct YAMLProperties {
  var anchor: String?
  /// With `!!` written out.
  var tag: String?
  /// Where the first of them stands.
  var origin: Origin?

  var isEmpty: Bool { origin == nil }
}

extension YAMLParser {
  var isAtProperty: Bool { cursor.isAt("&") || cursor.isAt("!") }

  /// Takes the anchors and tags that stand here in one line.
  mutating func takeProperties(into properties: inout YAMLProperties, inFlow: Bool) throws {
    while isAtProperty {
      let origin = cursor.origin()
      properties.origin = properties.origin ?? origin
      let isAnchor = cursor.isAt("&")
      guard isAnchor ? properties.anchor == nil : properties.tag == nil else {
        throw cursor.error("a second \(isAnchor ? "anchor" : "tag") of one value; keep one of the two")
      }
      if isAnchor { properties.anchor = try newName() } else { properties.tag = try takeTag() }
      guard cursor.current.isYAMLSpace || (inFlow && cursor.current.isYAMLFlowEnd) else {
        throw cursor.error("an anchor or a tag ends with a space; add it")
      }
      cursor.skipBlanks()
    }
  }

  /// The name behind `&` or `*`: letters, digits, `-`, `_` and `.`. YAML 1.2 allows more, and PyYAML splits `&a:b` in two.
  mutating func takeName() throws -> String {
    let start = cursor.position + 1
    cursor.position = start
    while let scalar = Optional(Unicode.Scalar(cursor.current)), WordScanner.continuesName(scalar) || scalar == "." {
      cursor.position += 1
    }
    guard cursor.position > start, cursor.current.isYAMLSpace || cursor.current.isYAMLFlowMark else {
      throw cursor.error(
        "unsupported: a name of an anchor with other characters than letters, digits, '-', '_' and '.'; rename it, or quote the text"
      )
    }
    return String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self)
  }

  /// A name that stands for its new value alone from here on, and for nothing before that has ended.
  private mutating func newName() throws -> String {
    let name = try takeName()
    anchors[name] = nil
    return name
  }

  private mutating func takeTag() throws -> String {
    let start = cursor.position
    let isVerbatim = cursor.byte(at: start + 1) == UInt8(ascii: "<")
    while !cursor.current.isYAMLSpace, isVerbatim || !cursor.current.isYAMLFlowMark { cursor.position += 1 }
    let text = String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self)
    if text.hasPrefix("!!") { return YAMLScalar.core + text.dropFirst(2) }
    guard isVerbatim else { return text }
    guard text.hasSuffix(">") else { throw cursor.error("the tag is not closed; add '>'") }
    return String(text.dropFirst(2).dropLast())
  }
}
