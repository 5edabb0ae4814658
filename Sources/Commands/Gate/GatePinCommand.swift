import ArgumentParser
import Ledger

/// `codex gate pin`
struct GatePinCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "pin",
    abstract: "Write the digests of the present configs, templates and benchmarks into the gates file.",
    discussion: Example.text("codex gate pin", "codex gate pin --dry-run")
      + "\n\nWhoever pins says that from here on evidence is asked of these; evidence of what they were before is none."
  )

  @OptionGroup var file: GateFileOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws -> ExitReason {
    let present = try session.presentDigests()
    return try file.apply(in: session) { try GatesFileEdit.pinning($0, file: $1, to: present) }
  }
}
