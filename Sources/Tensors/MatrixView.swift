import CKernels

/// A matrix in memory that somebody else owns: element (i, j) lies `i·rowStride + j·columnStride` elements from `pointer`,
/// and one of the strides is 1.
///
/// Sendable because it is an address: who shares it keeps it alive and its writers apart.
public struct MatrixView: @unchecked Sendable {
  public let pointer: UnsafePointer<Float>
  public let rowStride: Int
  public let columnStride: Int
  /// What memory holds: floats, or bfloat16s of 16 bits, which only products in that format read.
  public let stored: ProductFormat

  /// Rows of consecutive floats, `stride` apart.
  public init(_ pointer: UnsafePointer<Float>, stride: Int) {
    self.init(pointer, rowStride: stride, columnStride: 1, stored: .float32)
  }

  /// `rows` as the rows of a matrix.
  init(_ rows: RowsView) {
    self.init(rows.pointer, rowStride: rows.elementStride, columnStride: 1, stored: rows.stored)
  }

  private init(_ pointer: UnsafePointer<Float>, rowStride: Int, columnStride: Int, stored: ProductFormat) {
    self.pointer = pointer
    self.rowStride = rowStride
    self.columnStride = columnStride
    self.stored = stored
  }

  /// The same memory read as the transposed matrix.
  public var transposed: MatrixView {
    .init(pointer, rowStride: columnStride, columnStride: rowStride, stored: stored)
  }

  /// The rows from `row` on.
  func from(row: Int) -> MatrixView {
    let bytes = row * rowStride * (stored == .bfloat16 ? 2 : 4)
    return .init(
      (UnsafeRawPointer(pointer) + bytes).assumingMemoryBound(to: Float.self), rowStride: rowStride,
      columnStride: columnStride, stored: stored)
  }

  var c: ck_matrix { ck_matrix(at: pointer, row: rowStride, column: columnStride, stored: stored.code) }
}
