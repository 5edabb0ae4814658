/// Names an experiment: a family of runs that are compared with each other.
public struct ExperimentName: CheckedName {
  public static let kind = "experiment name"
  public static let rule = "1 to 64 of A-Z a-z 0-9 . _ -, starting with a letter or digit"

  public let text: String

  public init(checked text: String) { self.text = text }

  public static func isAcceptable(_ text: String) -> Bool {
    isPlainName(text, limit: 64)
  }
}
