import ArgumentParser

/// `AGENTS.md` of a workspace: what a program that drives codex has to know, from the definitions that help prints.
enum AgentsPage {
  static let name = "AGENTS.md"

  /// Markdown.
  static var text: String {
    """
    # codex in this directory

    This directory is a workspace of `codex`: \(lowercased(CodexCommand.configuration.abstract))
    `codex COMMAND --help` says more of each command, an example first. A workspace is found from the directories below it.

    ## From nothing to a judged model

    \(pipeline.map { "    " + $0 + "\n" }.joined())
    ## Commands

    Those marked `--json` print one line of JSON, `{"data": …, "schema": "codex.<name>/<version>"}`.
    With `--json` an error is one line of JSON on standard error, and standard output is empty: `code` (the exit code), `message`,
    `place`, `remedy`, and `next`, a command line to go on with, where there is one.

    | command | what it does | |
    |---|---|---|
    \(leaves(of: CodexCommand.self, []).map(row).joined())
    ## Exit codes

    | code | meaning |
    |---|---|
    \(ExitReason.meanings.map { "| \($0.codes) | \($0.meaning) |\n" }.joined())
    ## Where files lie

    | path | what it is |
    |---|---|
    \(places.map { "| `\($0)` | \($1) |\n" }.joined())
    Change settings with overrides (`training.max_steps=100`) or in `configs/`; never edit runs, ledgers or bundles: their bytes are
    under digests.

    """
  }

  /// What leads to a gate, in order.
  static let pipeline = [
    "codex train --template baseline --json", "codex evaluate --json", "codex gate --milestone M0 --json",
    "codex register --bundle latest --tag reasoning/M0 --json", "codex plan \"(37 + 45) * 6 - 12\" --json",
  ]

  private static let places = [
    ("configs/", "settings; what is not here is compiled into the binary"),
    ("templates/", "pages to copy from"),
    ("datasets/<preset>/<12 digits>/", "problems with exact solutions, in disjoint splits"),
    ("runs/train_loop/<template>-<12 digits>/", "a run: settings, weights, metrics, traces; `latest` is the last one"),
    ("runs/…/evaluations/", "every answer of an evaluation"),
    (".codex/metrics/reasoning.ndjson", "the metrics ledger, which gates read"),
    ("artifacts/runs/<experiment>/<digest>/", "bundles"),
    ("artifacts/tags.ndjson", "tags, and which bundle each points at"),
    ("artifacts/deployments/", "rendered manifests"),
    ("status_updates/", "what people report of each milestone"),
  ]

  private static func leaves(
    of command: any ParsableCommand.Type, _ path: [String]
  ) -> [(path: [String], command: any ParsableCommand.Type)] {
    // A command that also has a short name goes by that alone.
    let known = path.isEmpty ? [] : CodexCommand.configuration.subcommands.map { ObjectIdentifier($0) }
    let children = command.configuration.subcommands.filter {
      $0.configuration.shouldDisplay && !known.contains(ObjectIdentifier($0))
    }
    return children.flatMap { child in
      let path = path + [child.configuration.commandName ?? ""]
      return child.configuration.subcommands.isEmpty ? [(path, child)] : leaves(of: child, path)
    }
  }

  private static func row(_ path: [String], _ command: any ParsableCommand.Type) -> String {
    let hasJSON = CommandShape(command).flags.contains { $0.names.contains("--json") }
    let abstract = command.configuration.abstract
    return "| `codex \(path.joined(separator: " "))` | \(abstract) | \(hasJSON ? "`--json`" : "") |\n"
  }

  private static func lowercased(_ sentence: String) -> String {
    sentence.prefix(1).lowercased() + sentence.dropFirst()
  }
}
