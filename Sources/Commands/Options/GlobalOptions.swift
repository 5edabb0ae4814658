import ArgumentParser

/// What every command takes.
package struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Where configs are looked up and runs are kept.", valueName: "dir"), completion: .directory)
  var workspace = "."

  @Flag(help: "Say nothing on standard error but failures.")
  var quiet = false

  @Flag(help: "Say more on standard error.")
  var verbose = false

  package init() {}

  package func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other; give one of them.") }
  }
}

/// What commands take that print a table.
package struct TableOptions: ParsableArguments {
  @Flag(help: "Print JSON with sorted keys instead of a table (docs/reference/commands.md).")
  var json = false

  package init() {}
}
