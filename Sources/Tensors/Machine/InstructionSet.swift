import CKernels

/// The vector instructions that kernels were compiled for; the best supported one is chosen once at run time.
public enum InstructionSet: String, CaseIterable, Sendable {
  /// 128-bit vectors that every processor has: SSE2 on x86-64, NEON on arm64.
  case portable
  /// AVX2 with FMA.
  case avx2
  /// AVX-512 F, BW, VL and DQ.
  case avx512
  /// AVX-512 with dot products of bfloat16 pairs (BF16) and of bytes (VNNI).
  case avx512BF16
  /// NEON with the same dot products (BF16 and I8MM of ARMv8.6).
  case neonBF16

  /// The best that this processor and its operating system support.
  public static let best: InstructionSet =
    switch ck_level_best() {
    case CK_NEON_BF16: .neonBF16
    case CK_AVX512_BF16: .avx512BF16
    case CK_AVX512: .avx512
    case CK_AVX2: .avx2
    default: .portable
    }

  /// Whether this processor can run it.
  public var isSupported: Bool { table != nil }

  /// The kernels; nil where the processor lacks the instructions.
  package var table: UnsafePointer<ck_kernels>? {
    switch self {
    case .portable: ck_kernels_of(CK_PORTABLE)
    case .avx2: ck_kernels_of(CK_AVX2)
    case .avx512: ck_kernels_of(CK_AVX512)
    case .avx512BF16: ck_kernels_of(CK_AVX512_BF16)
    case .neonBF16: ck_kernels_of(CK_NEON_BF16)
    }
  }
}
