import Schemas

extension MetricClause {
  /// Judges the clause: yes only on a positive, complete, fresh figure that is bound to the subject and follows from its
  /// items.
  func judge(_ subject: GateSubject, evidence: GateEvidence, now: Double) -> ClauseVerdict {
    var measurement: Measurement?
    do throws(GateRefusal) {
      guard templates.contains(subject.template) else {
        throw GateRefusal(
          .notCurated,
          "template \(subject.template) is not among \(templates.joined(separator: ", ")). Judge a run of those, or add "
            + "it once it has earned it.")
      }
      let found = try newestMeasurement(of: subject, in: evidence)
      measurement = found
      try checkRecord(of: found, subject: subject, in: evidence, now: now)
      try checkItems(of: found, subject: subject, in: evidence)
      try compare(found.record)
      return verdict(.ok, sentence(found.record), found)
    } catch {
      return verdict(error.reason, error.message, measurement)
    }
  }

  private func compare(_ record: MetricRecord) throws(GateRefusal) {
    guard let figure = figure(of: record) else {
      throw GateRefusal(.noInterval, "\(record.metric) has no \(side.rawValue).")
    }
    switch comparator {
    case .atLeast:
      guard figure >= threshold else { throw GateRefusal(.belowThreshold, sentence(record)) }
    case .atMost:
      guard figure <= threshold else { throw GateRefusal(.aboveThreshold, sentence(record)) }
    }
  }

  private func figure(of record: MetricRecord) -> Double? {
    switch side {
    case .value: record.value
    case .lower: record.lower
    case .upper: record.upper
    }
  }

  private func sentence(_ record: MetricRecord) -> String {
    let interval =
      metric.hasInterval ? " [\(GateText.number(record.lower)), \(GateText.number(record.upper))]" : ""
    let sideText = side == .value ? "" : " end of the 95 % interval"
    return "\(record.metric) = \(GateText.number(record.value))\(interval) over n = \(record.count) in mode "
      + "\(record.mode); asked: \(side.rawValue)\(sideText) \(comparator.rawValue) \(GateText.number(threshold))."
  }

  private func verdict(_ reason: GateReason, _ message: String, _ measurement: Measurement?) -> ClauseVerdict {
    ClauseVerdict(
      clause: id, passed: reason.isPassing, reason: reason.rawValue, message: message, metric: metric.rawValue,
      value: measurement.flatMap { figure(of: $0.record) }, comparator: comparator.rawValue, threshold: threshold,
      count: measurement?.record.count, evidence: measurement?.head)
  }
}
