import Commands
import Composition
import Testing

@Suite struct FailureTests {  // Sources/Commands/Process/Failure.swift
  @Test func json_takesTheSentenceApart() {
    let sentence = "runs/a: no such run. Train one with 'codex train --template baseline', or name another run."
    #expect(
      Failure(sentence, reason: .noInput, command: "codex evaluate").json == """
        {"code":66,"message":"no such run.","next":"codex train --template baseline","place":"runs/a",\
        "remedy":"Train one with 'codex train --template baseline', or name another run.","schema":"codex.error/1"}
        """)
  }

  @Test func json_ofAUsageErrorPointsAtTheHelp() {
    #expect(
      Failure("Give --template, or --resume.", reason: .usage, command: "codex train").json == """
        {"code":64,"message":"Give --template, or --resume.","next":"codex train --help","place":"codex train",\
        "remedy":"See 'codex train --help'.","schema":"codex.error/1"}
        """)
  }

  /// Neither a point in quotes or in an enumeration ends the sentence, nor a colon in a path the place.
  @Test func json_keepsPointsThatEndNothing() {
    let json = Failure(
      "no_ledger: a.yaml:3:4: 'x. y' is no name: allowed: A-Z . _ -, e.g. b. Write another:\n  line 1\n  line 2",
      reason: .badData, command: "codex gate judge"
    ).json
    #expect(
      json == """
        {"code":65,"details":["line 1","line 2"],"message":"'x. y' is no name: allowed: A-Z . _ -, e.g. b.",\
        "place":"a.yaml:3:4","remedy":"Write another:","rule":"no_ledger","schema":"codex.error/1"}
        """)
  }

  @Test func json_namesNoCommandThatHasToBeFilledIn() {
    let sentence = "runs/a: no run to resume. Start one with 'codex train --template NAME'."
    #expect(!Failure(sentence, reason: .noInput, command: "codex train").json.contains("\"next\""))
  }

  // MARK: Sources/Commands/Process/ConfigError+Distinct.swift

  private let typed = Origin.override(index: 1, text: "training.max_steps=-5")

  private func range(_ path: String, _ allowed: String, _ origin: Origin) -> ConfigError {
    .outOfRange(path: path, value: "-5", allowed: allowed, origin: origin)
  }

  @Test func distinct_keepsOneComplaintOfOneMistake() {
    let file = Origin.file(path: "c.yaml", line: 3, column: 1)
    let narrow = range("training.max_steps", "1…10", typed)
    #expect(
      ConfigError.problems([
        range("steps", "1…20", file), range("training.max_steps", "1…100", typed), range("steps", "1…30", file), narrow,
      ]).distinct == narrow)
  }

  @Test func distinct_asksForTheKindFirst() {
    let kind = ConfigError.wrongKind(path: "modes", expected: "a list", value: "-5", origin: typed)
    #expect(ConfigError.problems([kind, range("modes", "one mode or more", typed)]).distinct == kind)
    #expect(ConfigError.problems([range("modes", "one mode or more", typed), kind]).distinct == kind)
  }

  @Test func distinct_control_twoMistakesStayTwo() {
    let both = ConfigError.problems([range("a", "1…2", typed), range("b", "1…2", typed)])
    #expect(both.distinct == both)
  }
}
