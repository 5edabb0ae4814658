import Schemas

/// What a clause asks of one field of a measurement's identity.
public enum IdentityDemand: Sendable, Equatable {
  /// Exactly one of these texts; there is one.
  case values([String])
  /// What the judged run's own files say.
  case ofRun
  /// Keys of a list, none but these or keys below them; none at all is fine.
  case within([String])
  /// Anything that is stated.
  case any

  /// The words of the gates' configuration for what is no value.
  static let ofRunWord = "of_run"
  static let anyWord = "any"

  /// Whether `stated` is what is asked for.
  ///
  /// - Parameter fact: What the run's files say of the field; nil where they do not.
  func admits(_ stated: String, fact: String?) -> Bool {
    switch self {
    case .values(let texts): texts.contains(stated)
    case .ofRun: stated == fact
    case .within(let keys):
      stated.split(separator: ",").allSatisfy { ConfigDifference.lies($0, in: keys) }
    case .any: true
    }
  }

  /// As the gates' configuration writes it.
  var text: String {
    switch self {
    case .values(let texts): texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    case .ofRun: Self.ofRunWord
    case .within(let keys): "[\(keys.joined(separator: ", "))]"
    case .any: Self.anyWord
    }
  }
}
