import Schemas
import Storage

extension MetricClause {
  /// Throws unless the measurement's items are complete, of the subject, borne out by its traces, and give the recorded
  /// figures.
  func checkItems(of measurement: Measurement, subject: GateSubject, _ scene: Scene) throws(GateRefusal) {
    let record = measurement.record
    let items = measurement.itemsOfGroup
    guard !measurement.items.isEmpty else {
      throw GateRefusal(
        .noItems,
        "no answers in mode \(record.mode) stand before \(record.metric) of measurement "
          + "\(record.measurementID). Measure again.")
    }
    if let foreign = measurement.items.first(where: { $0.runID != subject.runID }) {
      throw GateRefusal(
        .foreignItems, "an answer of the measurement is of run \(foreign.runID), expected \(subject.runID).")
    }
    guard items.count == record.count else {
      throw GateRefusal(
        .incompleteItems,
        "\(record.metric) is said to rest on n = \(record.count), got \(items.count) answers. Measure again.")
    }
    let problems = Self.distinctProblems(measurement.items)
    guard metric.isShadow || problems.count == measurement.items.count else {
      throw GateRefusal(
        .repeatedItem,
        "\(measurement.items.count) answers to \(problems.count) problems: a problem counts once. Measure again.")
    }
    guard Self.digest(of: problems).description == record.identity[.problems] else {
      throw GateRefusal(
        .wrongProblemSet,
        "the problems answered have the digest \(Self.digest(of: problems)), the record says "
          + "\(record.identity[.problems] ?? "none"). Measure again.")
    }
    try checkFigures(of: record, items: items, subject: subject, scene, at: measurement.head)
    // A latency report's plans are not kept.
    if !metric.isShadow { try subject.evaluations.check(measurement) }
  }

  private func checkFigures(
    of record: MetricRecord, items: [ItemRecord], subject: GateSubject, _ scene: Scene, at head: LedgerHead
  ) throws(GateRefusal) {
    let figure: RecomputedFigure
    do {
      if let reference {
        let theirs = try reference.items(for: record, of: self, subject: subject, scene, at: head)
        figure = try RecomputedFigure(winRateOf: items.map(\.sample), over: theirs)
      } else {
        figure = try RecomputedFigure(metric, over: items.map(\.sample))
      }
    } catch let refusal as GateRefusal {
      throw refusal
    } catch {
      throw GateRefusal(.disagreesWithItems, "\(record.metric) cannot be computed from its answers: \(error)")
    }
    guard FigureTolerance.agree(record.value, figure.value),
      FigureTolerance.agree(record.lower, figure.interval?.lower),
      FigureTolerance.agree(record.upper, figure.interval?.upper)
    else {
      throw GateRefusal(
        .disagreesWithItems,
        "\(record.metric) is recorded as \(GateText.number(record.value)) [\(GateText.number(record.lower)), "
          + "\(GateText.number(record.upper))], its answers give \(GateText.number(figure.value)) "
          + "[\(GateText.number(figure.interval?.lower)), \(GateText.number(figure.interval?.upper))]. Measure again.")
    }
  }

  /// The problems in order of first appearance.
  static func distinctProblems(_ items: [ItemRecord]) -> [Digest] {
    var seen: Set<Digest> = []
    return items.map(\.sample.problemID).filter { seen.insert($0).inserted }
  }

  /// Over the problems' ids, one a line, as an evaluation identifies the problems it asks.
  static func digest(of problems: [Digest]) -> Digest { Digest(ofLines: problems) }
}
