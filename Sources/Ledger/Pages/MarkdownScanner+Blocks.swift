extension MarkdownScanner {
  /// The opening line of fenced code.
  struct Fence: Equatable {
    let byte: UInt8
    let length: Int

    /// At least three backticks without another one behind them, or three tildes; nil for anything else.
    init?(opening line: ArraySlice<UInt8>) {
      guard let byte = line.first, "`~".utf8.contains(byte) else { return nil }
      let run = line.prefix { $0 == byte }
      guard run.count >= 3, byte == UInt8(ascii: "~") || !line[run.endIndex...].contains(byte) else { return nil }
      self.byte = byte
      length = run.count
    }

    func isClosed(by line: ArraySlice<UInt8>) -> Bool {
      let run = line.prefix { $0 == byte }
      return run.count >= length && line[run.endIndex...].allSatisfy(\.isMarkdownSpace)
    }
  }

  /// A list item's marker.
  struct Marker {
    let length: Int
    /// The number with which an ordered list would begin; nil for a bullet.
    let ordinal: Int?

    /// `-`, `*`, `+`, or one to nine digits and `.` or `)`; then a blank or the line's end.
    init?(beginning line: ArraySlice<UInt8>) {
      guard let first = line.first else { return nil }
      if "-*+".utf8.contains(first) {
        ordinal = nil
        length = 1
      } else {
        let digits = line.prefix(10).prefix(while: \.isASCIIDigit)
        guard (1...9).contains(digits.count), let end = line[digits.endIndex...].first, ".)".utf8.contains(end) else {
          return nil
        }
        ordinal = Int(String(decoding: digits, as: UTF8.self))
        length = digits.count + 1
      }
      guard line.dropFirst(length).first?.isMarkdownSpace ?? true else { return nil }
    }
  }

  /// Begins the blocks that the line begins.
  ///
  /// - Returns: Whether the line is done with; otherwise what is left of it is text.
  mutating func beginBlocks(_ cursor: inout MarkdownCursor) -> Bool {
    while !cursor.isBlank {
      if cursor.indent >= 4 {
        guard !leaf.isParagraph else { return false }
        beginLeaf(.indentedCode)
        add(.indentedCode, cursor.content)
        return true
      }
      let content = cursor.content
      if content.first == UInt8(ascii: ">") {
        guard begin(.quote) else { return false }
        Self.skipQuoteMark(&cursor)
      } else if beginsLeaf(content, cursor) {
        return true
      } else if let marker = Marker(beginning: content), mayBegin(marker, content) {
        guard beginItem(marker, &cursor) else { return false }
      } else {
        return false
      }
    }
    return false
  }

  /// Between a paragraph's lines an item must have text, and an ordered list begins with 1.
  private func mayBegin(_ marker: Marker, _ content: ArraySlice<UInt8>) -> Bool {
    guard isInParagraph else { return true }
    return (marker.ordinal ?? 1) == 1 && !content.dropFirst(marker.length).allSatisfy(\.isMarkdownSpace)
  }

  private mutating func beginItem(_ marker: Marker, _ cursor: inout MarkdownCursor) -> Bool {
    let indent = cursor.indent
    cursor.skipSpaces()
    cursor.advance(columns: marker.length)
    // Five or more columns behind the marker are one, and indented code; a marker alone counts as if one followed.
    let gap = cursor.isBlank || cursor.indent > 4 ? 1 : cursor.indent
    closeUnmatched()
    let parent = innermostItem()
    guard begin(.item(index: page.items.count, width: indent + marker.length + gap, isEmpty: true)) else {
      return false
    }
    page.items.append(MarkdownPage.Item(line: number, parent: parent, box: nil))
    cursor.advance(columns: gap)
    return true
  }

  private mutating func beginLeaf(_ leaf: Leaf) {
    closeUnmatched()
    noteContent()
    self.leaf = leaf
  }

  /// Whether the line is a heading, a rule, or the first one of code or HTML.
  private mutating func beginsLeaf(_ content: ArraySlice<UInt8>, _ cursor: MarkdownCursor) -> Bool {
    if let (level, text) = Self.hashedHeading(content) {
      beginLeaf(.none)
      addHeading(number...number, level, String(decoding: text, as: UTF8.self), .hashes)
      add(.heading, text)
    } else if let fence = Fence(opening: content) {
      beginLeaf(.fence(fence, line: number))
      add(.verbatim, content)
    } else if content.first == UInt8(ascii: "<"),
      let block = HTMLBlock(beginning: content, interruptsText: leaf.isParagraph)
    {
      beginLeaf(.html(block, line: number))
      addHTML(block, cursor)
    } else if isInParagraph, case .paragraph(let line, let item) = leaf,
      let style = Self.underline(content)
    {
      if let item { page.items[item].box = nil }
      underline(line, style)
    } else if Self.isRule(content) {
      beginLeaf(.none)
      add(.rule, content)
    } else {
      return false
    }
    return true
  }

  // MARK: Headings and rules

  /// One to six `#`, a blank or the line's end, text, and perhaps a blank and more of them.
  private static func hashedHeading(_ line: ArraySlice<UInt8>) -> (Int, ArraySlice<UInt8>)? {
    let hash = UInt8(ascii: "#")
    let run = line.prefix(7).prefix { $0 == hash }
    let rest = line[run.endIndex...]
    guard (1...6).contains(run.count), rest.first?.isMarkdownSpace ?? true else { return nil }
    let text = rest.droppingTrailingSpaces
    let open = text[..<(text.lastIndex { $0 != hash }.map { $0 + 1 } ?? text.startIndex)]
    let isClosed = open.count < text.count && open.last?.isMarkdownSpace ?? true
    return (run.count, (isClosed ? open.droppingTrailingSpaces : text).drop(while: \.isMarkdownSpace))
  }

  private static func underline(_ line: ArraySlice<UInt8>) -> MarkdownPage.Heading.Style? {
    guard let first = line.first, "=-".utf8.contains(first),
      line.drop(while: { $0 == first }).allSatisfy(\.isMarkdownSpace)
    else { return nil }
    return first == UInt8(ascii: "=") ? .equalsSigns : .dashes
  }

  /// Makes the open paragraph, which begins at line `first`, a heading.
  private mutating func underline(_ first: Int, _ style: MarkdownPage.Heading.Style) {
    let text = page.lines[first...].map(\.text)
    for index in first..<number {
      let line = page.lines[index]
      page.lines[index] = MarkdownPage.Line(
        kind: .heading, text: line.text, source: line.source, item: line.item, depth: line.depth, isLazy: line.isLazy)
    }
    addHeading(first...number, style == .dashes ? 2 : 1, text.joined(separator: "\n"), style)
    leaf = .none
    add(.heading)
  }

  private mutating func addHeading(
    _ lines: ClosedRange<Int>, _ level: Int, _ text: String, _ style: MarkdownPage.Heading.Style
  ) {
    page.headings.append(
      MarkdownPage.Heading(
        lines: lines, level: level, text: text, style: style, depth: containers.count,
        mayBeDefinition: style != .hashes && text.hasPrefix("[")))
  }

  /// Three or more of `-`, `_` or `*`, and blanks.
  private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first, "-_*".utf8.contains(first) else { return false }
    return line.allSatisfy { $0 == first || $0.isMarkdownSpace } && line.count { $0 == first } >= 3
  }
}
