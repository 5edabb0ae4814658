import Schemas

/// What a clause asks of each field of an identity. A value of this type has a demand for every field.
public struct IdentityDemands: Sendable, Equatable {
  private let demands: [IdentityField: IdentityDemand]

  /// - Precondition: Every field has a demand.
  init(_ demands: [IdentityField: IdentityDemand]) {
    precondition(IdentityField.allCases.allSatisfy { demands[$0] != nil }, "every field is a value, of_run or any")
    self.demands = demands
  }

  public subscript(field: IdentityField) -> IdentityDemand { demands[field] ?? .values([]) }

  /// Fields that are not as asked for; there is one.
  struct Disagreement {
    /// In the order of the list.
    let fields: [IdentityField]
    /// Why the first of them is none.
    let refusal: GateRefusal
  }

  /// The fields of `identity` that are not what is asked for; nil if all are.
  ///
  /// - Parameter facts: What the judged run's files say.
  func disagreement(of identity: MetricIdentity, with facts: [IdentityField: String]) -> Disagreement? {
    let refused = IdentityField.allCases.compactMap { field in
      refusal(of: identity, field, facts).map { (field, $0) }
    }
    return refused.first.map { Disagreement(fields: refused.map(\.0), refusal: $0.1) }
  }

  private func refusal(
    of identity: MetricIdentity, _ field: IdentityField, _ facts: [IdentityField: String]
  ) -> GateRefusal? {
    let (demand, fact) = (self[field], facts[field])
    guard let stated = identity[field] else {
      let missing = identity.missingFields.map(\.rawValue).joined(separator: ", ")
      return GateRefusal(
        .identityIncomplete,
        "it states no \(missing): an older version measured it. Measure again with this one.")
    }
    guard demand != .ofRun || fact != nil else {
      return GateRefusal(
        .runDoesNotSay,
        "'\(field.rawValue)' is asked to be that of the run, and the run's files do not say it. Keep its dataset and "
          + "its template where they were.")
    }
    guard !demand.admits(stated, fact: fact) else {
      guard demand != .any, let fact, fact != stated, Self.isTheRuns(field, identity, facts) else { return nil }
      return GateRefusal(
        Self.reason(field, stated, demand),
        "\(field.rawValue) is \(Self.shown(stated)), and the run's own files say \(Self.shown(fact)).")
    }
    return GateRefusal(
      Self.reason(field, stated, demand),
      "\(field.rawValue) is \(Self.shown(stated)), expected \(demand == .ofRun ? fact ?? "" : demand.text).")
  }

  /// Whether the run's own files have the last word on a field, whatever else a clause asks of it.
  private static func isTheRuns(
    _ field: IdentityField, _ identity: MetricIdentity, _ facts: [IdentityField: String]
  ) -> Bool {
    switch field {
    case .run, .runConfig, .trainedOn, .weights, .runStatus, .runSteps: true
    // In which keys it departs from another template than the present one, they do not say.
    case .overrides: facts[.template] == identity[.template]
    default: false
    }
  }

  private static func shown(_ stated: String) -> String { stated.isEmpty ? "empty" : stated }

  /// The word for a field that is not as asked for.
  private static func reason(_ field: IdentityField, _ stated: String, _ demand: IdentityDemand) -> GateReason {
    /// Whether even the name before the digest is another one.
    func isOtherName(_ texts: [String]) -> Bool {
      !texts.contains { PinnedName.name(in: $0) == PinnedName.name(in: stated) }
    }
    return switch field {
    case .run: .otherRun
    case .template:
      if case .values(let texts) = demand, isOtherName(texts) { .notCurated } else { .wrongTemplate }
    case .overrides: .wrongOverrides
    case .runConfig: .wrongRunConfig
    case .trainedOn: .wrongTrainingData
    case .weights: .wrongWeights
    case .runStatus, .runSteps: .unfinishedRun
    case .evaluation: .wrongEvaluation
    case .dataset:
      if case .values(let texts) = demand, isOtherName(texts) { .wrongPreset } else { .wrongDataset }
    case .split: .wrongSplit
    case .splitRule: .wrongSplitRule
    case .splitSalt: .wrongSplitSalt
    case .problems: .wrongProblemSet
    case .mode: .wrongMode
    case .search: .wrongSearch
    case .budget: .wrongBudget
    case .weightsFormat: .wrongWeightsFormat
    case .seed: .wrongSeed
    case .rules: .wrongRules
    }
  }
}
