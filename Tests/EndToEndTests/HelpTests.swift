import Commands
import Testing

/// Help and usage of the whole command tree.
@Suite struct HelpTests {
  @Test(arguments: Subcommand.all)
  func help_opensWithExamplesThatParse(command: Subcommand) throws {
    let help = try Workspace().run(command.name + ["--help"])
    #expect(help.status == 0)
    #expect(help.errors.isEmpty)
    let example = try #require(help.output.range(of: "EXAMPLE"))
    let usage = try #require(help.output.range(of: "USAGE:"))
    #expect(example.lowerBound < usage.lowerBound)
    let lines = help.output[..<usage.lowerBound].split(separator: "\n").filter { $0.hasPrefix("  codex ") }
    #expect(!lines.isEmpty)
    for line in lines {
      #expect(CommandLineTool.usageError(in: Words.of(String(line.dropFirst(8)))) == nil, "\(line)")
    }
  }

  @Test(arguments: Subcommand.all)
  func unknownOption_isRefusedWithTheUsageCode(command: Subcommand) throws {
    let result = try Workspace().run(command.name + command.arguments + ["--nonsense"])
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("codex: Unknown option '--nonsense'"), "\(result.errors)")
  }

  @Test(arguments: [
    (["nonsense"], "codex: 'nonsense' is no command of codex. See 'codex --help'."),
    (["trian"], "codex: 'trian' is no command of codex. Did you mean 'train'? See 'codex --help'."),
    (["trian", "--help"], "codex: 'trian' is no command of codex. Did you mean 'train'?"),
    (["--workspace", "w", "registry", "lst"], "codex: 'lst' is no command of codex registry. Did you mean 'list'?"),
    // What is missing only follows from what is mistyped.
    (["train", "--tempalte", "baseline"], "codex: Unknown option '--tempalte'. Did you mean '--template'?"),
    (["train", "--tempalte=baseline", "--help"], "codex: Unknown option '--tempalte'. Did you mean '--template'?"),
    (["datasets", "materialize", "--prest", "a"], "codex: Unknown option '--prest'. Did you mean '--preset'?"),
    (["plan", "--budgt", "9", "3 + 4"], "codex: Unknown option '--budgt'. Did you mean '--budget'?"),
    // Numbers that begin with a minus sign are values.
    (["plan", "3 + 4", "--budget", "-5"], "codex: --budget is -5; allowed: 1...1000000."),
    (["train"], "codex: Give --template, or --resume."),
    (["datasets", "materialize"], "codex: Give either --preset or --template."),
    (["plan", "3 + 4", "--budget", "0"], "codex: --budget is 0; allowed: 1...1000000."),
    (["plan", "3 + 4", "--mode", "magic"], "codex: The value 'magic' is invalid for '--mode <mode>'."),
    (["traces", "list", "--limit=-1"], "codex: --limit is -1; allowed: 0 and above."),
    (["doctor", "--quiet", "--verbose"], "codex: --quiet and --verbose exclude each other; give one of them."),
  ])
  func usageErrors_sayWhatIsWrong(arguments: [String], message: String) throws {
    let result = try Workspace().run(arguments)
    #expect(result.status == 64)
    #expect(result.errors.hasPrefix(message), "\(result.errors)")
  }

  /// It is a problem, though no option looks otherwise; that no world reads it is another matter.
  @Test func problemThatBeginsWithAMinusSign_isNoOption() throws {
    for arguments in [["plan", "-3+4"], ["plan", "-3+4", "--budget", "5"], ["plan", "--budget", "5", "--", "-3+4"]] {
      let result = try Workspace().run(arguments)
      #expect(result.status == 65)
      #expect(
        result.errors.hasPrefix("codex: arithmetic problem, column 1: expected a number, got '-'"), "\(result.errors)")
    }
  }

  /// Overrides that a help text shows are some that the command's configuration takes.
  @Test(arguments: [
    (["train"], ["--template", "baseline"]), (["reasoning-templates", "compose"], ["--template", "baseline"]),
    (["evaluate"], ["--config-name", "evaluation/reasoning"]),
    (["datasets", "materialize"], ["--config-name", "datasets/reasoning/baseline"]),
    (["deploy"], ["--config-name", "deploy/reasoning_pod"]),
  ])
  func help_showsOverridesThatTheCommandTakes(command: [String], choice: [String]) throws {
    let workspace = try Workspace()
    let help = try workspace.run(command + ["--help"]).output.split { $0.isWhitespace }.joined(separator: " ")
    let examples = try #require(help.split(separator: "Settings to change, e.g. ").last).split(separator: ". ")[0]
    for override in examples.split(separator: " or ") {
      let result = try workspace.run(["config", "compose"] + choice + [String(override)])
      #expect(result.status == 0, "\(override): \(result.errors)")
    }
    // The control: settings of other commands are refused.
    #expect(try workspace.run(["config", "compose"] + choice + ["elsewhere.x=1"]).status == 78)
  }

  @Test func version_namesCommitDateAndInstructionSet() throws {
    let line = try Workspace().run(["--version"]).output
    #expect(line == CodexVersion.line + "\n")
    #expect(line.hasPrefix("codex \(CodexVersion.text) (commit unknown, date unknown, instruction set "))
  }

  @Test func control_aLineThatIsNoCommandIsNoticed() {
    #expect(CommandLineTool.usageError(in: ["train", "--templat", "baseline"]) != nil)
    #expect(CommandLineTool.usageError(in: ["--workspace", "w", "train", "--template", "baseline", "a.b=1"]) == nil)
  }
}

/// Splits example lines at spaces outside double quotes; redirections are left out.
enum Words {
  static func of(_ line: String) -> [String] {
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    let words = parts.enumerated().flatMap { index, part in
      index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
    return Array(words.prefix { $0 != "<" && $0 != "|" && $0 != ">" })
  }
}
