import Composition
import Storage

/// What a command may use of the world outside: made once per process and handed to the command that runs.
package final class Session {
  package let output: Output
  package let talk: Talk
  package let environment: Environment
  /// Where `--workspace` points; `.` is the current directory.
  package private(set) var workspacePath: String
  /// Whether results are to be written as JSON.
  package private(set) var wantsJSON = false

  package init(output: Output, talk: Talk, environment: Environment, workspacePath: String = ".") {
    self.workspacePath = workspacePath
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

  /// The configs that were asked for last; messages about a configuration quote its lines from there.
  private(set) var sources: ConfigSources?

  /// The workspace's configs, then those compiled into the binary.
  func configSources() throws -> ConfigSources {
    let opened = try ConfigSources(workspace: workspace())
    sources = opened
    return opened
  }

  /// The configs below a directory, which need not be in the workspace.
  func configSources(directory: String) throws -> ConfigSources {
    let opened = try ConfigSources(directory: .root, in: StorageRoot(opening: directory), shownAs: directory)
    sources = opened
    return opened
  }

  func templates() throws -> TemplateCatalog { TemplateCatalog(try configSources()) }

  /// Whether somebody asked the process to stop.
  package var isCancelled: Bool { Interruption.isRequested }

  package func progress(_ title: String) -> Progress { Progress(title, talk: talk, clock: WallClock.monotonic) }

  /// Writes `value` as JSON if that was asked for, and else the table.
  package func render(_ schema: String, _ value: @autoclosure () -> JSONValue, table: () throws -> Table) throws {
    if wantsJSON { try output.json(schema, value()) } else { try table().write(to: output) }
  }
}
