import ArgumentParser

/// `codex reasoning-templates compose`
struct TemplatesComposeCommand: ComposingVerb {
  static let configuration = CommandConfiguration(
    commandName: "compose",
    abstract: "Print a composed template as YAML.",
    discussion: Example.text(
      "codex reasoning-templates compose baseline", "codex reasoning-templates compose baseline model=micro --resolve"))

  @Argument(help: "A template's name.", completion: .templates)
  var name: String

  @OptionGroup var composition: OverrideArguments<TrainingExamples>

  @Flag(help: "Replace interpolations by their values.")
  var resolve = false

  @OptionGroup var global: GlobalOptions

  func request(in session: Session) throws -> CompositionRequest? {
    try session.request(template: name, overrides: composition.overrides)
  }

  func run(in session: Session) throws -> ExitReason {
    let resolved = try session.templates().compose(name, overrides: composition.overrides)
    try session.output.text(resolve ? resolved.resolvedYAML : resolved.yaml)
    return .yes
  }
}
