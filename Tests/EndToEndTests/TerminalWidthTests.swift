import Foundation
import Testing

/// On a terminal no line is wrapped, however narrow it is.
@Suite struct TerminalWidthTests {
  private static let widths = [60, 80, 120, 200]

  /// Longer lines are faults, unless they are one word, such as a path to be copied, or show a place in a text.
  private func expectFit(_ capture: PseudoTerminal.Capture, _ columns: Int, _ what: String) {
    for line in capture.lines where line.unicodeScalars.count > columns {
      let words = line.split(separator: " ")
      #expect(words.count == 1 || line.contains(" | "), "\(what) at \(columns): \(line)")
    }
  }

  @Test(arguments: widths)
  func help_fits(columns: Int) throws {
    let workspace = try Workspace()
    for command in Subcommand.all + [Subcommand(name: [])] {
      let capture = try PseudoTerminal.run(command.name + ["--help"], in: workspace.url, columns: columns)
      #expect(capture.status == 0 && capture.text.contains("EXAMPLE"))
      expectFit(capture, columns, command.testDescription)
    }
  }

  @Test(arguments: widths)
  func errors_fit(columns: Int) throws {
    let workspace = try Workspace()
    for arguments in [
      ["train"], ["trian"], ["evaluate"], ["train", "--template", "baseline", "training.max_steps=-5"],
      ["plan", "3 + x"],
      ["plan", "3 + 4", "--budget", "0"], ["gate", "--milestone", "M9"], ["registry", "show", "sha256:abcd"],
    ] {
      let capture = try PseudoTerminal.run(arguments, in: workspace.url, columns: columns)
      #expect(capture.status != 0)
      expectFit(capture, columns, arguments.joined(separator: " "))
    }
  }

  @Test(arguments: widths)
  func answers_fit(columns: Int) throws {
    let workspace = try TrainedWorkspace.copy()
    let evaluation = ["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]"]
    for arguments in [
      evaluation, ["metrics", "summarize", "--metric", "reasoning.accuracy"], ["metrics", "verify"], ["gate", "--all"],
      ["traces", "list"], ["reasoning-templates", "list"],
      ["reasoning-templates", "show", "baseline"], ["datasets", "list"], ["config", "explain", "training.seed"],
      ["register", "--bundle", "latest", "--tag", "reasoning/r1"], ["registry", "list"],
      ["registry", "show", "reasoning/r1"],
      ["registry", "history"], ["registry", "verify"], ["deploy", "--dry-run"], ["init"], ["plan", "3 + 4"],
    ] {
      let capture = try PseudoTerminal.run(arguments, in: workspace.url, columns: columns)
      #expect([0, 1].contains(capture.status), "\(capture.text)")
      expectFit(capture, columns, arguments.joined(separator: " "))
    }
  }

  /// In a pipe rows are whole, whatever the window.
  @Test func control_rowsInAPipeAreWhole() throws {
    let workspace = try Workspace()
    let output = try workspace.run(["reasoning-templates", "list"]).output
    #expect(output.split(separator: "\n").contains { $0.count > 120 })
    let narrow = try PseudoTerminal.run(["reasoning-templates", "list"], in: workspace.url, columns: 60)
    #expect(narrow.lines.count > output.split(separator: "\n").count)
  }

  @Test func control_aLineThatIsTooLongIsNoticed() throws {
    let capture = PseudoTerminal.Capture(status: 0, text: "a \(String(repeating: "b", count: 80))\n")
    withKnownIssue { expectFit(capture, 80, "control") }
  }

  // MARK: Colours

  @Test(arguments: [
    ("auto", ["NO_COLOR": ""], true), ("auto", ["NO_COLOR": "1"], false), ("never", ["NO_COLOR": ""], false),
    ("always", ["NO_COLOR": "1"], true), ("auto", ["TERM": "dumb", "NO_COLOR": ""], false),
  ])
  func color_isAsked(choice: String, environment: [String: String], isColoured: Bool) throws {
    let workspace = try Workspace()
    let capture = try PseudoTerminal.run(
      ["datasets", "list", "--color", choice], in: workspace.url, columns: 80, environment: environment)
    #expect(capture.text.contains("\u{1B}[") == isColoured)
  }

  @Test func color_alwaysAlsoInAPipe() throws {
    #expect(try Workspace().run(["datasets", "list", "--color=always"]).output.contains("\u{1B}["))
    #expect(try !Workspace().run(["datasets", "list"]).output.contains("\u{1B}["))
  }
}
