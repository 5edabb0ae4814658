/// The seven kinds of HTML block of CommonMark 0.31, section 4.6, by what ends them.
enum HTMLBlock: Equatable, Sendable {
  /// Kinds 1 to 5: until one of these strings, which are lower case, stands in a line.
  case until([String])
  /// Kinds 6 and 7: until a blank line.
  case untilBlank

  /// The block that a line begins; nil if it begins none.
  ///
  /// - Parameters:
  ///   - line: Begins with `<`.
  ///   - interruptsText: Whether it would follow a paragraph's line, which kind 7 may not.
  init?(beginning line: ArraySlice<UInt8>, interruptsText: Bool) {
    let start = Self.lowercased(line.prefix(12))
    if ["<script", "<pre", "<style", "<textarea"].contains(where: { Self.isTag($0, beginning: start) }) {
      self = .until(["</script>", "</pre>", "</style>", "</textarea>"])
    } else if start.hasPrefix("<!--") {
      self = .until(["-->"])
    } else if start.hasPrefix("<?") {
      self = .until(["?>"])
    } else if start.hasPrefix("<![cdata[") {
      self = .until(["]]>"])
    } else if start.hasPrefix("<!"), line.dropFirst(2).first?.isASCIILetter == true {
      self = .until([">"])
    } else if Self.beginsBlockTag(line) || (!interruptsText && Self.isOneTag(line)) {
      self = .untilBlank
    } else {
      return nil
    }
  }

  /// What follows the end of the block in a line of it; nil where it does not end.
  ///
  /// Complexity: linear in the line.
  func tail(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard case .until(let ends) = self else { return nil }
    let targets = ends.map { Array($0.utf8) }
    for position in line.indices {
      for target in targets where line.count - (position - line.startIndex) >= target.count {
        let end = position + target.count
        if zip(line[position..<end], target).allSatisfy({ Self.lowercased($0) == $1 }) { return line[end...] }
      }
    }
    return nil
  }

  // MARK: Conditions

  private static let blockTags: Set<String> = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link",
    "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]

  /// Kind 6: `<` or `</`, a known name, then a blank, the line's end, `>` or `/>`.
  private static func beginsBlockTag(_ line: ArraySlice<UInt8>) -> Bool {
    var rest = line.dropFirst()
    if rest.first == UInt8(ascii: "/") { rest = rest.dropFirst() }
    let name = rest.prefix(12).prefix { $0.isASCIILetter || $0.isASCIIDigit }
    guard blockTags.contains(lowercased(name)) else { return false }
    rest = rest.dropFirst(name.count)
    guard let next = rest.first else { return true }
    return next.isMarkdownSpace || next == UInt8(ascii: ">") || rest.starts(with: Array("/>".utf8))
  }

  /// Kind 7: one whole opening or closing tag of any name, then blanks.
  private static func isOneTag(_ line: ArraySlice<UInt8>) -> Bool {
    var rest = line.dropFirst()
    let isClosing = rest.first == UInt8(ascii: "/")
    if isClosing { rest = rest.dropFirst() }
    guard rest.first?.isASCIILetter == true else { return false }
    rest = rest.drop { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    if !isClosing { while dropAttribute(from: &rest) {} }
    rest = rest.drop(while: \.isMarkdownSpace)
    if !isClosing, rest.first == UInt8(ascii: "/") { rest = rest.dropFirst() }
    return rest.first == UInt8(ascii: ">") && rest.dropFirst().allSatisfy(\.isMarkdownSpace)
  }

  /// Blanks, a name, and perhaps `=` and a value.
  private static func dropAttribute(from rest: inout ArraySlice<UInt8>) -> Bool {
    let start = rest.drop(while: \.isMarkdownSpace)
    guard start.startIndex > rest.startIndex, let first = start.first, isNameStart(first) else { return false }
    rest = start.drop { isNameStart($0) || $0.isASCIIDigit || ".-".utf8.contains($0) }
    let equals = rest.drop(while: \.isMarkdownSpace)
    guard equals.first == UInt8(ascii: "=") else { return true }
    let value = equals.dropFirst().drop(while: \.isMarkdownSpace)
    guard let quote = value.first else { return false }
    if "\"'".utf8.contains(quote) {
      guard let end = value.dropFirst().firstIndex(of: quote) else { return false }
      rest = value[end...].dropFirst()
    } else {
      let after = value.drop { !$0.isMarkdownSpace && !"\"'=<>`".utf8.contains($0) }
      guard after.startIndex > value.startIndex else { return false }
      rest = after
    }
    return true
  }

  private static func isNameStart(_ byte: UInt8) -> Bool { byte.isASCIILetter || "_:".utf8.contains(byte) }

  /// Kind 1: the name, then a blank, the line's end or `>`.
  private static func isTag(_ name: String, beginning start: String) -> Bool {
    guard start.hasPrefix(name) else { return false }
    return start.dropFirst(name.count).first.map { " \t>".contains($0) } ?? true
  }

  private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map(lowercased), as: UTF8.self)
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
