/// Why a deployment could not be judged at all.
public enum DeploymentError: Error, Equatable {
  /// The bundle has no probe problems.
  case noProbes
  /// A probe is no problem of a world; counted from 0.
  case badProbe(index: Int, problem: String)
  /// No bundle of the run is registered.
  case noBundle(run: String)
}

extension DeploymentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noProbes:
      "the bundle has no probe problems: latency cannot be measured. Register a run whose dataset has held-out problems."
    case .badProbe(let index, let problem):
      "probes.ndjson:\(index + 1): \(problem). Register the run again with this version of codex."
    case .noBundle(let run):
      "run \(run): no bundle of it is registered. Register it with 'codex register --bundle \(run) --tag reasoning/M0'."
    }
  }
}
