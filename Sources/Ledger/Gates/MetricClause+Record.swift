import Schemas

extension MetricClause {
  /// Throws unless the record is whole, possible, fresh, and nothing in the ledger contradicts it.
  ///
  /// Its identity was checked when it was chosen.
  func checkRecord(
    of measurement: Measurement, in evidence: GateEvidence, now: Double
  ) throws(GateRefusal) {
    let record = measurement.record
    guard record.unit == metric.unit else {
      throw GateRefusal(
        .wrongUnit, "\(record.metric) is recorded in \(record.unit.rawValue), expected \(metric.unit.rawValue).")
    }
    guard record.count >= minimumCount else {
      throw GateRefusal(
        .tooFew, "\(record.metric) rests on n = \(record.count), expected at least \(minimumCount). Ask more problems.")
    }
    try checkFigures(of: record)
    try checkAge(of: record, now: now)
    try checkContradictions(of: record, in: evidence)
  }

  private func checkFigures(of record: MetricRecord) throws(GateRefusal) {
    guard let value = record.value else {
      throw GateRefusal(.noValue, "\(record.metric) has no value: \(record.reason ?? "no reason is given").")
    }
    for figure in [value, record.lower ?? value, record.upper ?? value] {
      guard metric.range.contains(figure) else {  // also refuses NaN
        throw GateRefusal(
          .outOfRange,
          "\(record.metric) is recorded as \(figure); possible: "
            + "\(metric.range.lowerBound)…\(metric.range.upperBound).")
      }
    }
    guard !metric.hasInterval || (record.lower != nil && record.upper != nil) else {
      throw GateRefusal(.noInterval, "\(record.metric) is recorded without its interval.")
    }
  }

  /// Seconds by which another machine's clock may be ahead.
  static let clockTolerance = 60.0

  private func checkAge(of record: MetricRecord, now: Double) throws(GateRefusal) {
    let age = now - record.recordedAt
    guard age >= -Self.clockTolerance else {
      throw GateRefusal(
        .fromTheFuture, "\(record.metric) was recorded \(GateText.number(-age)) s after now. Set the clocks right.")
    }
    guard age <= Double(maximumAgeDays) * 86_400 else {
      throw GateRefusal(
        .stale,
        "\(record.metric) is \(GateText.number(age / 86_400)) days old; allowed: \(maximumAgeDays). Measure again.")
    }
  }

  /// Two records of one thing that say different things: neither is evidence.
  private func checkContradictions(of record: MetricRecord, in evidence: GateEvidence) throws(GateRefusal) {
    for (head, other) in evidence.contents.metrics.map({ ($0.head, $0.record) })
    where other.metric == record.metric && other.mode == record.mode && other.group == record.group {
      let isSameMeasurement = other.measurementID == record.measurementID
      let isSameQuestion =
        metric.isDeterministic && other.identity == record.identity && other.reference == record.reference
      guard isSameMeasurement || isSameQuestion else { continue }
      guard
        other.value == record.value, other.lower == record.lower, other.upper == record.upper,
        other.count == record.count
      else {
        throw GateRefusal(
          .contradictory,
          "line \(head.sequence) of the ledger records \(record.metric) = \(GateText.number(other.value)), this one "
            + "\(GateText.number(record.value)), of the same measurement. Find out which is wrong; train or measure anew."
        )
      }
    }
  }
}

/// Numbers in messages.
enum GateText {
  /// At most six digits after the point; `none` for an absent number.
  static func number(_ value: Double?) -> String {
    guard let value else { return "none" }
    guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? String(Int64(rounded)) : "\(rounded)"
  }
}
