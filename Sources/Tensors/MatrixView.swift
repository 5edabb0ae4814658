/// A matrix in memory that somebody else owns: element (i, j) lies `i·rowStride + j·columnStride` floats from `pointer`,
/// and one of the strides is 1.
///
/// Sendable because it is an address: who shares it keeps it alive and its writers apart.
public struct MatrixView: @unchecked Sendable {
  public let pointer: UnsafePointer<Float>
  public let rowStride: Int
  public let columnStride: Int

  /// Rows of consecutive floats, `stride` apart.
  public init(_ pointer: UnsafePointer<Float>, stride: Int) {
    self.init(pointer, rowStride: stride, columnStride: 1)
  }

  private init(_ pointer: UnsafePointer<Float>, rowStride: Int, columnStride: Int) {
    self.pointer = pointer
    self.rowStride = rowStride
    self.columnStride = columnStride
  }

  /// The same memory read as the transposed matrix.
  public var transposed: MatrixView { .init(pointer, rowStride: columnStride, columnStride: rowStride) }

  /// The rows from `row` on.
  func from(row: Int) -> MatrixView {
    .init(pointer + row * rowStride, rowStride: rowStride, columnStride: columnStride)
  }
}
