import Commands
import Foundation
import Testing

/// Pages that show what codex prints: every command behind a prompt is run, and prints what the page says.
@Suite struct TranscriptTests {
  @Test(arguments: ["docs/reference/config.md"])
  func page_showsWhatIsPrinted(path: String) throws {
    let text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    let workspace = try Workspace()
    var count = 0
    for step in Transcript.steps(in: text) {
      switch step {
      case .file(let name, let content): try workspace.write(name, content)
      case .command(let line, let words, let expected):
        count += 1
        let result = try workspace.run(words)
        let printed = result.output + result.errors
        #expect(
          Transcript.matches(printed, expected), "\(path):\(line): codex \(words.joined(separator: " ")):\n\(printed)")
      }
    }
    #expect(count > 10)
  }

  @Test func control_anotherOutputIsNoticed() {
    #expect(!Transcript.matches("a\nb\n", "a\nc\n"))
    #expect(!Transcript.matches("a\nb\nc\n", "a\n…\nd\n"))
    #expect(Transcript.matches("a\nb\nc\n", "a\n…\nc\n"))
    let page = "```yaml\n# conf/a.yaml\nx: 1\n```\n```console\n$ codex doctor --json\n{}\n```\n"
    #expect(
      Transcript.steps(in: page) == [
        .file("conf/a.yaml", "# conf/a.yaml\nx: 1\n"), .command(line: 6, ["doctor", "--json"], "{}\n"),
      ])
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}

/// The files and commands that a page shows, in order.
enum Transcript {
  enum Step: Equatable {
    /// A block whose first line is a comment with a path.
    case file(String, String)
    /// A line of the page, the words after `codex`, and what the page shows below it.
    case command(line: Int, [String], String)
  }

  static func steps(in page: String) -> [Step] {
    MarkdownPage(page.split(separator: "\n", omittingEmptySubsequences: false)).fences.flatMap { fence -> [Step] in
      let text = fence.lines.map { $0 + "\n" }.joined()
      if let first = fence.lines.first, first.hasPrefix("# "), first.hasSuffix(".yaml") || first.hasSuffix(".md") {
        return [.file(String(first.dropFirst(2)), text)]
      }
      return commands(in: fence)
    }
  }

  private static func commands(in fence: MarkdownPage.Fence) -> [Step] {
    var steps: [Step] = []
    for (offset, line) in fence.lines.enumerated() {
      if line.hasPrefix("$ codex ") {
        let words = ShellWords.commands(in: String(line.dropFirst(2)))[0]
        steps.append(.command(line: fence.line + offset, Array(words.dropFirst()), ""))
      } else if case .command(let number, let words, let output)? = steps.last {
        steps[steps.count - 1] = .command(line: number, words, output + line + "\n")
      }
    }
    return steps
  }

  /// Whether `printed` is `expected`, in which a line `…` stands for any lines.
  static func matches(_ printed: String, _ expected: String) -> Bool {
    let parts = ("\n" + expected).components(separatedBy: "\n…\n")
    var rest = ("\n" + printed)[...]
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if index == 0 {
        guard isLast ? rest == part : rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if isLast {
        guard rest.hasSuffix("\n" + part) || part.isEmpty else { return false }
      } else {
        guard let range = rest.range(of: "\n" + part) else { return false }
        rest = rest[range.upperBound...]
      }
    }
    return true
  }
}
