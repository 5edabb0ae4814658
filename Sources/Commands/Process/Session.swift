import Storage

/// What a command may use of the world outside: made once per process and handed to the command that runs.
package final class Session {
  package let output: Output
  package let talk: Talk
  package let environment: Environment
  /// Where `--workspace` points; `.` is the current directory.
  package private(set) var workspacePath = "."
  /// Whether results are to be written as JSON.
  package private(set) var wantsJSON = false

  package init(output: Output, talk: Talk, environment: Environment) {
    self.output = output
    self.talk = talk
    self.environment = environment
  }

  func adopt(_ options: GlobalOptions) {
    workspacePath = options.workspace
    talk.level = options.quiet ? .quiet : options.verbose ? .verbose : .normal
  }

  func adopt(_ options: TableOptions) { wantsJSON = options.json }

  /// The directory below which codex reads and writes.
  package func workspace() throws -> StorageRoot { try StorageRoot(opening: workspacePath) }

  /// Whether somebody asked the process to stop.
  package var isCancelled: Bool { Interruption.isRequested }

  package func progress(_ title: String) -> Progress { Progress(title, talk: talk, clock: WallClock.monotonic) }

  /// Writes `value` as JSON if that was asked for, and else the table.
  package func render(_ schema: String, _ value: @autoclosure () -> JSONValue, table: () throws -> Table) throws {
    if wantsJSON { try output.json(schema, value()) } else { try table().write(to: output) }
  }
}
