import Composition
import Schemas

/// What a run's own files say of an identity: stated by whoever measures the run, asked for by whoever judges it.
public struct RunFacts: Sendable {
  /// By field, those that the files say.
  public let fields: [IdentityField: String]

  /// - Parameters:
  ///   - config: The run's resolved configuration.
  ///   - template: The run's template without overrides, as this workspace has it; nil where it has none of that name.
  ///   - weights: Digest of the weights that the run has now.
  ///   - splitRule: Version of the rule that split the run's dataset; nil where the dataset is not there.
  public init(
    _ metadata: RunMetadata, config: ConfigNode, template: ResolvedConfig?, weights: Digest, splitRule: Int?
  ) {
    var fields: [IdentityField: String] = [
      .run: metadata.runID, .runConfig: metadata.configDigest.description, .weights: weights.description,
      .trainedOn: metadata.trainedOn.description, .runStatus: metadata.status.rawValue, .runSteps: metadata.stepsText,
    ]
    if let template {
      let origin = RunOrigin(of: config, from: template, named: metadata.template)
      (fields[.template], fields[.overrides]) = (origin.template, origin.overrides)
    }
    if case .string(let preset)? = config[path: "dataset.preset"]?.value {
      fields[.dataset] = PinnedName(preset, metadata.datasetDigest).description
    }
    if case .string(let salt)? = config[path: "dataset.split_salt"]?.value { fields[.splitSalt] = salt }
    fields[.splitRule] = splitRule.map(String.init)
    self.fields = fields
  }
}

extension RunMetadata {
  /// The dataset that it was trained on: the place says all that its configuration decides, the digest what was there.
  var trainedOn: PinnedName {
    let root = "datasets/"
    return PinnedName(dataset.hasPrefix(root) ? String(dataset.dropFirst(root.count)) : dataset, datasetDigest)
  }

  /// Optimizer steps taken, of how many: as identities and run events state them.
  var stepsText: String { "\(step)/\(totalSteps)" }
}
