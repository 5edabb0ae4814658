import Foundation
import Ledger
import Testing

/// Sources/Ledger/Pages against cmark-gfm, whose answers benchmarks/interop/check_pages.py wrote.
@Suite struct GitHubPagesTests {
  struct Answer: Decodable {
    let page: String
    /// Line, level, containers around it.
    let headings: [[Int]]
    let items: [Item]
    /// Lines at which code begins.
    let code: [Int]
  }

  struct Item: Decodable, Equatable, CustomStringConvertible {
    let line: Int
    let box: String
    var description: String { "\(line)[\(box)]" }

    init(line: Int, box: String) {
      self.line = line
      self.box = box
    }

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      line = try list.decode(Int.self)
      box = try list.decode(String.self)
    }
  }

  private let answers: [Answer]

  init() throws {
    let here = "Tests/LedgerTests/Gates/GitHubPagesTests.swift"
    let file = URL(fileURLWithPath: String(#filePath.dropLast(here.count)) + "Tests/Fixtures/pages/github.jsonl")
    let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
    answers = try lines.dropFirst().map { try JSONDecoder().decode(Answer.self, from: $0) }
  }

  private func headings(_ page: MarkdownPage) -> [[Int]] {
    page.headings.map { [$0.lines.lowerBound + 1, $0.level, $0.depth] }
  }

  private func items(_ page: MarkdownPage) -> [Item] {
    page.items.map { Item(line: $0.line + 1, box: $0.box == .open ? " " : $0.box == .ticked ? "x" : "") }
  }

  @Test func blocks_areThoseOfGitHub() {
    #expect(answers.count >= 600)
    for answer in answers {
      let page = MarkdownPage(answer.page)
      let text = answer.page.debugDescription
      #expect(headings(page) == answer.headings, "\(text)")
      #expect(items(page) == answer.items, "\(text)")
      for line in answer.code where page.lines.indices.contains(line - 1) {
        #expect([.verbatim, .indentedCode].contains(page.lines[line - 1].kind), "\(line) of \(text)")
      }
    }
  }

  /// The gate is on the safe side of GitHub: whatever is open there is open here, unless the page is unreadable.
  @Test func gate_seesEveryOpenItem() {
    for answer in answers {
      let open = MilestonePages.openItems(in: answer.page, page: "p")
      for item in answer.items where item.box == " " {
        // The box may stand on the line after its marker, or after an indented blank one.
        let lines = item.line...(item.line + 2)
        #expect(open.contains { lines.contains($0.line) }, "\(answer.page.debugDescription)")
      }
    }
  }

  @Test func control_theLinePrefixReaderDisagreesWithGitHub() {
    let hidden = answers.count { answer in
      answer.items.contains { $0.box == " " } && LinePrefixReader.openItems(in: answer.page).isEmpty
    }
    #expect(hidden >= 5)
  }
}
