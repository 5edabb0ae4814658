import Schemas

/// One figure of the ledger and the items it was computed from.
struct Measurement {
  let head: LedgerHead
  let record: MetricRecord
  /// Answers in the record's mode, of all groups, in the order asked.
  let items: [ItemRecord]

  /// The items in the record's group.
  var itemsOfGroup: [ItemRecord] {
    items.filter { record.group == "all" || $0.sample.groups.contains(record.group) }
  }
}

extension SampleRecord {
  /// The groups it counts in, besides `all`.
  var groups: [String] { [world, "\(world)/\(level)"] }
}

/// A ledger's contents as gates ask for them. The number of a line is its position.
struct GateEvidence {
  let contents: LedgerContents

  var isEmpty: Bool { contents.isEmpty }

  /// The measurement whose record is the line `head`.
  ///
  /// A measurement is written as one batch: its items, then its metrics. Only items of that uninterrupted run of lines
  /// count, so that asking again under the same id neither doubles nor replaces what an older record was computed from.
  func measurement(at head: LedgerHead, _ record: MetricRecord) -> Measurement {
    Measurement(
      head: head, record: record,
      items: items(before: head.sequence, of: record.measurementID).filter { $0.sample.mode == record.mode })
  }

  /// The newest complete measurement called `id` above line `end`.
  func reference(_ id: String, mode: String, before end: Int) -> Measurement? {
    let complete = contents.metrics.last {
      $0.head.sequence < end && $0.record.measurementID == id && $0.record.mode == mode
    }
    return complete.map { measurement(at: $0.head, $0.record) }
  }

  /// Whether there are items of `runID` that no record was computed from: their writer was stopped in between.
  func hasUnfinishedMeasurement(of runID: String) -> Bool {
    let lines = contents.lines
    return lines.indices.contains { position in
      guard case .item(let item) = lines[position].entry, item.runID == runID else { return false }
      let next = position + 1 < lines.count ? lines[position + 1].entry : nil
      switch next {
      case .item(let following): return following.measurementID != item.measurementID
      case .metric(let record): return record.measurementID != item.measurementID
      case .verdict, .deployment, .rollout, .intention, .runEvent, .merge, .rule, nil: return true
      }
    }
  }

  /// The first line that was recorded after `instant`; also one that was recorded at no instant.
  func line(after instant: Double) -> LedgerHead? {
    contents.lines.first { line in line.entry.recordedAt.map { !($0 <= instant) } ?? false }?.head
  }

  private func items(before end: Int, of id: String) -> [ItemRecord] {
    let lines = contents.lines
    var position = min(end, lines.count) - 1
    while position >= 0, case .metric(let record) = lines[position].entry, record.measurementID == id { position -= 1 }
    var items: [ItemRecord] = []
    while position >= 0, case .item(let item) = lines[position].entry, item.measurementID == id {
      items.append(item)
      position -= 1
    }
    return items.reversed()
  }
}
