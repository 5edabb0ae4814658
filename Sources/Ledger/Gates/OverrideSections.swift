/// Walks through the sections *Overrides* of a page.
struct OverrideSections {
  private let page: MarkdownPage
  /// The heading of the section that the walk is in.
  private var section: MarkdownPage.Heading?
  /// Whether there was one.
  private(set) var wereFound = false

  init(_ page: MarkdownPage) { self.page = page }

  /// The indices of the lines that note an override which nobody ticked.
  mutating func openLines() -> [Int] {
    var open: [Int] = []
    var next = 0
    for heading in page.headings {
      open += openText(next..<heading.lines.lowerBound)
      open += openLines(of: heading)
      enter(heading)
      next = heading.lines.upperBound + 1
    }
    return open + openText(next..<page.lines.count)
  }

  /// A section within a section is part of it.
  private mutating func enter(_ heading: MarkdownPage.Heading) {
    if Self.isCalledOverrides(heading) {
      wereFound = true
      if heading.level <= section?.level ?? 6 { section = heading }
    } else if let inside = section, heading.level <= inside.level, heading.depth == 0, !heading.mayBeDefinition {
      section = nil
    }
  }

  private func openText(_ lines: Range<Int>) -> [Int] {
    guard section != nil else { return [] }
    return lines.filter { index in
      let line = page.lines[index]
      if line.kind == .blank || (line.text == "None." && line.depth == 0) { return false }
      return page.looksOpen(at: index) || !page.isTicked(at: index)
    }
  }

  /// Those of a heading's lines that are notes rather than a heading.
  ///
  /// A heading alone opens nothing, unless it has an open box, or a person would not take it for one: in a quotation or
  /// list, of several lines, or underlined with dashes, as text before a rule is, in a section that has a heading with `#`.
  private func openLines(of heading: MarkdownPage.Heading) -> [Int] {
    guard let section else { return [] }
    let looksLikeText = heading.style == .dashes && section.style == .hashes && !Self.isCalledOverrides(heading)
    guard heading.depth > 0 || heading.lines.count > 2 || looksLikeText else {
      return heading.lines.filter { page.looksOpen(at: $0) }
    }
    return openText(Range(heading.lines)).filter { !page.lines[$0].text.isEmpty }
  }

  /// Whether a line of its text begins with the word, whatever marks, numbers and letter case it is written with.
  private static func isCalledOverrides(_ heading: MarkdownPage.Heading) -> Bool {
    heading.text.split(separator: "\n").contains { line in
      let words = line.drop { !$0.isLetter }.lowercased()
      return words.hasPrefix("overrides") && words.dropFirst(9).first.map { !$0.isLetter && !$0.isNumber } ?? true
    }
  }
}
