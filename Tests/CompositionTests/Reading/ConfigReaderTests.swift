import Composition
import Testing

/// Sources/Composition/Reading.
@Suite struct ConfigReaderTests {
  private enum Mode: String, CaseIterable {
    case fast
    case slow = "very_slow"
  }

  private func resolve(_ text: String, _ overrides: [String] = []) throws -> ResolvedConfig {
    try Composer(ConfigSources(builtIn: ["config.yaml": text])).compose(config: "config", overrides: overrides)
  }

  private static let text = """
    train: {steps: 10, rate: 1, on: true, mode: very_slow, note: null, levels: [2, 3]}
    phases:
      - {id: A, epochs: 2}
      - {id: B, epochs: 3}

    """

  @Test func read_values() throws {
    var read = ConfigReader(try resolve(Self.text), at: "train")
    let steps = read.int("steps", in: 1...100)
    let rate = read.float("rate", in: 0...1)
    let on = read.bool("on")
    let mode = read.enumeration("mode", as: Mode.self)
    let note = read.optionalString("note")
    let levels = read.ints("levels", in: 1...6)
    let absent = read.int("absent", in: 0...9, default: 7)
    try read.finish()
    #expect(steps == 10 && rate == 1 && on && mode == .slow && note == nil && levels == [2, 3] && absent == 7)
  }

  @Test func each_readsListsOfMappings() throws {
    var read = ConfigReader(try resolve(Self.text))
    read.leave("train")
    let phases = read.each("phases") { phase in (phase.string("id"), phase.int("epochs", in: 1...9)) }
    #expect(phases.map(\.0) == ["A", "B"] && phases.map(\.1) == [2, 3])
    try read.finish()
  }

  @Test func finish_reportsAllProblemsTogether() throws {
    let resolved = try resolve(
      "train: {steps: 0, rate: fast, mode: slow, seed: '???', max_stesp: 1, deep: {x: 1, y: 2}}\n", ["train.rate=quick"]
    )
    var read = ConfigReader(resolved, at: "train")
    _ = read.int("steps", in: 1...100)
    _ = read.float("rate", in: 0...1)
    _ = read.enumeration("mode", as: Mode.self)
    _ = read.int("seed")
    _ = read.int("max_steps")
    _ = read.int("deep.x")
    let file = "built-in configs/config.yaml"
    #expect(
      message { try read.finish() } == """
        \(file):1:16: 'train.steps' is 0; allowed: 1…100. Override with 'train.steps=<value>'.
        override 1 ('train.rate=quick'): 'train.rate' is 'quick'; expected a number. Override with 'train.rate=<value>'.
        \(file):1:37: 'train.mode' is 'slow'; allowed: fast, very_slow. Override with 'train.mode=<value>'.
        \(file):1:49: 'train.seed' must be given (it is '???'). Set it with 'train.seed=<value>'.
        \(file):1:8: no setting 'train.max_steps'; expected an integer. Add it with '+train.max_steps=<value>'.
        \(file):1:67: no setting 'train.max_stesp'. Did you mean 'train.max_steps'? Remove it: nothing reads it.
        \(file):1:86: no setting 'train.deep.y'. Did you mean 'train.deep.x'? Remove it: nothing reads it.
        """)
  }

  @Test func float_refusesNaN() throws {
    var read = ConfigReader(try resolve("x: .nan\n"))
    _ = read.float("x", in: 0...1)
    #expect(message { try read.finish() }?.contains("'x' is .nan; allowed: 0.0…1.0") == true)
  }

  @Test func init_refusesSectionsThatAreNoMapping() throws {
    var read = ConfigReader(try resolve("a: 1\n"), sections: ["a", "b"])
    let sentence = message { try read.finish() }
    #expect(sentence?.contains("'a' is 1; expected a mapping.") == true)
    #expect(sentence?.contains("no setting 'b'; expected a mapping.") == true)
  }

  @Test func requireSections_refusesUnknownOnes() throws {
    let resolved = try resolve("train: {}\nmodle: {}\n")
    #expect(
      message { try resolved.requireSections(["train", "model"]) }
        == "built-in configs/config.yaml:2:8: no setting 'modle'. Did you mean 'model'? Remove it: nothing reads it.")
    try resolved.requireSections(["train", "modle"])
  }
}
