import Composition
import Schemas

extension IdentityDemands {
  /// The demands that a mapping states, field by field; those that it does not state are not among them.
  ///
  /// - Parameter keys: Those of the mapping that `read` stands at.
  static func stated(in read: inout ConfigReader, _ keys: Set<String>) -> [IdentityField: IdentityDemand] {
    var demands: [IdentityField: IdentityDemand] = [:]
    for field in IdentityField.allCases where keys.contains(field.rawValue) {
      let texts = read.texts(field.rawValue)
      if let demand = demand(on: field, texts) {
        demands[field] = demand
      } else {
        read.refuse(field.rawValue, allowed: field.allowed)
        demands[field] = .values([])
      }
    }
    return demands
  }

  /// The demands of a clause: what it states itself, and the defaults for the rest.
  ///
  /// A field of which neither says anything is a problem of the configuration.
  init(_ own: [IdentityField: IdentityDemand], defaults: [IdentityField: IdentityDemand], _ read: inout ConfigReader) {
    var demands = defaults.merging(own) { $1 }
    for field in IdentityField.allCases where demands[field] == nil {
      _ = read.texts(field.rawValue)  // reports the missing key at its place
      demands[field] = .values([])
    }
    self.init(demands)
  }

  /// Nil for what the field cannot be asked for.
  private static func demand(on field: IdentityField, _ texts: [String]) -> IdentityDemand? {
    if texts == [IdentityDemand.anyWord] { return field.mayBeAny ? .any : nil }
    if texts == [IdentityDemand.ofRunWord] { return field.isOfRun ? .ofRun : nil }
    // Among values the words would be texts, which no evidence states.
    guard !texts.contains(IdentityDemand.anyWord), !texts.contains(IdentityDemand.ofRunWord) else { return nil }
    if field == .overrides { return texts.allSatisfy { !$0.isEmpty && !$0.contains(",") } ? .within(texts) : nil }
    guard !texts.isEmpty, texts.allSatisfy(field.isPossible) else { return nil }
    return .values(texts)
  }
}

extension IdentityField {
  /// Whether a run's own files say what it is.
  var isOfRun: Bool {
    switch self {
    case .run, .template, .overrides, .runConfig, .trainedOn, .weights, .runStatus, .runSteps, .dataset, .splitRule,
      .splitSalt, .problems:
      true
    case .evaluation, .split, .mode, .search, .budget, .weightsFormat, .seed, .rules: false
    }
  }

  /// Whether a clause may leave it open: not where the evidence would be of another model, unfinished, or not held out.
  var mayBeAny: Bool {
    switch self {
    case .run, .runConfig, .trainedOn, .weights, .runStatus, .runSteps, .split: false
    default: true
    }
  }

  /// Whether `text` can be pinned as its value.
  func isPossible(_ text: String) -> Bool {
    switch self {
    case .run, .runConfig, .weights, .runSteps: false
    case .template, .trainedOn, .evaluation, .dataset: PinnedName(text) != nil
    case .problems: (try? Digest(parsing: text)) != nil
    case .runStatus: text == RunMetadata.Status.completed.rawValue
    case .split: ["validation", "test"].contains(text)
    case .mode: PlanningMode(rawValue: text) != nil
    case .splitRule, .budget, .seed, .rules: UInt64(text).map(String.init) == text
    case .overrides, .splitSalt, .search, .weightsFormat: !text.isEmpty
    }
  }

  /// What may stand there, in words.
  var allowed: String {
    let values: String? =
      switch self {
      case .run, .runConfig, .weights, .runSteps: nil
      case .template: "<template>@sha256:…"
      case .trainedOn: "<place below datasets/>@sha256:…"
      case .evaluation: "<config>@sha256:…"
      case .dataset: "<preset>@sha256:…"
      case .problems: "sha256:…"
      case .runStatus: RunMetadata.Status.completed.rawValue
      case .split: "test or validation: what was trained on is no evidence"
      case .mode: PlanningMode.allCases.map(\.rawValue).joined(separator: ", ")
      case .splitRule, .budget, .seed, .rules: "an integer from 0"
      case .overrides: "a list of keys"
      case .splitSalt, .search, .weightsFormat: "a text"
      }
    let words = (isOfRun ? [IdentityDemand.ofRunWord] : []) + (mayBeAny ? [IdentityDemand.anyWord] : [])
    return ((values.map { [$0] } ?? []) + words).joined(separator: "; or ")
  }
}
