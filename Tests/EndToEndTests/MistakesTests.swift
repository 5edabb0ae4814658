import Commands
import Foundation
import Storage
import Testing

/// Each mistake of the table is named once, with its cause and what to do, in words and as JSON.
@Suite struct MistakesTests {
  static let all =
    Mistake.commands + Mistake.options + Mistake.words + Mistake.problems + Mistake.settings + Mistake.absences
    + Mistake.data

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("neg.jsonl", "{\"question\":\"12 - 20 + 9\",\"answer\":1}\n")
    try workspace.write("wrong.jsonl", "{\"question\":\"1 + 2\",\"answer\":4}\n")
    try workspace.write("plan.txt", "goal evaluate(3,add,4){action add(3,4)->7;terminal return();}\n")
    try workspace.write("configs/broken.yaml", "training: {max_steps: four\n")
    return workspace
  }

  private func words(_ mistake: Mistake) -> [String] { ShellWords.commands(in: "codex " + mistake.line)[0] }

  @Test(arguments: all)
  func message_namesCauseAndRemedy(mistake: Mistake) throws {
    let result = try workspace().run(Array(words(mistake).dropFirst()))
    #expect(result.status == mistake.status)
    #expect(result.output.isEmpty)
    let lines = result.errors.split(separator: "\n").filter { !$0.hasPrefix("Usage:") && !$0.hasPrefix("Help:") }
    let said = lines.map { $0.replacing(#/\s+$/#, with: "") }.joined(separator: "\n")
    #expect(said == "codex: " + mistake.message)
  }

  @Test(arguments: all)
  func object_saysTheSame(mistake: Mistake) throws {
    let arguments = Array(words(mistake).dropFirst())
    guard arguments.first != "serve", arguments.first != "help" else { return }  // without --json
    let error = try workspace().run(["--json"] + arguments).jsonError(code: Int64(mistake.status))
    guard case .string(let message)? = error["message"] else { return }
    #expect(mistake.message.replacing("\n", with: " ").contains(message), "\(message)")
    if case .string(let next)? = error["next"] {
      let line = try #require(ShellWords.commands(in: next).first)
      #expect(line.last == "--help" || CommandLineTool.usageError(in: Array(line.dropFirst())) == nil, "\(next)")
    }
  }

  /// Few lines end without saying what to do; none repeats itself.
  @Test func table_hasRemediesAndNoRepetition() {
    #expect(Self.all.count >= 65)
    for mistake in Self.all {
      let sentences = mistake.message.split(separator: "\n").filter { !$0.hasPrefix("  ") }
      #expect(Set(sentences).count == sentences.count, "\(mistake.line)")
      #expect(
        mistake.message.contains(
          #/See '|Write |Give |Did you mean|Check |Override |Correct |Train |Choose |Measure |codex |Create |Name |Available|quote|To use /#
        ), "\(mistake.line)")
    }
  }
}
