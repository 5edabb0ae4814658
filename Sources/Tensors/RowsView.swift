/// Rows of floats in memory that somebody else owns, `stride` floats apart.
///
/// Sendable because it is an address: who shares it keeps it alive and its writers apart.
public struct RowsView: @unchecked Sendable {
  public let pointer: UnsafeMutablePointer<Float>
  public let stride: Int

  public init(_ pointer: UnsafeMutablePointer<Float>, stride: Int) {
    self.pointer = pointer
    self.stride = stride
  }

  /// The address of row `index`.
  public subscript(index: Int) -> UnsafeMutablePointer<Float> { pointer + index * stride }

  /// The rows as an operand of a product.
  public var matrix: MatrixView { MatrixView(pointer, stride: stride) }

  /// The rows from `row` on.
  public func from(_ row: Int) -> RowsView { RowsView(self[row], stride: stride) }
}
