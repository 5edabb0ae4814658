import Schemas

/// Of each question the newest measurement of a metric, as a whole.
struct NewestMeasurements {
  /// The records of the group `all`, in the order of the ledger.
  let records: [MetricRecord]
  private let contents: LedgerContents

  /// - Parameter metric: `reasoning.win_rate` has one for each run compared with: the newest counts.
  init(of metric: MetricName, in contents: LedgerContents, runID: String?, mode: String?) {
    self.contents = contents
    var seen: Set<Question> = []
    let newestFirst = contents.metrics.reversed().map(\.record).filter { record in
      guard record.metric == metric.rawValue, record.group == "all" else { return false }
      guard runID == nil || runID == record.identity.runID, mode == nil || mode == record.mode else { return false }
      return seen.insert(Question(record)).inserted
    }
    records = newestFirst.reversed()
  }

  /// The answers behind `record`.
  func samples(of record: MetricRecord) -> [SampleRecord] {
    contents.items(of: record.measurementID).map(\.record.sample).filter { $0.mode == record.mode }
  }
}
