/// One resolved setting of a run and who set it: a line of `params.ndjson`.
public struct ParameterRecord: Record, Equatable {
  public static let schema = "codex.parameter/1"

  /// Dotted path, e.g. `training.learning_rate`.
  public let key: String
  /// The value as canonical JSON.
  public let value: String
  /// `file:line:column`, or the override that set it.
  public let origin: String

  public init(key: String, value: String, origin: String) {
    self.key = key
    self.value = value
    self.origin = origin
  }
}
