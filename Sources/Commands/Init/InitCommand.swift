import ArgumentParser
import Composition
import Storage

/// `codex init`
struct InitCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write the built-in configs, templates and status pages into a workspace, to be changed there.",
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

  func run(in session: Session) throws -> ExitReason {
    let workspace = try StorageRoot.creating(directory ?? session.workspacePath)
    let files = try WorkspaceFile.all.map { file in (file, try file.state(in: workspace)) }
      .map { file, state in (file, state == .kept && force ? .replaced : state) }
    for (file, state) in files where state == .new || state == .replaced { try file.write(to: workspace) }
    let kept = files.count { $0.1 == .kept }
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
