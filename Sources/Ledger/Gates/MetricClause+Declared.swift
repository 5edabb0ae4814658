import Schemas

extension MetricClause {
  /// Whether the question was declared before the run began, in words.
  ///
  /// - Throws: `not_declared` where the clause requires it and nobody did.
  func declaredNotes(_ subject: GateSubject, _ scene: Scene) throws(GateRefusal) -> [String] {
    let contents = scene.evidence.contents
    let mine = contents.intentions.filter {
      $0.record.clauseDigest == digest && $0.record.template == subject.facts.fields[.template]
    }
    let begun = contents.beginning(of: subject.runID)
    // A run that the ledger met under way may have been looked at before.
    let isWitnessed = begun?.record.steps.hasPrefix("0/") == true
    let before = mine.filter { intention in
      isWitnessed && begun.map { intention.head.sequence < $0.head.sequence } ?? false
    }
    if let declared = before.last {
      let attempts = contents.intentions.filter { $0.record.clauseDigest == digest }
      let number = (attempts.firstIndex { $0.head == declared.head } ?? 0) + 1
      return ["Declared before as \(declared.record.id), attempt \(number) of \(attempts.count)."]
    }
    guard declared == .optional else {
      throw GateRefusal(
        .notDeclared,
        mine.isEmpty
          ? "nobody declared this question for \(subject.facts.fields[.template] ?? "this template") before run "
            + "\(subject.runID) began. Declare it with 'codex gate declare', then train anew."
          : "run \(subject.runID) began before the question was declared, or the ledger does not say when. Train after "
            + "'codex gate declare'.")
    }
    return ["Exploratory: not declared before."]
  }
}
