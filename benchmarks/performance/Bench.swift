import ArgumentParser

/// `codex-bench`: times the product's own paths on random tokens and weights, as shares of the machine's measured peak.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codex-bench",
    abstract: "Time training, inference and kernels beside the machine's measured peak.",
    discussion: "Example: codex-bench train --layers 4 --width 128 --heads 4 --ff 384 --json",
    subcommands: [
      TrainBench.self, ProductBench.self, KernelsBench.self, PrefillBench.self, DecodeBench.self, RolloutsBench.self,
      SearchBench.self,
      ExportBench.self, ParityDump.self, LogitsDump.self, GreedyDump.self, CompositionDump.self, ComposeBench.self,
    ])
}
