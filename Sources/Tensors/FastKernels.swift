import CKernels

/// What computes large products.
public enum ProductBackend: Sendable {
  /// A BLAS library found at run time.
  case blas(BLASLibrary)
  /// The kernels in `CKernels`.
  case builtIn
}

/// The kernels that codex runs on: vector code in `CKernels` for the best instruction set of this processor, and
/// products through `backend`.
///
/// Results differ between backends and instruction sets by rounding. With both fixed they are the same bits from run to
/// run, whatever the thread; and a row's result does not depend on the number of rows, except in products through BLAS.
///
/// Sendable: addresses of tables of functions that never change.
public struct FastKernels: Kernels, @unchecked Sendable {
  public let backend: ProductBackend
  public let instructionSet: InstructionSet
  let table: UnsafePointer<ck_kernels>

  public init(backend: ProductBackend) {
    self.backend = backend
    instructionSet = .best
    table = Self.bestTable
  }

  /// For tests of instruction sets that are not the best one. Nil where the processor lacks `instructionSet`.
  package init?(backend: ProductBackend, instructionSet: InstructionSet) {
    guard let table = instructionSet.table else { return nil }
    self.backend = backend
    self.instructionSet = instructionSet
    self.table = table
  }

  nonisolated(unsafe) static let bestTable: UnsafePointer<ck_kernels> = {
    guard let table = InstructionSet.best.table else { preconditionFailure("the best instruction set has kernels") }
    return table
  }()
}
