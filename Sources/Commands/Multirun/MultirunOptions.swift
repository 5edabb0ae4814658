import ArgumentParser

/// Whether a command runs once, or once for each combination of a sweep.
struct MultirunOptions: ParsableArguments {
  @Flag(
    name: [.customLong("multirun"), .customShort("m")],
    help: "Run once for each combination of the sweeps among the overrides and in the configs.")
  var multirun = false

  @Flag(help: "With --multirun: stop at the first job that fails.")
  var failFast = false

  func validate() throws {
    if failFast && !multirun { throw ValidationError("--fail-fast is about --multirun; give both.") }
  }
}
