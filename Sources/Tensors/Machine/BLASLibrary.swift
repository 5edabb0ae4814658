import CKernels

/// A BLAS library found at run time, set to one thread: codex splits work itself, so results do not depend on threads.
///
/// Sendable: a function address and facts about it, never changed; the library stays loaded as long as the process.
public struct BLASLibrary: @unchecked Sendable {
  /// The file that was loaded.
  public let path: String
  /// What the library says it was built as; empty if it does not say (only OpenBLAS does).
  public let configuration: String
  /// The processor type whose kernels it uses; empty if it does not say.
  public let coreName: String
  /// How many threads it says it uses, read back after asking for one; nil if it does not say.
  public let threads: Int?
  let sgemm: ck_sgemm

  /// Loads the library at `path` (or named so), or the first of the usual ones that exports `cblas_sgemm`.
  ///
  /// Call it once, before other threads exist: it sets `OPENBLAS_CORETYPE` (on AVX-512 processors) and
  /// `OPENBLAS_NUM_THREADS` for the library to read as it is loaded.
  /// - Throws: `TensorsError.noBLAS`.
  public init(path: String? = nil) throws(TensorsError) {
    var found = ck_blas()
    let opened =
      if let path { path.withCString { ck_blas_open($0, &found) } } else { ck_blas_open(nil, &found) }
    guard opened, let sgemm = found.sgemm else {
      throw .noBLAS(requested: path, reason: Self.text(found.failure))
    }
    self.sgemm = sgemm
    self.path = Self.text(found.path)
    configuration = Self.text(found.configuration)
    coreName = Self.text(found.core_name)
    threads = found.threads > 0 ? Int(found.threads) : nil
  }

  /// The characters of a C array up to its first zero.
  private static func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
