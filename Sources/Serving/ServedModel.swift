import Planning
import Worlds

/// The one model that a server answers with, and what it is called.
public struct ServedModel: Sendable {
  public let model: PlanningModel
  /// What a request may call it; the first is what answers call it.
  public let names: [String]
  /// The worlds that it was trained for; problems of others are refused.
  public let worlds: [WorldKind]
  /// When it was made: seconds since 1970-01-01 UTC.
  public let createdAt: Double

  /// Traps unless it has a name.
  public init(_ model: PlanningModel, names: [String], worlds: [WorldKind], createdAt: Double) {
    precondition(!names.isEmpty, "a served model has a name")
    self.model = model
    self.names = names
    self.worlds = worlds
    self.createdAt = createdAt
  }
}
