import Schemas
import Storage

/// The one digest of a folder: SHA-256 over the files' own digests (32 bytes each), in the order of their paths.
///
/// The same that OpenSSF model-signing puts into a signature as the subject's digest (serialisation method `files`,
/// SHA-256). Names count through `bundle.json`, which lists them and is itself among the files.
public enum RootDigest {
  /// - Parameter files: Every file of the folder, in any order, each path once.
  /// - Complexity: O(n log n) comparisons of paths.
  public static func of(_ files: [FileEntry]) -> Digest {
    var stream = DigestStream()
    for file in files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      stream.update(file.digest.bytes)
    }
    return stream.finish()
  }
}
