/// Plain Swift, every sum in `Double`: obvious rather than fast, the oracle for `FastKernels`.
public struct ReferenceKernels: Kernels {
  public init() {}
}

/// Traps unless all sizes are zero or more.
@inline(__always)
func requireSizes(_ sizes: Int...) {
  for size in sizes { precondition(size >= 0, "sizes are not negative") }
}
