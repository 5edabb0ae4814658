import ArgumentParser

/// What every command takes.
package struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where configs are looked up and runs are kept. Default: the current directory, or the workspace around it.",
      valueName: "dir"), completion: .directory)
  var workspace: String?

  @Flag(name: .shortAndLong, help: "Say nothing on standard error but failures.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more on standard error.")
  var verbose = false

  @Option(help: "Colours.")
  var color = ColourChoice.auto

  package init() {}

  package func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other; give one of them.") }
  }
}

/// What commands take that print a table; codex itself too, so that it may stand before the subcommand.
package struct TableOptions: ParsableArguments {
  @Flag(help: "Print JSON with sorted keys; an error, too, is one object.")
  var json = false

  package init() {}
}

/// What may stand before the subcommand.
struct RootOptions: ParsableArguments {
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
}
