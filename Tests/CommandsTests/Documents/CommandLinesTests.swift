import Commands
import Testing

@Suite struct CommandLinesTests {
  @Test func invocations_ofAShellBlock_areEveryLine() {
    #expect(
      codex(
        """
        codex elsewhere
        ```sh
        # codex in a comment
        codex plan "37 + 45" --mode greedy   # trailing
        A=1 .build/codex train --template baseline \\
          training.seed=7
        ls | codex traces list 2> log && codex doctor > out; echo codex
        ```
        """) == [
          .init(arguments: ["plan", "37 + 45", "--mode", "greedy"], line: 4),
          .init(arguments: ["train", "--template", "baseline", "training.seed=7"], line: 5),
          .init(arguments: ["traces", "list"], line: 7),
          .init(arguments: ["doctor"], line: 7),
        ])
  }

  @Test func invocations_ofATranscript_areBehindPrompts() {
    #expect(
      codex("```text\n$ codex doctor\ncodex 1.0\n$ codex plan \\\n  'a b'\n```\n") == [
        .init(arguments: ["doctor"], line: 2), .init(arguments: ["plan", "a b"], line: 4),
      ])
  }

  @Test func invocations_ofOtherLanguages_areNone() {
    #expect(codex("```yaml\ncodex plan\n```\n~~~swift\ncodex plan\n~~~") == [])
  }

  @Test(arguments: [
    ("a 'b c' \"d \\\" e\" f\\ g", [["a", "b c", "d \" e", "f g"]]),
    ("a > out b", [["a", "b"]]),
    ("X=1 Y=2 a B=3", [["a", "B=3"]]),
    ("a $(b | c) d", [["a", "$(b | c)", "d"]]),
    ("a ''", [["a", ""]]),
    ("a && b || c; d &", [["a"], ["b"], ["c"], ["d"]]),
    ("# a", []),
  ])
  func shellWords_splitsAsAShellDoes(line: String, expected: [[String]]) {
    #expect(ShellWords.commands(in: line) == expected)
  }

  private func codex(_ text: String) -> [CommandLines.Invocation] {
    CommandLines.invocations(
      of: "codex", in: MarkdownPage(text.split(separator: "\n", omittingEmptySubsequences: false)))
  }
}
