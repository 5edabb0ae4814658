import Composition
import Schemas

extension MetricClause.ReferenceRule {
  /// The reference's answers by problem, once it is sure that they are those of the control that the rule asks for, and
  /// evidence in the clause's own terms.
  func items(
    for record: MetricRecord, of clause: MetricClause, subject: GateSubject, _ scene: MetricClause.Scene,
    at head: LedgerHead
  ) throws(GateRefusal) -> [Digest: SampleRecord] {
    guard let named = record.reference else {
      throw GateRefusal(.noReference, "\(record.metric) names no run that it compares with.")
    }
    let run = try reference(named, subject: subject, scene)
    guard let found = scene.evidence.reference(named.measurementID, mode: record.mode, before: head.sequence) else {
      throw GateRefusal(
        .notPaired,
        "the ledger has no measurement \(named.measurementID) of the reference \(named.runID) in mode "
          + "\(record.mode). Evaluate the reference first.")
    }
    let identity = found.record.identity
    guard identity[.run] == named.runID, identity[.weights] == named.weightsDigest.description,
      identity[.runConfig] == named.runConfigDigest.description,
      identity[.trainedOn] == run.facts.fields[.trainedOn]
    else {
      throw GateRefusal(
        .alteredReference,
        "measurement \(named.measurementID) is of run \(identity.runID) with weights "
          + "\(identity[.weights] ?? "none"), trained on \(identity[.trainedOn] ?? "nothing known"); expected "
          + "\(named.runID) with \(named.weightsDigest), trained on \(run.facts.fields[.trainedOn] ?? "nothing known")."
      )
    }
    if let unequal = Self.shared.first(where: { identity[$0] != record.identity[$0] }) {
      throw GateRefusal(
        .notPaired,
        "the reference \(named.runID) was asked other problems or under other settings: \(unequal.rawValue) is "
          + "\(identity[unequal] ?? "not stated"), expected \(record.identity[unequal] ?? "none"). Evaluate both alike."
      )
    }
    guard MetricClause.digest(of: MetricClause.distinctProblems(found.items)).description == identity[.problems] else {
      throw GateRefusal(
        .notPaired, "the answers of the reference \(named.runID) are to other problems than its record says.")
    }
    if let foreign = found.items.first(where: { $0.runID != named.runID }) {
      throw GateRefusal(
        .foreignItems, "an answer of the reference's measurement is of run \(foreign.runID), expected \(named.runID).")
    }
    try run.evaluations.check(found)
    return Dictionary(found.items.map { ($0.sample.problemID, $0.sample) }) { first, _ in first }
  }

  /// Fields in which candidate and control may not differ.
  private static let shared: [IdentityField] = [
    .evaluation, .dataset, .split, .splitRule, .splitSalt, .problems, .mode, .search, .budget, .weightsFormat, .seed,
    .rules, .template, .trainedOn, .runStatus, .runSteps,
  ]

  /// The run compared with, provided that it is there, finished, unchanged, and differs from the subject as the rule says.
  private func reference(
    _ named: MetricReference, subject: GateSubject, _ scene: MetricClause.Scene
  ) throws(GateRefusal) -> GateSubject {
    guard let run = scene.others[named.runID] else {
      throw GateRefusal(
        .unknownReference,
        "the reference \(named.runID) is no whole run of this workspace. Keep the control below runs/.")
    }
    guard run.weightsDigest == named.weightsDigest, run.metadata.configDigest == named.runConfigDigest else {
      throw GateRefusal(
        .alteredReference,
        "the reference \(named.runID) has the weights \(run.weightsDigest), compared was with \(named.weightsDigest). "
          + "Evaluate both again.")
    }
    guard run.isFinished else {
      throw GateRefusal(
        .unfinishedReference,
        "the reference \(named.runID) is \(run.progress): half a control is no control. Finish it with "
          + "'codex train --resume \(named.runID)', then evaluate both again.")
    }
    let differences = ConfigDifference.paths(between: subject.config, and: run.config)
    let surplus = surplus(in: differences)
    guard surplus.isEmpty else {
      throw GateRefusal(
        .wrongReference,
        "the reference \(named.runID) also differs in \(surplus.prefix(5).joined(separator: ", ")); allowed: "
          + "\(permitted.joined(separator: ", ")). Compare with the control.")
    }
    guard isControlled(differences) else {
      throw GateRefusal(
        .referenceIsNoControl,
        "the reference \(named.runID) does not differ in \(differsOnlyIn.joined(separator: ", ")): it is no control.")
    }
    return run
  }

  /// Whether `named` is a run of the workspace that differs from `subject` as the rule says.
  func isControl(_ named: MetricReference?, of subject: GateSubject, _ scene: MetricClause.Scene) -> Bool {
    guard let named, let run = scene.others[named.runID] else { return false }
    let differences = ConfigDifference.paths(between: subject.config, and: run.config)
    return surplus(in: differences).isEmpty && isControlled(differences)
  }

  private var permitted: [String] { differsOnlyIn + ["training.output_dir"] }

  /// Differences that the rule does not permit.
  private func surplus(in differences: [String]) -> [String] {
    differences.filter { !ConfigDifference.lies($0, in: permitted) }
  }

  private func isControlled(_ differences: [String]) -> Bool {
    differences.contains { ConfigDifference.lies($0, in: differsOnlyIn) }
  }
}
