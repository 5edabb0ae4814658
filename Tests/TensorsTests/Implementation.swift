import Tensors
import Testing

/// A kernel set under test, named for reports.
struct Implementation: Sendable, CustomTestStringConvertible {
  let name: String
  let kernels: any Kernels
  var testDescription: String { name }

  /// The library that products are tested with; nil where none is installed.
  static let blas = try? BLASLibrary()

  /// Built-in kernels of every instruction set that this processor has.
  static let builtIn: [Implementation] = InstructionSet.allCases.compactMap { set in
    FastKernels(backend: .builtIn, instructionSet: set).map { Implementation(name: "built-in \(set)", kernels: $0) }
  }

  /// `builtIn`, and the best of them with BLAS if there is one.
  static let fast: [Implementation] =
    builtIn + (blas.map { [Implementation(name: "BLAS", kernels: FastKernels(backend: .blas($0)))] } ?? [])

  static let reference = ReferenceKernels()
}

/// Skipped tests name what was not tested on this machine.
@Suite struct CoverageOfThisMachine {
  @Test(.enabled(if: Implementation.blas != nil, "no BLAS library found: products were tested built-in alone"))
  func blas_isTested() {
    #expect(Implementation.fast.contains { $0.name == "BLAS" })
  }

  @Test(.enabled(if: InstructionSet.avx512.isSupported, "no AVX-512: its kernels were not tested"))
  func avx512_isTested() {
    #expect(Implementation.fast.contains { $0.name == "built-in avx512" })
  }

  @Test(.enabled(if: InstructionSet.avx512BF16.isSupported, "no AVX-512 BF16: its kernels were not tested"))
  func avx512BF16_isTested() {
    #expect(Implementation.fast.contains { $0.name == "built-in avx512BF16" })
  }

  @Test(
    .enabled(
      if: InstructionSet.neonBF16.isSupported, "no NEON BF16: see scripts/check_arm64.sh, which tests it elsewhere"))
  func neonBF16_isTested() {
    #expect(Implementation.fast.contains { $0.name == "built-in neonBF16" })
  }

  @Test(.enabled(if: InstructionSet.avx2.isSupported, "no AVX2: its kernels were not tested"))
  func avx2_isTested() {
    #expect(Implementation.fast.contains { $0.name == "built-in avx2" })
  }
}
