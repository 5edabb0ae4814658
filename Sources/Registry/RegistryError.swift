import Schemas

/// Why a reference leads nowhere, or a tag was not moved.
public enum RegistryError: Error, Equatable, Sendable {
  case unknownTag(Tag, known: [Tag])
  case unknownBundle(Digest)
  case unknownShortDigest(String)
  /// Several bundles' digests begin so.
  case ambiguousDigest(String, candidates: [Digest])
  /// Somebody else moved the tag between the moment it was looked up and the moment it was to be moved.
  case tagMoved(Tag, seen: TagRecord?, found: TagRecord?)
}

extension RegistryError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownTag(let tag, let known):
      "'\(tag)': no such tag; expected "
        + (known.isEmpty ? "one made with 'codex register'" : "one of \(known.map(\.text).joined(separator: ", "))")
        + ". A folder is written './…', a root digest 'sha256:…'."
    case .unknownBundle(let digest):
      "\(digest): no bundle below artifacts/runs has this root digest. 'codex registry list' shows those there are."
    case .unknownShortDigest(let digits):
      "sha256:\(digits)…: no bundle below artifacts/runs has a root digest that begins so. 'codex registry list' shows those "
        + "there are."
    case .ambiguousDigest(let digits, let candidates):
      "sha256:\(digits)…: \(candidates.count) bundles have a root digest that begins so: "
        + "\(candidates.map(\.description).joined(separator: ", ")). Give more digits."
    case .tagMoved(let tag, let seen, let found):
      "'\(tag)': expected \(Self.text(seen)), got \(Self.text(found)): somebody else moved it meanwhile. "
        + "Nothing was moved; look at 'codex registry history \(tag)', then run the command again."
    }
  }

  private static func text(_ record: TagRecord?) -> String {
    record.map { "version \($0.version) (\($0.bundleDigest))" } ?? "no version"
  }
}
