import ArgumentParser

/// `codex registry`
struct RegistryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry",
    abstract: "Look at and check what was registered.",
    discussion: Example.text("codex registry list", "codex registry verify reasoning/M1"),
    subcommands: [
      RegistryListCommand.self, RegistryShowCommand.self, RegistryVerifyCommand.self, RegistryHistoryCommand.self,
      RegistryExportCommand.self,
    ])
}

/// What a bundle's reference may look like, for help texts.
enum BundleReferenceHelp {
  static let text = ArgumentHelp(
    "A tag, a root digest 'sha256:…' or its first digits, or a folder './…'.", valueName: "ref")
}
