/// One thing about a folder that is not what was packed.
public struct BundleFinding: Sendable, Hashable {
  public enum Rule: String, Sendable {
    /// Other bytes than were packed.
    case changed
    /// Fewer bytes than were packed.
    case truncated
    /// More bytes than were packed.
    case extended
    /// Not there.
    case missing
    /// There, but never packed.
    case extra
    /// Every byte is as packed, but two files contradict each other.
    case inconsistent
  }

  /// Relative to the bundle.
  public let file: String
  public let rule: Rule
  /// The bytes concerned; nil where it is the file as a whole.
  public let range: Range<Int>?
  /// What was expected and what is there.
  public let message: String

  public init(file: String, rule: Rule, range: Range<Int>?, message: String) {
    self.file = file
    self.rule = rule
    self.range = range
    self.message = message
  }
}

extension BundleFinding: CustomStringConvertible {
  /// File, bytes and message on one line.
  public var description: String {
    let place = range.map { $0.count == 1 ? "\(file): byte \($0.lowerBound)" : "\(file): bytes \($0)" } ?? file
    return "\(place): \(message)"
  }
}
