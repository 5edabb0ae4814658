import Composition
import Glibc
import Storage

/// What a command may use of the world outside: made once per process and handed to the command that runs.
package final class Session {
  package let output: Output
  package let talk: Talk
  package let environment: Environment
  /// Where `--workspace` points, or the workspace around the current directory, which is `.`.
  package private(set) var workspacePath: String
  /// Where the names of files on the command line begin: at the workspace that was named, else at the current directory.
  package private(set) var filesPath: String
  /// Whether results are to be written as JSON.
  package private(set) var wantsJSON = false

  package init(output: Output, talk: Talk, environment: Environment, workspacePath: String = ".") {
    self.workspacePath = workspacePath
    filesPath = workspacePath
    self.output = output
    self.talk = talk
    self.environment = environment
  }

  /// - Parameter isFoundUpwards: Whether a workspace around the current directory is used, unless one was named.
  func adopt(_ options: GlobalOptions, isFoundUpwards: Bool) throws {
    // A script that reads JSON reads one object of an error, and nothing beside it.
    let readsJSON = wantsJSON && !talk.isTerminal
    talk.level = options.quiet ? .quiet : options.verbose ? .verbose : readsJSON ? .quiet : .normal
    talk.warnsInJSON = readsJSON && talk.level == .quiet && !options.quiet
    output.inColour = options.color.applies(to: output.isTerminal, environment)
    talk.inColour = options.color.applies(to: talk.isTerminal, environment)
    filesPath = options.workspace ?? "."
    workspacePath = filesPath
    guard options.workspace == nil, isFoundUpwards, let found = WorkspaceSearch.upwards() else { return }
    workspacePath = found
    talk.say("workspace: \(found)")
  }

  func adopt(_ options: TableOptions) { wantsJSON = wantsJSON || options.json }

  func expectsJSON(_ wanted: Bool) { wantsJSON = wanted }

  /// Says why the command ends, as JSON; drops what was to be printed.
  func fail(_ failure: Failure) {
    output.discard()
    talk.fail(failure)
  }

  /// The directory below which codex reads and writes.
  package func workspace() throws -> StorageRoot { try StorageRoot(opening: workspacePath) }

  /// The same directory from the root of the file system, for messages that would otherwise name `.`.
  var absoluteWorkspacePath: String {
    guard let pointer = realpath(workspacePath, nil) else { return workspacePath }
    defer { free(pointer) }
    return String(cString: pointer)
  }

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
