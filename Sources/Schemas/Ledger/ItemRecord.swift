/// One answer behind a measurement: the ledger's item tier.
public struct ItemRecord: Record, Equatable {
  public static let schema = "codex.item/1"

  /// The measurement it belongs to: an evaluation's or a latency report's id.
  public let measurementID: String
  /// The run whose model answered.
  public let runID: String
  /// The answer, with its trace's id.
  public let sample: SampleRecord

  enum CodingKeys: String, CodingKey {
    case sample
    case measurementID = "measurement_id"
    case runID = "run_id"
  }

  public init(measurementID: String, runID: String, sample: SampleRecord) {
    self.measurementID = measurementID
    self.runID = runID
    self.sample = sample
  }
}
