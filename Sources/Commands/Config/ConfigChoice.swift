import ArgumentParser
import Composition
import Storage

/// Where the configs of a `codex config` command are, and which is the primary one; the short names are Hydra's.
struct ConfigTree: ParsableArguments {
  @Option(
    name: [.customLong("config-dir"), .customLong("cd", withSingleDash: true)],
    help: ArgumentHelp(
      "The directory of a config tree. Default: the workspace's configs/, then those compiled in.", valueName: "dir"),
    completion: .directory)
  var configDir: String?

  @Option(
    name: [.customLong("config-name"), .customLong("cn", withSingleDash: true)],
    help: ArgumentHelp("The primary config: its path in the directory, without .yaml.", valueName: "name"),
    completion: .configNames)
  var configName: String?

  func validate() throws {
    if configDir?.isEmpty == true { throw ValidationError("--config-dir is empty; '.' is the current directory.") }
  }

  /// - Throws: `StorageError` for a directory that cannot be read.
  func sources(in session: Session) throws -> ConfigSources {
    try configDir.map(session.configSources(directory:)) ?? session.configSources()
  }

  /// The configuration of the primary config; nil if none is named.
  func request(overrides: [String], in session: Session) throws -> CompositionRequest? {
    guard let configName else { return nil }
    guard configDir != nil else { return try session.request(config: configName, overrides: overrides) }
    let name = configName.hasSuffix(".yaml") ? String(configName.dropLast(5)) : configName
    return CompositionRequest(sources: try sources(in: session), config: name, overrides: overrides)
  }
}

/// Which configuration a `codex config` command is about: that of a config, or of a template.
struct ConfigChoice: ParsableArguments {
  @OptionGroup var tree: ConfigTree

  @Option(help: "The config of a template. Default: baseline, unless --config-name is given.", completion: .templates)
  var template: String?

  @Option(
    help: ArgumentHelp("Let ${oc.env:NAME} read this environment variable; repeatable.", valueName: "name"))
  var env: [String] = []

  func validate() throws {
    if tree.configName != nil && template != nil { throw ValidationError("Give either --config-name or --template.") }
    if tree.configDir != nil && tree.configName == nil {
      throw ValidationError("A config tree has no templates: give --config-name with --config-dir.")
    }
  }

  /// - Throws: `StorageError` for a directory that cannot be read, `ConfigError.unknownTemplate`.
  func request(overrides: [String], in session: Session) throws -> CompositionRequest {
    var request =
      try tree.request(overrides: overrides, in: session)
      ?? session.request(template: template ?? "baseline", overrides: overrides)
    request.inputs = ResolverInputs(environment: Environment.values(of: env), now: WallClock.local())
    return request
  }
}
