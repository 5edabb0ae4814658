import ArgumentParser
import Plans
import Storage
import Worlds

/// `codex plan verify`
struct PlanVerifyCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Judge a plan for a problem; exit 1 when it is not sound.",
    discussion: Example.text(
      "codex plan verify plan.txt --problem \"(37 + 45) * 6 - 12\"",
      "codex plan verify --problem \"reach 449 from 5 12 37\" - < plan.txt"))

  @Argument(
    help: ArgumentHelp("A file with one plan in canonical text; '-' reads standard input.", valueName: "file"),
    completion: .file())
  var file: String

  @Option(help: "The problem, as a person writes it or as a goal.")
  var problem: String

  @OptionGroup var worldOptions: WorldOptions
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  /// Bytes of a plan file: what the parser accepts, and white space around it.
  static let byteLimit = 80 << 10

  func run(in session: Session) throws -> ExitReason {
    let problem = try Problem(reading: problem, in: worldOptions.world)
    let bytes =
      try file == "-"
      ? StandardInput.read(limit: Self.byteLimit)
      : UserFile(file, from: session.filesPath).read(limit: Self.byteLimit)
    let tree = try PlanParser.parse(String(decoding: bytes, as: UTF8.self))
    let findings = problem.world.teacher.judge(of: problem).findings(in: tree)
    if session.wantsJSON {
      try session.output.json(
        "codex.plan_verdict/1",
        .object([
          "findings": FindingsTable.json(findings), "goal": .string(problem.goal.canonicalText),
          "sound": .bool(findings.isEmpty), "world": .string(problem.world.rawValue),
        ]))
    } else if findings.isEmpty {
      try session.output.line(StyledText("sound", .green))
    } else {
      try FindingsTable.table(findings).write(to: session.output)
    }
    return findings.isEmpty ? .yes : .no
  }
}
