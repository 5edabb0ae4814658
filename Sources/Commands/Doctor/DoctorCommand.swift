import ArgumentParser

/// `codex doctor`
struct DoctorCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Report what codex computes with here, and how fast it is.",
    discussion: Example.text("codex doctor", "CODEX_BLAS=none codex doctor --json"))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var tableOptions: TableOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let machine = try Machine(session.environment)
    let workspace = try session.workspace()
    session.talk.detail("measuring for about a second")
    let diagnosis = Diagnosis(
      machine: machine, speed: SpeedMeasurement(machine, clock: WallClock.monotonic),
      fileSystem: FileSystem(at: workspace.path))
    try session.render("codex.doctor/1", diagnosis.json, table: { diagnosis.table })
    return .yes
  }
}
