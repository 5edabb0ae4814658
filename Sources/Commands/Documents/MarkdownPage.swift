/// A Markdown page cut into what is checked of it: fenced blocks, and inline code and links outside them.
package struct MarkdownPage {
  /// A fenced code block.
  package struct Fence: Equatable {
    /// The word after the opening fence, `""` if there is none.
    package let language: String
    /// One-based line of the first line inside.
    package let line: Int
    package let lines: [String]
  }

  /// A piece of text and the one-based line it stands on.
  package struct Span: Equatable {
    package let text: String
    package let line: Int
  }

  package private(set) var fences: [Fence] = []
  /// Contents of `…`.
  package private(set) var inlineCode: [Span] = []
  /// Targets of `[text](target)` and `![text](target)`.
  package private(set) var links: [Span] = []

  /// - Parameter lines: The page's, without their ends.
  package init(_ lines: [Substring]) {
    var open: (marker: Substring, language: String, line: Int, lines: [String])?
    for (index, line) in lines.enumerated() {
      let trimmed = line.drop { $0 == " " }
      let marker = trimmed.prefix { $0 == "`" || $0 == "~" }
      if let fence = open {
        if marker.count >= fence.marker.count, marker.first == fence.marker.first, marker.count == trimmed.count {
          fences.append(Fence(language: fence.language, line: fence.line, lines: fence.lines))
          open = nil
        } else {
          open?.lines.append(String(line))
        }
      } else if marker.count >= 3 {
        let language = trimmed.dropFirst(marker.count).split(separator: " ").first.map(String.init) ?? ""
        open = (marker, language, index + 2, [])
      } else {
        collectSpans(line, number: index + 1)
      }
    }
  }

  private mutating func collectSpans(_ line: Substring, number: Int) {
    let pieces = line.split(separator: "`", omittingEmptySubsequences: false)
    for (index, piece) in pieces.enumerated() where index % 2 == 1 && index < pieces.count - 1 {
      inlineCode.append(Span(text: String(piece), line: number))
    }
    // Link texts may hold code, so targets are looked for in the whole line.
    for part in line.split(separator: "](", omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstIndex(of: ")") else { continue }
      links.append(Span(text: String(part[..<end]), line: number))
    }
  }
}
