import CKernels
import Randomness
import Reasoner
import Tensors

/// What kernels are timed on.
struct KernelInputs {
  let shape: ModelShape
  /// Tokens of one pass.
  let rows: Int
  let table: UnsafePointer<ck_kernels>

  var kernels: ck_kernels { table.pointee }
  /// Query heads that read one key head.
  var group: Int { shape.heads / shape.kvHeads }

  /// `count` numbers from N(0, 1).
  func normals(_ count: Int) -> FloatBuffer {
    var random = RandomStream(seed: 0, "bench/kernels", count)
    return FloatBuffer(random.normals(count))
  }

  /// `count` words for packed matrices and pages.
  func words(_ count: Int) -> WordBuffer { WordBuffer(count: count) }
}

extension FloatBuffer {
  /// The floats as an operand whose strides are `row` and `column`.
  func matrix(row: Int, column: Int) -> ck_matrix {
    ck_matrix(at: pointer, row: row, column: column, stored: ProductFormat.float32.code)
  }

  /// The memory as rows of `stored` numbers to write, `row` numbers apart.
  func written(row: Int, stored: ProductFormat = .float32) -> ck_rows {
    ck_rows(at: pointer, row: row, stored: stored.code)
  }
}

extension ProductFormat {
  /// Bytes of one number that is stored so.
  var byteCount: Int { self == .bfloat16 ? 2 : 4 }
}

/// Zeroed 32-bit words. Nothing else has them while a kernel runs.
final class WordBuffer {
  private let floats: FloatBuffer

  init(count: Int) { floats = FloatBuffer(count: count) }

  var pointer: UnsafeMutablePointer<UInt32> {
    // SAFETY: floats and words have one size and alignment, and the memory is only used as words.
    UnsafeMutableRawPointer(floats.pointer).assumingMemoryBound(to: UInt32.self)
  }
}

/// One call of a kernel, ready to be repeated, and what it must do at least.
struct KernelCall {
  /// Additions and multiplications.
  let operations: Double
  /// What the processor's arithmetic peak for them is measured on.
  var format = ProductFormat.float32
  /// Bytes of memory that it touches, whether it reads, writes or does both: each must come to the processor once.
  let bytes: Int
  let run: () -> Void
}
