import Schemas
import Storage

/// The one digest of a folder: SHA-256 over the files' own digests (32 bytes each), in the order of their paths.
///
/// The same that OpenSSF model-signing puts into a signature as the subject's digest (serialisation method `files`,
/// SHA-256), whose paths are ordered part by part: `a/c` precedes `a-b`. Names count through `bundle.json`, which lists
/// them and is itself among the files.
public enum RootDigest {
  /// - Parameter files: Every file of the folder, in any order, each path once.
  /// - Complexity: O(n log n) comparisons of paths.
  public static func of(_ files: [FileEntry]) -> Digest {
    var stream = DigestStream()
    for file in files.sorted(by: { precedes($0.path, $1.path) }) { stream.update(file.digest.bytes) }
    return stream.finish()
  }

  /// Whether `first` stands before `second`, compared part by part and each part byte by byte.
  static func precedes(_ first: String, _ second: String) -> Bool {
    let slash = UInt8(ascii: "/")
    let (left, right) = (first.utf8.split(separator: slash), second.utf8.split(separator: slash))
    return left.lexicographicallyPrecedes(right) { $0.lexicographicallyPrecedes($1) }
  }
}
