/// The blocks of a Markdown page that matter to a gate: headings, list items, and what every line is.
///
/// Block structure is that of CommonMark 0.31 and GitHub Flavored Markdown 0.29: tabs stop every four columns, paragraphs
/// continue lazily, code and HTML blocks hold neither headings nor items. Links and emphasis are not read.
/// Complexity: linear in the page's bytes, times at most `deepestNesting` containers.
package struct MarkdownPage: Equatable, Sendable {
  /// Bytes of the largest page that a gate reads.
  package static let largestByteCount = 1 << 20
  /// Block quotes and list items that may contain one another; what is nested deeper is a fault.
  package static let deepestNesting = 64

  /// What a line is, once the containers around it are taken off.
  package enum Kind: Equatable, Sendable {
    case blank
    /// Of a paragraph, or of HTML that shows its text, such as `<details>`.
    case text
    /// Of a heading, its underline included.
    case heading
    case rule
    case indentedCode
    /// Of fenced code, or of HTML whose text is none of the page's: comments, scripts, `<pre>`.
    case verbatim
  }

  package struct Line: Equatable, Sendable {
    package let kind: Kind
    /// Without containers, indentation and trailing blanks; empty for blank lines and for underlines.
    package let text: String
    /// As it is written, without blanks around it.
    package let source: String
    /// The innermost list item around it: an index of `items`.
    package let item: Int?
    /// Block quotes and list items around it.
    package let depth: Int
    /// Whether it belongs to its containers only as a paragraph's continuation without their marks.
    package let isLazy: Bool
  }

  package struct Heading: Equatable, Sendable {
    package enum Style: Equatable, Sendable { case hashes, equalsSigns, dashes }

    /// Indices of `lines`; several where the text of an underlined heading has several lines.
    package let lines: ClosedRange<Int>
    /// 1 to 6.
    package let level: Int
    package let text: String
    package let style: Style
    /// Block quotes and list items around it.
    package let depth: Int
    /// Whether its first line may be a link's definition, so that less of it, or nothing, is a heading.
    package let mayBeDefinition: Bool
  }

  package struct Item: Equatable, Sendable {
    /// The line with its marker, an index of `lines`.
    package let line: Int
    /// The item around it: an index of `items`.
    package let parent: Int?
    /// As GitHub reads it.
    package var box: TaskBox?
  }

  /// What makes a page unreadable from a line on.
  package struct Fault: Equatable, Sendable {
    /// An index of `lines`.
    package let line: Int
    /// What it is, and the remedy.
    package let problem: String
  }

  /// One for each line of the page; the first has index 0.
  package var lines: [Line] = []
  /// In the order of their lines.
  package var headings: [Heading] = []
  /// In the order of their lines, outer ones first.
  package var items: [Item] = []
  /// In the order of their lines.
  package var faults: [Fault] = []

  /// Reads a page; every text is one.
  package init(_ text: String) {
    var scanner = MarkdownScanner()
    for line in Self.split(Array(text.utf8)) { scanner.read(line) }
    self = scanner.finish()
  }

  init() {}

  /// Lines end with a line feed, a carriage return, or both; a byte order mark is no text.
  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      lines.append(bytes[start..<(position - 1)])
      if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
      start = position
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }
}
