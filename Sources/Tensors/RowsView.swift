import CKernels

/// Rows of numbers in memory that somebody else owns, `stride` 32-bit words apart: floats, or bfloat16s in half a word each.
///
/// Sendable because it is an address: who shares it keeps it alive and its writers apart.
public struct RowsView: @unchecked Sendable {
  public let pointer: UnsafeMutablePointer<Float>
  public let stride: Int
  /// What memory holds: single precision or bfloat16.
  public let stored: ProductFormat

  /// Traps on a format without numbers of its own.
  public init(_ pointer: UnsafeMutablePointer<Float>, stride: Int, stored: ProductFormat = .float32) {
    precondition(ProductFormat.floatingPoint.contains(stored), "no rows of \(stored)")
    self.pointer = pointer
    self.stride = stride
    self.stored = stored
  }

  /// 32-bit words that a row of `width` numbers takes.
  public static func words(width: Int, stored: ProductFormat) -> Int { stored == .bfloat16 ? (width + 1) / 2 : width }

  /// A stride, in words, for rows of `width` numbers that products read where they lie: an odd number of cache lines, so
  /// that neighbouring rows do not fall on the same few cache sets.
  public static func operandStride(width: Int, stored: ProductFormat) -> Int {
    let wordsOfLine = 16
    let lines = (words(width: width, stored: stored) + wordsOfLine - 1) / wordsOfLine
    return (lines % 2 == 0 ? lines + 1 : lines) * wordsOfLine
  }

  /// The address of row `index`.
  public subscript(index: Int) -> UnsafeMutablePointer<Float> { pointer + index * stride }

  /// The rows as an operand of a product.
  public var matrix: MatrixView { MatrixView(self) }

  /// The rows from `row` on, and their numbers from `column` on. Traps if that is in the middle of a word.
  public func from(_ row: Int, column: Int = 0) -> RowsView {
    precondition(stored == .float32 || column % 2 == 0, "column \(column) lies within a word")
    return RowsView(self[row] + Self.words(width: column, stored: stored), stride: stride, stored: stored)
  }

  /// Numbers from one row to the next.
  var elementStride: Int { stored == .bfloat16 ? 2 * stride : stride }

  var c: ck_rows { ck_rows(at: pointer, row: elementStride, stored: stored.code) }
}

// For the reference kernels and for checks: slow.
extension RowsView {
  /// One number, rounded to what memory holds when it is written.
  public subscript(row: Int, column: Int) -> Float {
    get {
      guard stored == .bfloat16 else { return self[row][column] }
      return Float(bitPattern: UInt32(halves(row)[column]) << 16)
    }
    nonmutating set {
      guard stored == .bfloat16 else {
        self[row][column] = newValue
        return
      }
      halves(row)[column] = UInt16(truncatingIfNeeded: stored.rounded(newValue).bitPattern >> 16)
    }
  }

  private func halves(_ row: Int) -> UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(self[row]).assumingMemoryBound(to: UInt16.self)
  }
}
