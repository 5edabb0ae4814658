/// One reason why a dataset is not what it says.
public struct DatasetFinding: Hashable, Sendable {
  /// `altered`, `wrong_count`, `duplicate`, `leak`, `wrong_split`, `wrong_identity`, `wrong_origin` or `unsound`.
  public let rule: String
  /// File, and line from 1 where there is one: `test.ndjson:12`.
  public let place: String
  public let message: String

  init(_ rule: String, _ place: String, _ message: String) {
    self.rule = rule
    self.place = place
    self.message = message
  }
}

extension DatasetFinding: CustomStringConvertible {
  public var description: String { "\(place): \(rule): \(message)" }
}
