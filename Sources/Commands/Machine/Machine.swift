import CKernels
import Tensors

/// What this process computes with. Made before any thread starts: a BLAS library reads its settings as it is loaded.
struct Machine {
  let kernels: FastKernels
  /// The library in use; nil for the built-in kernels.
  let library: BLASLibrary?
  /// Why no library is in use; nil if one is.
  let reason: String?
  /// Whether CODEX_BLAS forbids a library.
  let isLibraryForbidden: Bool
  let pool: ThreadPool

  /// Chooses as the environment says.
  ///
  /// A library is used where `CODEX_BLAS` names one, and where the processor has only the portable instruction set.
  ///
  /// - Throws: `TensorsError.noBLAS` if `CODEX_BLAS` names a library that cannot be used, `UsageError` for a bad
  ///   `CODEX_THREADS`. That no library is found otherwise is no error: the built-in kernels are only slower.
  init(_ environment: Environment) throws {
    let pool = ThreadPool(threads: try Self.threads(environment.threads))
    if environment.blas == "none" {
      self.init(library: nil, reason: "CODEX_BLAS is 'none'", isLibraryForbidden: true, pool: pool)
    } else if let path = environment.blas {
      self.init(library: try BLASLibrary(path: path), reason: nil, pool: pool)
    } else if InstructionSet.best != .portable {
      // They are as fast as a library there, on one thread and on several (docs/decisions/0015-own-products.md).
      self.init(library: nil, reason: "the built-in kernels are as fast on this processor", pool: pool)
    } else {
      do throws(TensorsError) { self.init(library: try BLASLibrary(), reason: nil, pool: pool) } catch {
        self.init(library: nil, reason: error.description, pool: pool)
      }
    }
  }

  private init(library: BLASLibrary?, reason: String?, isLibraryForbidden: Bool = false, pool: ThreadPool) {
    self.library = library
    self.reason = reason
    self.isLibraryForbidden = isLibraryForbidden
    self.pool = pool
    kernels = FastKernels(backend: library.map(ProductBackend.blas) ?? .builtIn)
  }

  /// The most threads that `CODEX_THREADS` may ask for.
  static let maximumThreads = 256

  private static func threads(_ text: String?) throws -> Int {
    guard let text else { return processors }
    guard let count = Int(text), (1...maximumThreads).contains(count) else {
      throw UsageError("CODEX_THREADS is '\(text)'; allowed: 1...\(maximumThreads). Unset it for one per processor.")
    }
    return count
  }

  /// Processors that this process may run on, at most `maximumThreads`.
  static var processors: Int { min(Int(ck_processors()), maximumThreads) }
}
