import Schemas

/// Of each run, dataset and mode the newest measurement of a metric, as a whole.
struct NewestMeasurements {
  private struct Key: Hashable {
    let run: String
    let dataset: String?
    let mode: String
  }

  /// The records of the group `all`, in the order of the ledger.
  let records: [MetricRecord]
  private let contents: LedgerContents

  /// - Parameter metric: `reasoning.win_rate` has one for each run compared with: the newest counts.
  init(of metric: MetricName, in contents: LedgerContents, runID: String?, mode: String?) {
    self.contents = contents
    var seen: Set<Key> = []
    let newestFirst = contents.metrics.reversed().map(\.record).filter { record in
      guard record.metric == metric.rawValue, record.group == "all" else { return false }
      let identity = record.identity
      guard runID == nil || runID == identity.runID, mode == nil || mode == record.mode else { return false }
      return seen.insert(Key(run: identity.runID, dataset: identity[.dataset], mode: record.mode)).inserted
    }
    records = newestFirst.reversed()
  }

  /// The answers behind `record`.
  func samples(of record: MetricRecord) -> [SampleRecord] {
    contents.items(of: record.measurementID).map(\.record.sample).filter { $0.mode == record.mode }
  }
}
