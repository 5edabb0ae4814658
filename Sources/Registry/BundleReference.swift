import Schemas
import Storage

/// What people call a bundle: a tag (`reasoning/M1`), a root digest (`sha256:…`) or a folder of the workspace (`./…`).
public enum BundleReference: Hashable, Sendable {
  case tag(Tag)
  case digest(Digest)
  case folder(StoragePath)

  /// Reads a reference; a folder must begin with `./`, as a tag may hold slashes too.
  ///
  /// - Throws: `NameError` or `StorageError.unacceptablePath`; nothing is opened.
  public init(parsing text: String) throws {
    if text.hasPrefix("./") {
      self = .folder(try StoragePath(parsing: String(text.dropFirst(2))))
    } else if text.hasPrefix("sha256:") {
      self = .digest(try Digest(parsing: text))
    } else {
      self = .tag(try Tag(parsing: text))
    }
  }
}
