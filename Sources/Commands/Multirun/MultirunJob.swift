import Composition
import Storage

/// One combination of a sweep.
struct MultirunJob {
  /// From 0.
  let index: Int
  /// All overrides of the job, none of them a sweep.
  let overrides: [String]
  /// Those that tell it from other jobs: the swept keys and this job's values, as an override spells them.
  let values: [(key: String, value: String)]

  /// `job 2: db=mysql seed=1`.
  var title: String { (["job \(index):"] + values.map { "\($0.key)=\($0.value)" }).joined(separator: " ") }
}

extension MultirunJob {
  /// Keys: `config`, `job`, `overrides`, `values`.
  func json(with config: ConfigNode) -> JSONValue {
    .object([
      "config": config.readableJSON, "job": .int(Int64(index)), "overrides": .array(overrides.map { .string($0) }),
      "values": .object(JSONObject(values.map { .init($0.key, .string($0.value)) })),
    ])
  }
}

/// What became of a job.
struct MultirunOutcome {
  enum State: String {
    case completed
    /// It was completed before, with the same configuration.
    case skipped
    case failed
    /// Somebody stopped the whole while it ran.
    case interrupted
  }

  let job: MultirunJob
  let state: State
  var runID: String?
  var loss: Double?
  /// Why it ended before it was completed.
  var failure: (any Error)?
}
