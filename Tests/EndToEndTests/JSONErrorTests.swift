import Foundation
import Storage
import Testing

/// With `--json` an error is one object on standard error, and nothing is on standard output.
@Suite struct JSONErrorTests {
  private static let printing = Subcommand.all.filter(\.printsTable)

  @Test(arguments: printing)
  func unknownOption(command: Subcommand) throws {
    let error = try Workspace().run(command.name + ["--json", "--nonsense"]).jsonError(code: 64)
    #expect(error["message"] == .string("Unknown option '--nonsense'."))
    #expect(error["place"] == .string("codex \(command.testDescription)"))
    #expect(error["next"] == .string("codex \(command.testDescription) --help"))
  }

  // One makes the workspace, one reads nothing but its words.
  @Test(arguments: printing.filter { ![["init"], ["config", "parse"]].contains($0.name) })
  func missingWorkspace(command: Subcommand) throws {
    let arguments = command.name + command.arguments + ["--json", "--workspace", "nowhere"]
    _ = try Workspace().run(arguments).jsonError(code: 66)
  }

  @Test(arguments: printing)
  func fullStandardOutput(command: Subcommand) throws {
    // Where it comes that far without anything being made before.
    let result = try Workspace().run(command.name + command.arguments + ["--json"], output: .full)
    if result.status != 0 { _ = try result.jsonError(code: Int64(result.status)) }
  }

  @Test(arguments: [["--json", "doctor", "--tone"], ["doctor", "--tone", "--json"], ["--json", "doctr"]])
  func json_standsBeforeTheSubcommandAndBehind(arguments: [String]) throws {
    _ = try Workspace().run(arguments).jsonError(code: 64)
  }

  @Test func json_beforeACommandThatHasNone() throws {
    let error = try Workspace().run(["--json", "reasoning-templates", "compose", "baseline"]).jsonError(code: 64)
    #expect(error["message"] == .string("'codex reasoning-templates compose' has no '--json'."))
  }

  @Test func oneMistakeInAConfiguration_isOneComplaint() throws {
    let error = try Workspace().run(["train", "--template", "baseline", "training.max_steps=-5", "--json"])
      .jsonError(code: 78)
    #expect(error["place"] == .string("override 1 ('training.max_steps=-5')"))
    #expect(error["details"] == nil)
  }

  @Test func control_anAnswerIsNoError() throws {
    let result = try Workspace().run(["--json", "config", "parse", "a.b=1"])
    #expect(result.status == 0 && result.errors.isEmpty && result.output.first == "{")
  }
}

extension CodexProcess {
  /// Standard error as the object that it is on a failure with `code`.
  func jsonError(code: Int64) throws -> JSONValue {
    #expect(Int64(status) == code, "\(errors)")
    #expect(output.isEmpty, "\(output)")
    let error = try JSONReader.parse(Array(errors.utf8.dropLast()))
    #expect(errors.last == "\n" && error["code"] == .int(code) && error["schema"] == .string("codex.error/1"))
    for key in ["message", "place", "remedy"] {
      guard case .string(let text)? = error[key], !text.isEmpty else {
        Issue.record("no \(key): \(errors)")
        continue
      }
    }
    return error
  }
}
