import ArgumentParser
import Composition
import Storage

/// `codex config parse`
struct ConfigParseCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Show how an override is read.",
    discussion: Example.text(
      "codex config parse \"db@backup=[a, 'b c', 1e3]\"", "codex config parse \"seed=range(0,5)\" --multirun --json"))

  @Argument(help: "As it would be given to a command; quoted for the shell.")
  var overrides: [String]

  @Flag(name: [.customLong("multirun"), .customShort("m")], help: "Read sweeps too, which are for several runs.")
  var multirun = false

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    for override in try OverrideParser.parse(overrides) {
      // A glob names options that a tree must tell; it is shown as Hydra shows it.
      if case .glob? = override.value {} else if !multirun { try override.requireSingleRun() }
      if session.wantsJSON {
        try session.output.text(ConfigJSON.text(override.json) + "\n")
      } else {
        try Self.table(override).write(to: session.output)
      }
    }
    return .yes
  }

  private static func table(_ override: Override) throws -> Table {
    var table = Table([.init("override"), .init(override.text)])
    func row(_ name: String, _ value: String) { table.add([StyledText(name, .dim), StyledText(value)]) }
    row("does", action(override))
    row("key", override.key)
    if let package = override.package { row("package", package.isEmpty ? "_global_" : package) }
    if case .string(let type)? = override.json["value_type"] {
      row("kind", type.lowercased().replacing("_", with: " "))
      row("value", try ConfigJSON.text(override.json["value"] ?? .null))
    }
    return table
  }

  private static func action(_ override: Override) -> String {
    switch override.action {
    case .change: "changes what exists"
    case .add: "adds what does not exist"
    case .forceAdd: "changes or adds"
    case .delete: override.value == nil ? "deletes" : "deletes, if it has the value"
    }
  }
}
