import ArgumentParser
import Composition
import Storage

/// Overrides of a configuration, as trailing arguments.
struct OverrideArguments: ParsableArguments {
  @Argument(help: "Settings to change, e.g. training.max_steps=100 or model=micro.")
  var overrides: [String] = []
}

extension Session {
  /// The workspace's configs, then those compiled into the binary.
  func configSources() throws -> ConfigSources { try ConfigSources(workspace: workspace()) }

  func templates() throws -> TemplateCatalog { TemplateCatalog(try configSources()) }
}
