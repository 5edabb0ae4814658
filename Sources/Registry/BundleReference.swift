import Schemas
import Storage

/// What people call a bundle: a tag (`reasoning/M1`), a root digest (`sha256:…`) or a folder of the workspace (`./…`).
public enum BundleReference: Hashable, Sendable {
  case tag(Tag)
  case digest(Digest)
  /// The first digits of one, as tables print them.
  case shortDigest(String)
  case folder(StoragePath)

  /// Reads a reference; a folder must begin with `./`, as a tag may hold slashes too.
  ///
  /// - Throws: `NameError` or `StorageError.unacceptablePath`; nothing is opened.
  public init(parsing text: String) throws {
    if text.hasPrefix("./") {
      self = .folder(try StoragePath(parsing: String(text.dropFirst(2))))
    } else if text.hasPrefix("sha256:"), ShortDigest.isOne(text.dropFirst(7)) {
      self = .shortDigest(String(text.dropFirst(7)))
    } else if text.hasPrefix("sha256:") {
      self = .digest(try Digest(parsing: text))
    } else {
      self = .tag(try Tag(parsing: text))
    }
  }
}

/// The first digits of a digest: enough to look something up, never to pin it.
enum ShortDigest {
  static let smallestCount = 4

  static func isOne(_ text: some StringProtocol) -> Bool {
    (smallestCount..<2 * Digest.byteCount).contains(text.utf8.count)
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}
