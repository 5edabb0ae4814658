import Composition
import Schemas

extension MetricClause.ReferenceRule {
  /// The reference's answers by problem, once it is sure that they are those of the control that the rule asks for.
  func items(
    for record: MetricRecord, subject: GateSubject, in evidence: GateEvidence, at head: LedgerHead
  ) throws(GateRefusal) -> [Digest: SampleRecord] {
    guard let named = record.reference else {
      throw GateRefusal(.noReference, "\(record.metric) names no run that it compares with.")
    }
    try checkRun(named, subject: subject)
    guard let (identity, items) = evidence.reference(named.measurementID, mode: record.mode, before: head.sequence)
    else {
      throw GateRefusal(
        .notPaired,
        "the ledger has no measurement \(named.measurementID) of the reference \(named.runID) in mode "
          + "\(record.mode). Evaluate the reference first.")
    }
    guard identity.runID == named.runID, identity.weightsDigest == named.weightsDigest,
      identity.runConfigDigest == named.runConfigDigest
    else {
      throw GateRefusal(
        .alteredReference,
        "measurement \(named.measurementID) is of run \(identity.runID) with weights "
          + "\(identity.weightsDigest), expected \(named.runID) with \(named.weightsDigest).")
    }
    let own = record.identity
    guard identity.datasetDigest == own.datasetDigest, identity.problemSetDigest == own.problemSetDigest,
      identity.measurementConfigDigest == own.measurementConfigDigest,
      MetricClause.digest(of: MetricClause.distinctProblems(items)) == own.problemSetDigest
    else {
      throw GateRefusal(
        .notPaired,
        "the reference \(named.runID) was asked other problems or under other settings. Evaluate both alike.")
    }
    if let foreign = items.first(where: { $0.runID != named.runID }) {
      throw GateRefusal(
        .foreignItems, "an answer of the reference's measurement is of run \(foreign.runID), expected \(named.runID).")
    }
    return Dictionary(items.map { ($0.sample.problemID, $0.sample) }) { first, _ in first }
  }

  /// Throws unless the run compared with is there, unchanged, and differs from the subject as the rule says.
  private func checkRun(_ named: MetricReference, subject: GateSubject) throws(GateRefusal) {
    guard let run = subject.references[named.runID] else {
      throw GateRefusal(
        .unknownReference,
        "the reference \(named.runID) is no whole run of this workspace. Keep the control below runs/.")
    }
    guard run.weightsDigest == named.weightsDigest, run.runConfigDigest == named.runConfigDigest else {
      throw GateRefusal(
        .alteredReference,
        "the reference \(named.runID) has the weights \(run.weightsDigest), compared was with \(named.weightsDigest). "
          + "Evaluate both again.")
    }
    let permitted = differsOnlyIn + ["training.output_dir"]
    let differences = ConfigDifference.paths(between: subject.config, and: run.config)
    let surplus = differences.filter { path in !permitted.contains { path == $0 || path.hasPrefix($0 + ".") } }
    guard surplus.isEmpty else {
      throw GateRefusal(
        .wrongReference,
        "the reference \(named.runID) also differs in \(surplus.prefix(5).joined(separator: ", ")); allowed: "
          + "\(permitted.joined(separator: ", ")). Compare with the control.")
    }
    guard differsOnlyIn.contains(where: { key in differences.contains { $0 == key || $0.hasPrefix(key + ".") } })
    else {
      throw GateRefusal(
        .referenceIsNoControl,
        "the reference \(named.runID) does not differ in \(differsOnlyIn.joined(separator: ", ")): it is no control.")
    }
  }
}

/// Where two configurations differ.
enum ConfigDifference {
  /// The dotted paths of the smallest differing parts, in the order of `left`, then what only `right` has. Lists differ as
  /// a whole.
  static func paths(between left: ConfigNode, and right: ConfigNode, at path: String = "") -> [String] {
    guard let own = left.entries, let others = right.entries else {
      return left.value.hasSameContent(as: right.value) ? [] : [path]
    }
    func below(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    var found: [String] = []
    for (key, node) in own {
      found += others[key].map { paths(between: node, and: $0, at: below(key)) } ?? [below(key)]
    }
    return found + others.keys.filter { own[$0] == nil }.map(below)
  }
}
