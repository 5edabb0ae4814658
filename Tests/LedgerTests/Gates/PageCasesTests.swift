import Ledger
import TestSupport
import Testing

/// Sources/Ledger/Gates/MilestonePages+Reading.swift and OverrideSections.swift, page by page.
@Suite struct PageCasesTests {
  private func items(_ page: String) -> [Int] { MilestonePages.openItems(in: page, page: "p").map(\.line) }

  private func overrides(_ page: String) -> [Int]? { MilestonePages.openOverrides(in: page, page: "p")?.map(\.line) }

  @Test func openItems_areThoseOfEachPage() {
    for (page, open) in PageCases.items + PageCases.saferItems + PageCases.faults {
      #expect(items(page) == open, "\(page.debugDescription)")
    }
    for page in PageCases.closed { #expect(items(page) == [], "\(page.debugDescription)") }
  }

  @Test func openOverrides_areThoseOfEachPage() {
    for (page, open) in PageCases.overrides { #expect(overrides(page) == open, "\(page.debugDescription)") }
  }

  @Test func cases_areEnough() {
    let count = PageCases.items.count + PageCases.saferItems.count + PageCases.faults.count + PageCases.closed.count
    #expect(count >= 120)
    #expect(PageCases.overrides.count >= 80)
  }

  @Test(arguments: [
    ("# a", "a"), ("# a#", "a#"), ("# a ##", "a"), ("## #", ""), ("#", ""), ("# a \\#", "a \\#"), ("#\ta\t#\t", "a"),
    ("a\n  b\n===", "a\nb"), ("> # a #", "a"),
  ])
  func headings_loseTheirMarks(page: String, text: String) {
    #expect(MarkdownPage(page).headings.map(\.text) == [text])
  }

  @Test func faults_sayWhatToDo() {
    let lines = MilestonePages.openItems(in: "a\n\n```\n- [ ] b", page: "p")
    #expect(lines.map(\.cause) == [.unreadable])
    #expect(
      lines.map(\.text) == [
        "the code that begins here is never closed, so that nobody can tell what it hides. Close its fence."
      ])
    #expect(MilestonePages.openItems(in: "<!--", page: "p").first?.text.hasSuffix("Add -->.") == true)
  }

  /// What opens a page keeps it open whatever closed blocks stand around it, in a list or quotation.
  @Test func item_isOpenWhereverItStands() {
    for (page, open) in PageCases.items + PageCases.saferItems where !page.contains("\u{FEFF}") {
      for (before, first) in [("> ", "> "), ("- ", "  "), ("1. ", "   "), ("- > ", "  > ")] {
        let lines = page.split(omittingEmptySubsequences: false) { $0.isNewline && !"\u{2028}\u{85}\u{C}".contains($0) }
        // A tab's width depends on where it stands.
        guard !page.contains("\t") else { continue }
        let nested = lines.enumerated().map { ($0.offset == 0 ? before : first) + $0.element }.joined(separator: "\n")
        #expect(Set(items(nested)).isSuperset(of: open), "\(nested.debugDescription)")
      }
      let around = "```\n- [ ] a\n```\n\n\(page)\n\n<!-- - [ ] a -->"
      #expect(Set(items(around)).isSuperset(of: open.map { $0 + 4 }), "\(around.debugDescription)")
    }
  }

  @Test func control_theLinePrefixReaderIsFooled() {
    let all = PageCases.items + PageCases.saferItems
    let hidden = all.count { LinePrefixReader.openItems(in: $0.page).isEmpty && !$0.open.isEmpty }
    #expect(hidden >= 20)
    #expect(all.contains { LinePrefixReader.openItems(in: $0.page) == $0.open }, "it is a reader at all")
    let passed = PageCases.overrides.count {
      LinePrefixReader.openOverrides(in: $0.page) == [] && $0.open?.isEmpty == false
    }
    #expect(passed >= 10)
  }

  // MARK: Limits

  /// Time grows with the page's length, not with its square: eight times the page may take at most thirty times as long.
  @Test(arguments: [
    "> ", "- ", "1. ", "\t", " ", ">", "* ", "[", "- [ ] a\n", "```\n", "<!--\n", "a\n", "\n", "#", "# a\n", "-", "=\n",
    "<a ", "<a b=\"", "&", "- [&nbsp;", "*", "  - a\n", "> - 1. ", "\\", "<pre>", "\u{A0}", "a\n-\n",
  ])
  func reading_isLinear(unit: String) {
    let deep = String(repeating: "- ", count: 63) + "a\n"
    func seconds(_ count: Int) -> Double {
      let page = deep + String(repeating: unit, count: count)
      return leastProcessorSeconds {
        _ = items(page)
        _ = overrides("# Overrides\n" + page)
      }
    }
    let count = 4_096 / unit.utf8.count
    #expect(seconds(8 * count) <= 30 * max(seconds(count), 1e-3))
  }
}
