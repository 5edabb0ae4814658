/// A movable name of a bundle, such as `reasoning/M1`: up to four plain names separated by slashes.
public struct Tag: CheckedName {
  public static let kind = "tag"
  public static let rule =
    "1 to 4 parts separated by '/', each 1 to 64 of A-Z a-z 0-9 . _ -, starting with a letter or digit"

  public let text: String

  public init(checked text: String) { self.text = text }

  public static func isAcceptable(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count <= 4 && parts.allSatisfy { isPlainName($0, limit: 64) }
  }
}
