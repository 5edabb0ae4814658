/// The run that a paired metric compares with.
public struct MetricReference: Codable, Sendable, Equatable {
  public let runID: String
  /// Digest of its `model.safetensors`.
  public let weightsDigest: Digest
  /// Digest of its resolved configuration.
  public let runConfigDigest: Digest
  /// Its own measurement, whose items are the other half of the pairs.
  public let measurementID: String

  enum CodingKeys: String, CodingKey {
    case runID = "run_id"
    case weightsDigest = "weights_digest"
    case runConfigDigest = "run_config_digest"
    case measurementID = "measurement_id"
  }

  public init(runID: String, weightsDigest: Digest, runConfigDigest: Digest, measurementID: String) {
    self.runID = runID
    self.weightsDigest = weightsDigest
    self.runConfigDigest = runConfigDigest
    self.measurementID = measurementID
  }
}
