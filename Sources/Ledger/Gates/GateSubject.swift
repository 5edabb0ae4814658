import Composition
import Schemas
import Storage

/// A run as a gate sees it: what evidence must be bound to.
public struct GateSubject: Sendable {
  public let metadata: RunMetadata
  /// Digest of the `model.safetensors` that the run has now.
  public let weightsDigest: Digest
  /// The run's resolved configuration.
  public let config: ConfigNode
  /// What the run's own files say, for every `of_run`.
  public let facts: RunFacts
  /// Held-out problems of the run's dataset.
  public let heldOut: HeldOutProblems
  /// What evaluations left beside the run.
  public let evaluations: StoredEvaluations

  public init(
    metadata: RunMetadata, weightsDigest: Digest, config: ConfigNode, facts: RunFacts,
    heldOut: HeldOutProblems = HeldOutProblems(), evaluations: StoredEvaluations
  ) {
    self.metadata = metadata
    self.weightsDigest = weightsDigest
    self.config = config
    self.facts = facts
    self.heldOut = heldOut
    self.evaluations = evaluations
  }

  public var runID: String { metadata.runID }

  /// The seed that it was trained with, by its configuration; nil for none that a training could have.
  var seed: UInt64? {
    if case .int(let seed)? = config[path: "training.seed"]?.value { UInt64(exactly: seed) } else { nil }
  }

  /// Whether it was trained to its end.
  var isFinished: Bool { metadata.status == .completed && metadata.step == metadata.totalSteps }

  /// Where it stands, for messages.
  var progress: String { "'\(metadata.status.rawValue)' at step \(metadata.step) of \(metadata.totalSteps)" }

  /// What `of_run` means for a measurement with `identity`.
  func facts(for identity: MetricIdentity) -> [IdentityField: String] {
    var fields = facts.fields
    fields[.problems] = heldOut.digest(like: identity[.problems], in: identity[.split])
    return fields
  }
}

/// The problems that a dataset holds out, by split, so that a measurement can be asked to be of its first ones.
public struct HeldOutProblems: Sendable {
  /// By split: the digest of the first n ids, for every n.
  private let prefixes: [String: Set<String>]
  private let whole: [String: String]

  /// - Parameter ids: By split, in the order of the dataset.
  public init(_ ids: [String: [Digest]] = [:]) {
    var prefixes: [String: Set<String>] = [:]
    var whole: [String: String] = [:]
    for (split, ids) in ids {
      var stream = DigestStream()
      for id in ids {
        stream.update(Array((id.description + "\n").utf8))
        let digest = stream.finish().description
        prefixes[split, default: []].insert(digest)
        whole[split] = digest
      }
    }
    (self.prefixes, self.whole) = (prefixes, whole)
  }

  /// The split whose first problems have this digest over their ids; nil if none does.
  public func split(beginningWith digest: Digest) -> String? {
    prefixes.sorted { $0.key < $1.key }.first { $0.value.contains(digest.description) }?.key
  }

  /// `stated` where it is the digest of a split's first problems; else that of all of them; nil where nothing is known of
  /// the split.
  func digest(like stated: String?, in split: String?) -> String? {
    guard let split, let known = prefixes[split] else { return nil }
    if let stated, known.contains(stated) { return stated }
    return whole[split]
  }
}
