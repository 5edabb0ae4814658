/// What can go wrong in Tensors because of the outside world.
public enum TensorsError: Error, Equatable {
  /// No usable BLAS; `requested` is nil if the usual names were tried.
  case noBLAS(requested: String?, reason: String)
}

extension TensorsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noBLAS(let requested?, let reason):
      """
      BLAS library '\(requested)' cannot be used: \(reason). Expected a shared library that exports cblas_sgemm; unset \
      CODEX_BLAS to search the usual names.
      """
    case .noBLAS(nil, let reason):
      """
      no BLAS library found: \(reason). The built-in kernels are used; for more speed run \
      'apt-get install libopenblas0-pthread' or set CODEX_BLAS to a library.
      """
    }
  }
}
