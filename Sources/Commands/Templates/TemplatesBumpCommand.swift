import ArgumentParser
import Composition

/// `codex reasoning-templates bump`
struct TemplatesBumpCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "bump",
    abstract: "Record a changed template's digest under its next version.",
    discussion: Example.text("codex reasoning-templates bump baseline"))

  @Argument(help: "A template's name.", completion: .templates)
  var name: String

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws -> ExitReason {
    guard let bump = try session.templates().bump(name, in: session.workspace()) else {
      session.talk.say("\(name) is what the manifest records; nothing to do")
      return .yes
    }
    try session.output.sentence("\(bump.name) version \(bump.version): \(bump.digest)")
    for pin in bump.pins { try session.output.sentence("\(pin.origin): '\(pin.path)' names the digest before") }
    session.talk.say("wrote \(bump.notice) and configs/\(TemplateCatalog.group)/manifest.yaml")
    return .yes
  }
}
