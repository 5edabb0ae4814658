import Storage

/// What a page keeps open: GitHub's reading of Markdown, on the safe side of it (docs/reference/gates.md, *Pages*).
extension MilestonePages {
  /// The lines of a page that look like an unticked item of a task list, wherever they are shown: in lists of any kind and
  /// depth, quotations, indented code, HTML that shows its text. Fenced code and comments hold none, if they are closed.
  package static func openItems(in text: String, page name: String) -> [OpenLine] {
    let page = MarkdownPage(text)
    let items = page.lines.indices.filter { page.looksOpen(at: $0) }
      .map { OpenLine(page: name, line: $0 + 1, text: page.lines[$0].source) }
    return (page.faultLines(name) + items).sorted { $0.line < $1.line }
  }

  /// The pages whose names differ from that of a milestone's page by case only: nobody may take one for the page.
  ///
  /// - Parameter names: Of what stands in `directory`.
  static func misnamedPages(of milestone: String, among names: [PathComponent]) -> [OpenLine] {
    let expected = milestone + ".md"
    return names.map(\.description).filter { $0 != expected && $0.lowercased() == expected.lowercased() }
      .map { OpenLine(page: "\(directory)/\($0)", line: 1, text: "\(directory)/\(expected)", cause: .misnamed) }
  }

  /// The lines of the sections *Overrides* that note one: whatever is not empty, a heading, `None.`, or part of a ticked
  /// item.
  ///
  /// A section begins at a heading, of any level, whose text begins with the word, and ends at one of its own level or
  /// above that stands in no quotation or list.
  ///
  /// - Returns: Nil for a page without such a section, which says nothing about overrides.
  package static func openOverrides(in text: String, page name: String) -> [OpenLine]? {
    let page = MarkdownPage(text)
    let faults = page.faultLines(name)
    var sections = OverrideSections(page)
    let open = sections.openLines().map { OpenLine(page: name, line: $0 + 1, text: page.lines[$0].source) }
    guard sections.wereFound || !faults.isEmpty else { return nil }
    return (faults + open).sorted { $0.line < $1.line }
  }
}

extension MarkdownPage {
  /// Whether a person would see an unticked item in a line.
  func looksOpen(at index: Int) -> Bool {
    let line = lines[index]
    switch line.kind {
    case .blank, .rule, .verbatim: return false
    case .text, .heading, .indentedCode: return TaskBox.looksOpen(line.text, isItem: line.item != nil)
    }
  }

  /// Whether a line belongs, by its marks, to an item whose nearest box is ticked.
  func isTicked(at index: Int) -> Bool {
    guard !lines[index].isLazy else { return false }
    var item = lines[index].item
    while let index = item, items[index].box == nil { item = items[index].parent }
    return item.map { items[$0].box == .ticked } ?? false
  }

  func faultLines(_ name: String) -> [MilestonePages.OpenLine] {
    faults.map { MilestonePages.OpenLine(page: name, line: $0.line + 1, text: $0.problem, cause: .unreadable) }
  }
}
