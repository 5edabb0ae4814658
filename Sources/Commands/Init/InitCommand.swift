import ArgumentParser
import Composition
import Storage

/// `codex init`
struct InitCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract:
      "Make a workspace: the built-in configs, templates and status pages, to be changed there, and a page for agents.",
    discussion: Example.text("codex init", "codex init my_workspace"))

  @Argument(
    help: ArgumentHelp("The workspace; made if absent. Default: --workspace.", valueName: "dir"), completion: .directory
  )
  var directory: String?

  @Flag(help: "Replace files that were changed.")
  var force = false

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }
  var looksUpwards: Bool { false }

  func run(in session: Session) throws -> ExitReason {
    let workspace = try StorageRoot.creating(directory ?? session.workspacePath)
    let builtIn = try WorkspaceFile.all.map { file in (file, try file.state(in: workspace)) }
      .map { file, state in (file, state == .kept && force ? WorkspaceFile.State.replaced : state) }
    // Whose page it is nobody can know: it is never replaced.
    let page = try WorkspaceFile(path: StoragePath(parsing: AgentsPage.name), content: AgentsPage.text)
    let files = [(page, try page.state(in: workspace))] + builtIn
    for (file, state) in files where state == .new || state == .replaced { try file.write(to: workspace) }
    try workspace.makeDirectory(StoragePath(parsing: WorkspaceSearch.mark))
    let kept = builtIn.count { $0.1 == .kept }
    if kept > 0 {
      let which = kept == 1 ? "1 changed file was kept" : "\(kept) changed files were kept"
      session.talk.say("\(which); 'codex init --force' replaces \(kept == 1 ? "it" : "them")")
    }
    try session.render(
      "codex.init/1",
      .array(files.map { .object(["path": .string($0.0.path.description), "state": .string($0.1.rawValue)]) }),
      table: {
        var table = Table([.init("file"), .init("state")])
        for (file, state) in files { table.add([StyledText(file.path.description), StyledText(state.rawValue)]) }
        return table
      })
    return .yes
  }
}
