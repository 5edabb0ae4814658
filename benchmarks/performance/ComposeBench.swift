import ArgumentParser
import Composition
import Storage

/// The composition of a directory's configs, files read anew each time.
struct ComposeBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compose-tree", abstract: "Time the composition of the configs below a directory.",
    discussion: "Example: codex-bench compose-tree /tmp/tree --override top=2 --json")

  @Argument(help: "A directory with config.yaml.") var directory: String
  @Option(name: .customLong("override"), help: "An override; may be given several times.") var overrides: [String] = []
  @Option(help: "Seconds to measure; 0 composes once.") var seconds = 1.0
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let root = try StorageRoot(opening: directory)
    var times: [Double] = [], processorTimes: [Double] = []
    var resolved: ResolvedConfig
    let start = monotonicSeconds()
    repeat {
      let begin = monotonicSeconds(), processorBegin = processorSeconds()
      let composer = Composer(try ConfigSources(directory: .root, in: root))
      resolved = try composer.compose(config: "config", overrides: overrides)
      times.append(monotonicSeconds() - begin)
      processorTimes.append(processorSeconds() - processorBegin)
    } while monotonicSeconds() - start < seconds
    var machine = MachineOptions()
    machine.json = json
    try machine.show([
      ("compositions", .int(Int64(times.count))), ("milliseconds", .double(median(times) * 1e3)),
      ("processor_milliseconds", .double((processorTimes.min() ?? 0) * 1e3)), ("digest", .string("\(resolved.digest)")),
    ])
  }
}
