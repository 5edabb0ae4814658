/// A measurement as version 0.1.0 wrote it: its identity lacks most of what evidence must state, so it is none any more.
public struct MetricRecordV1: Record {
  public static let schema = "codex.metric/1"

  /// The old identity.
  struct Identity: Codable, Sendable {
    let runID: String
    let template: String
    let weightsDigest: Digest
    let runConfigDigest: Digest
    let dataset: String
    let datasetDigest: Digest
    let problemSetDigest: Digest
    let measurementConfigDigest: Digest

    enum CodingKeys: String, CodingKey {
      case template, dataset
      case runID = "run_id"
      case weightsDigest = "weights_digest"
      case runConfigDigest = "run_config_digest"
      case datasetDigest = "dataset_digest"
      case problemSetDigest = "problem_set_digest"
      case measurementConfigDigest = "measurement_config_digest"
    }
  }

  let metric: String
  let value: Double?
  let reason: String?
  let unit: MetricRecord.Unit
  let lower: Double?
  let upper: Double?
  let count: Int
  let mode: String
  let group: String
  let measurementID: String
  let identity: Identity
  let reference: MetricReference?
  let codexVersion: String
  let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case metric, value, reason, unit, lower, upper, mode, group, identity, reference
    case count = "n"
    case measurementID = "measurement_id"
    case codexVersion = "codex_version"
    case recordedAt = "recorded_at"
  }

  /// The same as today's record, with what its identity states and no more.
  public var upgraded: MetricRecord {
    MetricRecord(
      metric: metric, value: value, reason: reason, unit: unit, lower: lower, upper: upper, count: count, mode: mode,
      group: group, measurementID: measurementID,
      identity: MetricIdentity([
        .run: identity.runID, .template: identity.template, .weights: identity.weightsDigest.description,
        .runConfig: identity.runConfigDigest.description,
        .dataset: PinnedName(identity.dataset, identity.datasetDigest).description,
        .problems: identity.problemSetDigest.description, .mode: mode,
      ]), reference: reference, again: nil, codexVersion: codexVersion, recordedAt: recordedAt)
  }
}
