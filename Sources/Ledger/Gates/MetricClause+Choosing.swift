import Schemas

extension MetricClause {
  /// The newest measurement that the clause is about: of its metric, the subject, its mode, group and dataset.
  ///
  /// What it was made of is checked later: an older measurement never stands in for a newer one that is bad.
  func newestMeasurement(
    of subject: GateSubject, in evidence: GateEvidence
  ) throws(GateRefusal) -> Measurement {
    let name = metric.rawValue
    let remedy = "Measure again with 'codex \(metric.isShadow ? "deploy --latency-report" : "evaluate")'."
    guard !evidence.isEmpty else { throw GateRefusal(.emptyLedger, "the ledger has no records. \(remedy)") }
    let all = evidence.contents.metrics.filter { $0.record.metric == name }
    let ofRun = all.filter { $0.record.identity.runID == subject.runID }
    if ofRun.isEmpty {
      guard !evidence.hasUnfinishedMeasurement(of: subject.runID) else {
        throw GateRefusal(
          .unfinishedMeasurement,
          "there are answers of run \(subject.runID), but no \(name): measuring was interrupted. \(remedy)")
      }
      guard let other = all.last else { throw GateRefusal(.noMeasurement, "no record of \(name). \(remedy)") }
      throw GateRefusal(
        .otherRun,
        "\(name) was measured of run \(other.record.identity.runID), expected \(subject.runID). \(remedy)")
    }
    let inMode = ofRun.filter { $0.record.mode == mode }
    guard !inMode.isEmpty else {
      throw GateRefusal(
        .wrongMode, "\(name) was measured in \(Self.list(ofRun.map(\.record.mode))), expected \(mode). \(remedy)")
    }
    let inGroup = inMode.filter { $0.record.group == group }
    guard !inGroup.isEmpty else {
      throw GateRefusal(
        .wrongGroup, "\(name) was measured of \(Self.list(inMode.map(\.record.group))), expected \(group). \(remedy)")
    }
    let onPreset = inGroup.filter { measured in
      dataset.map { $0.preset == measured.record.identity.dataset } ?? true
    }
    guard !onPreset.isEmpty else {
      throw GateRefusal(
        .wrongPreset,
        "\(name) was measured on \(Self.list(inGroup.map(\.record.identity.dataset))), "
          + "expected \(dataset?.preset ?? "the run's own dataset"). \(remedy)")
    }
    let expected = dataset?.digest ?? subject.datasetDigest
    guard let newest = onPreset.last(where: { $0.record.identity.datasetDigest == expected }) else {
      throw GateRefusal(
        .wrongDataset,
        "\(name) was measured on the dataset \(Self.list(onPreset.map(\.record.identity.datasetDigest.description))), "
          + "expected \(expected). \(remedy)")
    }
    return evidence.measurement(at: newest.head, newest.record)
  }

  private static func list(_ names: [String]) -> String { Set(names).sorted().joined(separator: ", ") }
}
