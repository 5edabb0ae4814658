import ArgumentParser
import Composition

/// `codex config explain`
struct ConfigExplainCommand: ComposingVerb {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show who set a setting, step by step, and what it may be.",
    discussion: Example.text(
      "codex config explain curriculum.phase_schedule",
      "codex config explain training.max_steps --template countdown training.max_steps=100",
      "codex config explain db.port --config-dir conf --config-name config db=postgres"))

  @Argument(
    help: ArgumentHelp("Dotted paths of settings; and overrides, told by their '=', '+' or '~'.", valueName: "keys"),
    completion: .settings)
  var words: [String]

  @OptionGroup var choice: ConfigChoice
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  private var keys: [String] { words.filter { !Self.isOverride($0) } }

  private static func isOverride(_ word: String) -> Bool {
    word.contains("=") || word.hasPrefix("+") || word.hasPrefix("~")
  }

  func validate() throws {
    if keys.isEmpty { throw ValidationError("Name a setting, e.g. training.max_steps.") }
  }

  func request(in session: Session) throws -> CompositionRequest? {
    try choice.request(overrides: words.filter(Self.isOverride), in: session)
  }

  func run(in session: Session) throws -> ExitReason {
    guard let request = try request(in: session) else { preconditionFailure("there is always a configuration") }
    let explanations = try SettingExplanation.all(of: keys, in: request)
    if session.wantsJSON {
      try session.output.text(
        ConfigJSON.text(
          .object(["data": .array(explanations.map(\.json)), "schema": .string("codex.explanation/1")])) + "\n")
    } else {
      for (index, explanation) in explanations.enumerated() {
        if index > 0 { try session.output.line() }
        try session.output.text(explanation.text)
      }
    }
    return .yes
  }
}
