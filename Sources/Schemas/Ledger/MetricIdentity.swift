/// What a measurement was made of: a gate passes only if every digest is that of its subject.
public struct MetricIdentity: Codable, Sendable, Equatable {
  /// The run whose model was measured.
  public let runID: String
  public let template: String
  /// Digest of `model.safetensors`.
  public let weightsDigest: Digest
  /// Digest of the run's resolved configuration.
  public let runConfigDigest: Digest
  /// Preset of the problems asked, e.g. `reasoning/curriculum` or `reasoning/cot_lite`.
  public let dataset: String
  /// Content digest of the dataset that the problems are from.
  public let datasetDigest: Digest
  /// Digest over the ids of the problems asked, in order.
  public let problemSetDigest: Digest
  /// Digest of the resolved configuration of the evaluation, or of the pod.
  public let measurementConfigDigest: Digest

  enum CodingKeys: String, CodingKey {
    case template, dataset
    case runID = "run_id"
    case weightsDigest = "weights_digest"
    case runConfigDigest = "run_config_digest"
    case datasetDigest = "dataset_digest"
    case problemSetDigest = "problem_set_digest"
    case measurementConfigDigest = "measurement_config_digest"
  }

  public init(
    runID: String, template: String, weightsDigest: Digest, runConfigDigest: Digest, dataset: String,
    datasetDigest: Digest, problemSetDigest: Digest, measurementConfigDigest: Digest
  ) {
    self.runID = runID
    self.template = template
    self.weightsDigest = weightsDigest
    self.runConfigDigest = runConfigDigest
    self.dataset = dataset
    self.datasetDigest = datasetDigest
    self.problemSetDigest = problemSetDigest
    self.measurementConfigDigest = measurementConfigDigest
  }
}
