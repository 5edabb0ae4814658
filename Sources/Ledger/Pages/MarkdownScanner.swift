/// Reads the blocks of a page line by line, as CommonMark 0.31's appendix, "Phase 1: block structure", describes.
///
/// For each line: containers that it continues; blocks that it begins; what is left is the text of a leaf.
struct MarkdownScanner {
  enum Container: Equatable {
    case quote
    /// `width`: columns by which what belongs to the item is indented. `isEmpty`: nothing was found in it yet.
    case item(index: Int, width: Int, isEmpty: Bool)
  }

  /// The open block that has no blocks in it; `line` is where it begins.
  enum Leaf: Equatable {
    case none
    /// `item`: the one whose first content it is.
    case paragraph(line: Int, item: Int?)
    case indentedCode
    case fence(Fence, line: Int)
    case html(HTMLBlock, line: Int)

    var isParagraph: Bool { if case .paragraph = self { true } else { false } }
  }

  var page = MarkdownPage()
  /// Those open, outermost first.
  private(set) var containers: [Container] = []
  var leaf = Leaf.none
  /// How many of `containers` the present line continues.
  var matchedCount = 0

  /// The index of the present line.
  var number: Int { page.lines.count }
  /// The present line.
  private var source: ArraySlice<UInt8> = []
  private var isMatched: Bool { matchedCount == containers.count }
  /// Whether the present line may belong to an open paragraph in all its containers.
  var isInParagraph: Bool { isMatched && leaf.isParagraph }

  /// Reads the next line.
  mutating func read(_ line: ArraySlice<UInt8>) {
    var cursor = MarkdownCursor(line)
    source = line
    matchedCount = 0
    while !isMatched, continues(containers[matchedCount], &cursor) { matchedCount += 1 }
    if isMatched {
      if continueLeaf(&cursor) { return }
    } else if !leaf.isParagraph {
      closeUnmatched()
    }
    if beginBlocks(&cursor) { return }
    addText(cursor)
  }

  /// Ends the page.
  consuming func finish() -> MarkdownPage {
    matchedCount = 0
    closeUnmatched()
    page.faults.sort { $0.line < $1.line }
    return page
  }

  // MARK: Continuing

  private func continues(_ container: Container, _ cursor: inout MarkdownCursor) -> Bool {
    switch container {
    case .quote:
      guard cursor.indent < 4, cursor.content.first == UInt8(ascii: ">") else { return false }
      Self.skipQuoteMark(&cursor)
    case .item(_, let width, let isEmpty):
      // cmark-gfm's order: blanks that are indented enough continue even an item in which nothing was found yet.
      guard cursor.indent >= width else { return cursor.isBlank && !isEmpty }
      cursor.advance(columns: width)
    }
    return true
  }

  static func skipQuoteMark(_ cursor: inout MarkdownCursor) {
    cursor.skipSpaces()
    cursor.advance(columns: 1)
    if cursor.isAtSpace { cursor.advance(columns: 1) }
  }

  /// Whether the whole line belongs to the open leaf; a paragraph decides later.
  private mutating func continueLeaf(_ cursor: inout MarkdownCursor) -> Bool {
    switch leaf {
    case .none, .paragraph: return false
    case .indentedCode:
      guard cursor.indent >= 4 || cursor.isBlank else {
        leaf = .none
        return false
      }
      add(cursor.isBlank ? .blank : .indentedCode, cursor.content)
    case .fence(let fence, _):
      if cursor.indent < 4, fence.isClosed(by: cursor.content) { leaf = .none }
      add(.verbatim, cursor.content)
    case .html(let block, _):
      addHTML(block, cursor)
    }
    return true
  }

  /// Adds a line of the HTML block `leaf`, and closes it if the line ends it.
  mutating func addHTML(_ block: HTMLBlock, _ cursor: MarkdownCursor) {
    guard block != .untilBlank else {
      if cursor.isBlank { leaf = .none }
      return add(cursor.isBlank ? .blank : .text, cursor.content)
    }
    guard let tail = block.tail(of: cursor.content) else { return add(.verbatim, cursor.content) }
    leaf = .none
    let shown = tail.drop(while: \.isMarkdownSpace)
    // What stands behind the end is part of the block, but is shown.
    add(shown.isEmpty ? .verbatim : .text, shown.isEmpty ? cursor.content : shown)
  }

  // MARK: Changing

  /// Closes the leaf, and the containers that the present line does not continue.
  mutating func closeUnmatched() {
    switch leaf {
    case .fence(_, let line):
      fault(line, "the code that begins here is never closed, so that nobody can tell what it hides. Close its fence.")
    case .html(.until(let ends), let line):
      let end = ends.count == 1 ? ends[0] : "its closing tag"
      fault(line, "the HTML that begins here is never closed, so that nobody can tell what it hides. Add \(end).")
    default: break
    }
    leaf = .none
    containers.removeLast(containers.count - matchedCount)
  }

  /// Opens a container for the present line; refuses where they are nested too deeply.
  mutating func begin(_ container: Container) -> Bool {
    closeUnmatched()
    guard containers.count < MarkdownPage.deepestNesting else {
      if page.faults.last?.line != number {
        fault(number, "nested deeper than \(MarkdownPage.deepestNesting) levels. Flatten the list or quotation.")
      }
      return false
    }
    noteContent()
    containers.append(container)
    matchedCount = containers.count
    return true
  }

  func innermostItem() -> Int? {
    for container in containers.reversed() {
      if case .item(let index, _, _) = container { return index }
    }
    return nil
  }

  /// Notes that the innermost container is not empty; returns the item whose first content this is.
  @discardableResult mutating func noteContent() -> Int? {
    guard case .item(let index, let width, true) = containers.last else { return nil }
    containers[containers.count - 1] = .item(index: index, width: width, isEmpty: false)
    return index
  }

  private mutating func fault(_ line: Int, _ problem: String) {
    page.faults.append(MarkdownPage.Fault(line: line, problem: problem))
  }

  /// Adds the present line to the page.
  mutating func add(_ kind: MarkdownPage.Kind, _ content: ArraySlice<UInt8> = [], isLazy: Bool = false) {
    page.lines.append(
      MarkdownPage.Line(
        kind: kind, text: String(decoding: content.droppingTrailingSpaces, as: UTF8.self),
        source: String(decoding: source.drop(while: \.isMarkdownSpace).droppingTrailingSpaces, as: UTF8.self),
        item: innermostItem(), depth: containers.count, isLazy: isLazy))
  }

  /// The rest of a line that begins no leaf: nothing, a paragraph's next line, or its first.
  private mutating func addText(_ cursor: MarkdownCursor) {
    if cursor.isBlank {
      closeUnmatched()
      return add(.blank)
    }
    if leaf.isParagraph { return add(.text, cursor.content, isLazy: !isMatched) }
    closeUnmatched()
    let item = noteContent()
    leaf = .paragraph(line: number, item: item)
    add(.text, cursor.content)
    if let item, let line = page.lines.last { page.items[item].box = TaskBox(beginning: line.text) }
  }
}
