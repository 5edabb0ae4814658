import ArgumentParser

/// `codex attestation`
struct AttestationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attestation",
    abstract: "Check signed verdicts.",
    discussion: Example.text("codex attestation verify gates.intoto.jsonl --key public.pem"),
    subcommands: [AttestationVerifyCommand.self])
}
