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

/// A ledger's contents as gates ask for them.
struct GateEvidence {
  private let lines: [LedgerContents.Line]
  /// Positions of the metric records in `lines`, ascending.
  private let metricPositions: [Int]

  init(_ contents: LedgerContents) {
    lines = contents.lines
    metricPositions = lines.indices.filter { if case .metric = contents.lines[$0].entry { true } else { false } }
  }

  var isEmpty: Bool { lines.isEmpty }

  /// Whether the ledger has exactly this line.
  func reaches(_ head: LedgerHead) -> Bool {
    lines.indices.contains(head.sequence) && lines[head.sequence].head == head
  }

  /// The metric records, oldest first.
  var metrics: [(head: LedgerHead, record: MetricRecord)] {
    metricPositions.compactMap { position in
      guard case .metric(let record) = lines[position].entry else { return nil }
      return (lines[position].head, record)
    }
  }

  var deployments: [(head: LedgerHead, record: DeploymentRecord)] {
    lines.compactMap { line in
      guard case .deployment(let record) = line.entry else { return nil }
      return (line.head, record)
    }
  }

  /// The measurement whose record is the line `head`.
  ///
  /// A measurement is written as one batch: its items, then its metrics. Only items of that uninterrupted run of lines
  /// count, so that asking again under the same id neither doubles nor replaces what an older record was computed from.
  func measurement(at head: LedgerHead, _ record: MetricRecord) -> Measurement {
    Measurement(
      head: head, record: record,
      items: items(before: head.sequence, of: record.measurementID).filter { $0.sample.mode == record.mode })
  }

  /// The items of the newest complete measurement called `id` above line `end`, and its identity.
  func reference(_ id: String, mode: String, before end: Int) -> (identity: MetricIdentity, items: [ItemRecord])? {
    for position in metricPositions.reversed() where position < end {
      guard case .metric(let record) = lines[position].entry, record.measurementID == id, record.mode == mode else {
        continue
      }
      return (record.identity, items(before: position, of: id).filter { $0.sample.mode == mode })
    }
    return nil
  }

  /// Whether there are items of `runID` that no record was computed from: their writer was stopped in between.
  func hasUnfinishedMeasurement(of runID: String) -> Bool {
    lines.indices.contains { position in
      guard case .item(let item) = lines[position].entry, item.runID == runID else { return false }
      let next = position + 1 < lines.count ? lines[position + 1].entry : nil
      switch next {
      case .item(let following): return following.measurementID != item.measurementID
      case .metric(let record): return record.measurementID != item.measurementID
      case .verdict, .deployment, nil: return true
      }
    }
  }

  private func items(before end: Int, of id: String) -> [ItemRecord] {
    var position = end - 1
    while position >= 0, case .metric(let record) = lines[position].entry, record.measurementID == id { position -= 1 }
    var items: [ItemRecord] = []
    while position >= 0, case .item(let item) = lines[position].entry, item.measurementID == id {
      items.append(item)
      position -= 1
    }
    return items.reversed()
  }
}
