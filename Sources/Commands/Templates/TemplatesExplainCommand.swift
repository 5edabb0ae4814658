import ArgumentParser

/// `codex reasoning-templates explain`
struct TemplatesExplainCommand: ComposingVerb {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a composed template in words, as Markdown.",
    discussion: Example.text(
      "codex reasoning-templates explain baseline",
      "codex reasoning-templates explain baseline model=micro --output baseline.md"))

  @Argument(help: "A template's name.", completion: .templates)
  var name: String

  @OptionGroup var composition: OverrideArguments<TrainingExamples>

  @Option(help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"), completion: .file())
  var output: String?

  @OptionGroup var global: GlobalOptions

  func request(in session: Session) throws -> CompositionRequest? {
    try session.request(template: name, overrides: composition.overrides)
  }

  func run(in session: Session) throws -> ExitReason {
    let machine = try Machine(session.environment)
    let text = try session.templates().explain(
      name, overrides: composition.overrides, trainingMemory: { try TemplateReaders.trainingMemory($0, on: machine) })
    if let output {
      let file = try UserFile(output, from: session.filesPath, makingDirectory: true)
      try file.root.atomicReplace(file.path, Array(text.utf8))
      session.talk.say("wrote \(file.root.name(file.path))")
    } else {
      try session.output.text(text)
    }
    return .yes
  }
}
