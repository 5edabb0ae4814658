import ArgumentParser

/// Which run a command reads.
struct RunOptions: ParsableArguments {
  @Option(
    help: "A run's id, or its directory. Default: the run made last; to plan, the last that knows the problem's world.",
    completion: .runs)
  var run: String?
}
