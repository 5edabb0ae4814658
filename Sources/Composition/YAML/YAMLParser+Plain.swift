/// Unquoted scalars.
extension YAMLParser {
  /// A plain scalar of one line or several, whose later lines are indented more than `parent`.
  mutating func plain(in parent: Int, inFlow: Bool) throws -> String {
    var text = try plainLine(inFlow: inFlow)
    while true {
      let lineEnd = cursor
      cursor.skipBlanks()
      let breaks = cursor.takeBreaks()
      guard breaks > 0, !cursor.isAtEnd, !cursor.isAtDocumentMark(), cursor.indent > parent, !cursor.isAt("#"),
        cursor.position < plainEnd(from: cursor.position, inFlow: inFlow)
      else {
        cursor = lineEnd
        return text
      }
      text += breaks == 1 ? " " : String(repeating: "\n", count: breaks - 1)
      text += takePlain(inFlow: inFlow)
    }
  }

  /// The part of a plain scalar that stands on this line.
  mutating func plainLine(inFlow: Bool) throws -> String {
    let next = cursor.byte(at: cursor.position + 1)
    switch Unicode.Scalar(cursor.current) {
    case "-", "?", ":":
      guard !next.isYAMLSpace, !inFlow || !next.isYAMLFlowMark else {
        throw cursor.error("'\(Unicode.Scalar(cursor.current))' alone is no value here; quote it")
      }
      // PyYAML reads `[?a]` as a mapping with the key `a`, YAML 1.2 as a text.
      guard !inFlow || cursor.isAt("-") else {
        throw cursor.error("unsupported: text in a flow collection that starts with '?' or ':'; quote it")
      }
    case "#": throw cursor.error("a comment needs a space before '#'; add it, or quote the value")
    case ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`":
      throw cursor.error("'\(Unicode.Scalar(cursor.current))' starts no text; quote it")
    default: break
    }
    return takePlain(inFlow: inFlow)
  }

  private mutating func takePlain(inFlow: Bool) -> String {
    let start = cursor.position
    cursor.position = plainEnd(from: start, inFlow: inFlow)
    return String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self)
  }

  /// Where plain text that starts at `start` ends in its line: before `: `, ` #`, the line's end, in flow collections
  /// also before their punctuation; blanks there are left out.
  func plainEnd(from start: Int, inFlow: Bool) -> Int {
    var position = start, end = start
    while true {
      let byte = cursor.byte(at: position), next = cursor.byte(at: position + 1)
      let stops =
        switch Unicode.Scalar(byte) {
        case "\0", "\n", "\r": true
        case "#": position > start && cursor.byte(at: position - 1).isYAMLBlank
        case ":": next.isYAMLSpace || (inFlow && next.isYAMLFlowMark)
        default: inFlow && byte.isYAMLFlowMark
        }
      if stops { return end }
      if !byte.isYAMLBlank { end = position + 1 }
      position += 1
    }
  }
}
