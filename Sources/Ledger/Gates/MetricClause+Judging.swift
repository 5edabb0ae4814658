import Schemas

extension MetricClause {
  /// What a clause is judged by.
  struct Scene {
    let subject: GateSubject
    /// Every other run that could be read, by id.
    let others: [String: GateSubject]
    let evidence: GateEvidence
    let now: Double
  }

  /// What was found: a figure with its ends, and where.
  struct Figure {
    let value: Double?
    let lower: Double?
    let upper: Double?
    let count: Int
    let head: LedgerHead
    /// What else the verdict tells, as sentences.
    var notes: [String] = []
  }

  /// Judges the clause: yes only on a positive, complete, fresh figure whose identity is what the clause asks for and
  /// which follows from the traces.
  func judge(_ scene: Scene) -> ClauseVerdict {
    var figure: Figure?
    do throws(GateRefusal) {
      try checkSubject(scene.subject)
      if let reference {
        try judgePairs(reference, scene, finding: &figure)
      } else {
        try judgeOne(scene, finding: &figure)
      }
      guard let figure else { throw GateRefusal(.noMeasurement, "nothing was measured.") }
      try compare(figure)
      return verdict(.ok, sentence(figure) + figure.notes.map { " " + $0 }.joined(), figure)
    } catch {
      let notes = (figure?.notes ?? []).map { " " + $0 }.joined()
      return verdict(error.reason, error.message + notes, figure)
    }
  }

  private func checkSubject(_ subject: GateSubject) throws(GateRefusal) {
    if case .values(let templates) = identity[.template],
      !templates.contains(where: { PinnedName.name(in: $0) == subject.metadata.template })
    {
      throw GateRefusal(
        .notCurated,
        "template \(subject.metadata.template) is not among "
          + "\(templates.map { PinnedName.name(in: $0) }.joined(separator: ", ")). Judge a run of those, or add it "
          + "once it has earned it.")
    }
    guard subject.isFinished else {
      throw GateRefusal(
        .unfinishedRun,
        "run \(subject.runID) is \(subject.progress). Finish it with 'codex train --resume \(subject.runID)', then "
          + "measure.")
    }
  }

  /// A figure of the judged run alone.
  ///
  /// - Parameter figure: Set as soon as there is one, so that a refusal can name it.
  private func judgeOne(_ scene: Scene, finding figure: inout Figure?) throws(GateRefusal) {
    let asked = try asked(of: scene.subject, in: scene.evidence)
    let chosen = asked.decisive(counts)
    let measurement = scene.evidence.measurement(at: chosen.head, chosen.record)
    figure = Figure(measurement, notes: [Self.looks(asked.looks)] + (try declaredNotes(scene.subject, scene)))
    try checkRecord(of: measurement, in: scene.evidence, now: scene.now)
    try checkItems(of: measurement, subject: scene.subject, scene)
  }

  /// How often somebody has looked.
  static func looks(_ count: Int) -> String { count == 1 ? "First look." : "Look \(count) at this question." }

  private func compare(_ figure: Figure) throws(GateRefusal) {
    guard let compared = compared(figure) else {
      throw GateRefusal(.noInterval, "\(metric.rawValue) has no \(side.rawValue).")
    }
    switch comparator {
    case .atLeast:
      guard compared >= threshold else { throw GateRefusal(.belowThreshold, sentence(figure)) }
    case .atMost:
      guard compared <= threshold else { throw GateRefusal(.aboveThreshold, sentence(figure)) }
    }
  }

  private func compared(_ figure: Figure) -> Double? {
    switch side {
    case .value: figure.value
    case .lower: figure.lower
    case .upper: figure.upper
    }
  }

  private func sentence(_ figure: Figure) -> String {
    let interval =
      metric.hasInterval ? " [\(GateText.number(figure.lower)), \(GateText.number(figure.upper))]" : ""
    let sideText = side == .value ? "" : " end of the 95 % interval"
    return "\(metric.rawValue) = \(GateText.number(figure.value))\(interval) over n = \(figure.count) in mode "
      + "\(identity[.mode].text); asked: \(side.rawValue)\(sideText) \(comparator.rawValue) \(GateText.number(threshold))."
  }

  private func verdict(_ reason: GateReason, _ message: String, _ figure: Figure?) -> ClauseVerdict {
    ClauseVerdict(
      clause: id, passed: reason.isPassing, reason: reason.rawValue, message: message, metric: metric.rawValue,
      value: figure.flatMap(compared), comparator: comparator.rawValue, threshold: threshold,
      count: figure?.count, evidence: figure?.head)
  }
}

extension MetricClause.Figure {
  init(_ measurement: Measurement, notes: [String] = []) {
    let record = measurement.record
    self.init(
      value: record.value, lower: record.lower, upper: record.upper, count: record.count, head: measurement.head,
      notes: notes)
  }
}
