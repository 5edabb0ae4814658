import ArgumentParser
import Composition
import Storage

/// `codex config schema`
struct ConfigSchemaCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema (draft 2020-12) of a config file, for editors.",
    discussion: Example.text(
      "codex config schema", "codex config schema configs/model/nano.yaml", "codex config schema search/greedy")
      + "\n\nIt is made of what the features read when they read the built-in configs, and of the comments there.")

  @Argument(
    help: ArgumentHelp(
      "A config, or one that is to be written. Default: any whose package is _global_.", valueName: "file"),
    completion: .configNames)
  var name: String?

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws -> ExitReason {
    let whole = try DeclaredSettings.ofBuiltInConfigs()
    let config = name.map(ConfigPathText.name)
    let package = try config.map { try Self.package(of: $0, in: session.configSources()) } ?? ""
    guard let schema = whole.schema[package] else { throw NothingReads(config: config ?? "", package: package) }
    let title = config.map { "codex config \($0)" } ?? "codex configuration"
    let bytes = try CanonicalJSON.write(schema.fileSchema(title: title))
    try session.output.text(String(decoding: bytes, as: UTF8.self) + "\n")
    return .yes
  }

  /// A config that is still to be written goes where its neighbours go.
  private static func package(of config: String, in sources: ConfigSources) throws -> String {
    if sources.provenance(of: config) != nil { return try sources.package(of: config) }
    let group = config.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    guard let neighbour = sources.options(in: group).first else { return try sources.package(of: config) }
    return try sources.package(of: "\(group)/\(neighbour)")
  }
}

/// No feature reads the part of a configuration that a config goes to.
struct NothingReads: Error, CustomStringConvertible {
  let config: String
  let package: String

  var description: String {
    "nothing reads '\(package)', where \(config) goes. Name a config of a group that exists, or correct its header "
      + "'# @package NAME'."
  }
}
