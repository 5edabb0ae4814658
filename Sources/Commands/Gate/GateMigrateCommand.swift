import ArgumentParser
import Composition
import Ledger

/// `codex gate migrate`
struct GateMigrateCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Complete a gates file of an earlier version, and show the difference.",
    discussion: Example.text(
      "codex gate migrate --dry-run", "codex gate migrate --config configs/gates/milestones.yaml"))

  @OptionGroup var file: GateFileOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws -> ExitReason {
    let present = try session.presentDigests()
    let standard = Array((BuiltInConfigs.files[GatesConfig.standardName + ".yaml"] ?? "").utf8)
    return try file.apply(in: session) {
      try GatesFileEdit.migrating($0, file: $1, standard: standard, present: present)
    }
  }
}
