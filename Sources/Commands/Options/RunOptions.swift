import ArgumentParser

/// Which run a command reads.
struct RunOptions: ParsableArguments {
  @Option(
    help: "A run's id or its first digits, or its directory. Default: the run made last.",
    completion: .runs)
  var run: String?
}
