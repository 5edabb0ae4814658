import Ledger

/// What is between a run and its template: nothing, where the run may carry the template's name into production.
public struct TemplateParity: Sendable, Equatable {
  /// The run's template.
  public let name: String
  /// Why the template cannot be compared with; nil where it can.
  public let problem: String?
  /// Whether the template's digest is the one that the manifest of templates records.
  public let isRecorded: Bool
  /// Keys in which the run departs from it, of those that `RunOrigin.freeKeys` does not name.
  public let overrides: [String]

  public init(name: String, problem: String? = nil, isRecorded: Bool, overrides: [String]) {
    self.name = name
    self.problem = problem
    self.isRecorded = isRecorded
    self.overrides = overrides.filter { !RunOrigin.freeKeys.contains($0) }
  }

  /// Every reason against parity, as sentences; none means parity.
  public var faults: [String] {
    if let problem { return ["template '\(name)' cannot be compared with: \(problem)"] }
    var faults: [String] = []
    if !isRecorded {
      faults.append(
        "template '\(name)' changed without a bump. Undo the change, or record it with "
          + "'codex reasoning-templates bump \(name)' and train again.")
    }
    if !overrides.isEmpty {
      faults.append(
        "the run departs from template '\(name)' in \(overrides.joined(separator: ", ")). Train without overrides, or make "
          + "a template of them.")
    }
    return faults
  }
}
