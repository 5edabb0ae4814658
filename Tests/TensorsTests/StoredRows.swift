import Tensors
import Testing

/// Rows of bfloat16 between guard words.
final class StoredRows {
  let view: RowsView
  private let words: GuardedFloats
  private let rows: Int
  private let width: Int

  /// Rows that nobody has written: NaNs.
  init(rows: Int, width: Int) {
    self.rows = rows
    self.width = width
    let stride = RowsView.words(width: width, stored: .bfloat16)
    words = GuardedFloats([Float](repeating: Float(bitPattern: 0x7fc1_7fc1), count: rows * stride))
    view = RowsView(words.pointer, stride: stride, stored: .bfloat16)
  }

  /// Rows of `values`, rounded.
  convenience init(_ values: [Float], width: Int) {
    self.init(rows: values.count / max(width, 1), width: width)
    for (index, value) in values.enumerated() { view[index / width, index % width] = value }
  }

  /// The numbers, after checking the guards.
  func checked(sourceLocation: SourceLocation = #_sourceLocation) -> [Float] {
    _ = words.checked(sourceLocation: sourceLocation)
    return (0..<rows).flatMap { row in (0..<width).map { view[row, $0] } }
  }
}
