import Schemas

extension MetricClause {
  /// The measurements of one question, in the order of the ledger, and the looks that were taken besides.
  struct Asked {
    /// Those whose identity is what the clause asks for. There is one.
    let evidence: [LedgerRecord<MetricRecord>]
    /// Measurements of the same metric and group on the same template and dataset, under whatever settings.
    let looks: Int

    /// The one that counts.
    func decisive(_ counts: Counting) -> LedgerRecord<MetricRecord> {
      switch counts {
      case .newest: evidence[evidence.count - 1]
      case .first: evidence.last { $0.record.again != nil } ?? evidence[0]
      }
    }
  }

  /// What the ledger holds of the clause's question about `subject`.
  ///
  /// A measurement that is not exactly what the clause asks for is a look: it decides nothing and supersedes nothing.
  ///
  /// - Throws: Where there is no evidence, why the measurement that came nearest is none.
  func asked(of subject: GateSubject, in evidence: GateEvidence) throws(GateRefusal) -> Asked {
    let name = metric.rawValue
    guard !evidence.isEmpty else { throw GateRefusal(.emptyLedger, "the ledger has no records. \(remedy)") }
    let all = evidence.contents.metrics.filter { $0.record.metric == name }
    guard !all.isEmpty else {
      guard !evidence.hasUnfinishedMeasurement(of: subject.runID) else { throw unfinished(subject) }
      throw GateRefusal(.noMeasurement, "no record of \(name). \(remedy)")
    }
    let inGroup = all.filter { $0.record.group == group }
    guard !inGroup.isEmpty else {
      throw GateRefusal(
        .wrongGroup,
        "\(name) was measured of \(Set(all.map(\.record.group)).sorted().joined(separator: ", ")), expected \(group). "
          + remedy)
    }
    let judged = inGroup.map { ($0, disagreement(of: $0.record, with: subject)) }
    let fitting = judged.filter { $0.1 == nil }.map(\.0)
    let refused = judged.compactMap { measured, why in why.map { (measured, $0) } }
    if fitting.isEmpty, let (nearest, why) = refused.reversed().min(by: { $0.1.fields.count < $1.1.fields.count }) {
      if why.fields.contains(.run), evidence.hasUnfinishedMeasurement(of: subject.runID) { throw unfinished(subject) }
      throw GateRefusal(
        why.refusal.reason,
        "the nearest measurement of \(name), line \(nearest.head.sequence), is no evidence: \(why.refusal.message) "
          + remedy)
    }
    let question = fitting[0].record.identity
    let looks = inGroup.filter {
      $0.record.identity.template == question.template && $0.record.identity[.dataset] == question[.dataset]
    }
    return Asked(evidence: fitting, looks: Set(looks.map(\.record.measurementID)).count)
  }

  /// The first thing about `record` that is not what the clause asks of measurements of `subject`.
  func disagreement(of record: MetricRecord, with subject: GateSubject) -> IdentityDemands.Disagreement? {
    if let found = identity.disagreement(of: record.identity, with: subject.facts(for: record.identity)) {
      return found
    }
    guard record.mode != record.identity[.mode] else { return nil }
    return IdentityDemands.Disagreement(
      fields: [.mode],
      refusal: GateRefusal(.wrongMode, "its figure is of mode \(record.mode), its identity of another."))
  }

  private var remedy: String {
    "Measure with 'codex \(metric.isShadow ? "deploy --dry-run --latency-report" : "evaluate")'; what is asked for: "
      + "'codex gate show'."
  }

  private func unfinished(_ subject: GateSubject) -> GateRefusal {
    GateRefusal(
      .unfinishedMeasurement,
      "there are answers of run \(subject.runID), but no \(metric.rawValue): measuring was interrupted. \(remedy)")
  }
}
