import ArgumentParser

/// Overrides of a configuration, as trailing arguments.
struct OverrideArguments: ParsableArguments {
  @Argument(help: "Settings to change, e.g. training.max_steps=100 or model=micro.", completion: .overrides)
  var overrides: [String] = []
}
