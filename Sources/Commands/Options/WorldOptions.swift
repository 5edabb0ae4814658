import ArgumentParser
import Worlds

extension WorldKind: ExpressibleByArgument {}

/// Which world a problem is read in.
struct WorldOptions: ParsableArguments {
  @Option(help: "The world that the problem belongs to. Default: the one that can read it.")
  var world: WorldKind?
}
