/// Names one run; also the name of its directory.
public struct RunID: CheckedName {
  public static let kind = "run id"
  public static let rule = "1 to 128 of A-Z a-z 0-9 . _ -, starting with a letter or digit"

  public let text: String

  public init(checked text: String) { self.text = text }

  public static func isAcceptable(_ text: String) -> Bool {
    isPlainName(text, limit: 128)
  }
}
