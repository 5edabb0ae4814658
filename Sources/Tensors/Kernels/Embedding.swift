// Rows of a table. ids (N) in 0..<V; table (V, C); y (N, C). Bound by memory: both implementations copy whole rows.

extension ReferenceKernels {
  /// `y[r] = table[ids[r]]`
  public func embeddingForward(
    ids: UnsafePointer<Int32>, table: Input, y: Output, rows: Int, width: Int, vocabulary: Int
  ) {
    gatherRows(ids, table, y, rows, width, vocabulary)
  }

  /// Forward: `y[r] = table[ids[r]]`. Hence `dTable[ids[r]] += dy[r]`
  public func embeddingBackward(
    ids: UnsafePointer<Int32>, dy: Input, dTable: Output, rows: Int, width: Int, columns: Range<Int>, vocabulary: Int
  ) {
    requireSizes(rows, width, vocabulary)
    var sums = [Double](repeating: 0, count: vocabulary * width)
    for row in 0..<rows {
      let start = checkedID(ids[row], vocabulary) * width
      for i in columns { sums[start + i] += Double(dy[row * width + i]) }
    }
    for index in sums.indices { dTable[index] += Float(sums[index]) }
  }
}

extension FastKernels {
  public func embeddingForward(
    ids: UnsafePointer<Int32>, table: Input, y: Output, rows: Int, width: Int, vocabulary: Int
  ) {
    gatherRows(ids, table, y, rows, width, vocabulary)
  }

  public func embeddingBackward(
    ids: UnsafePointer<Int32>, dy: Input, dTable: Output, rows: Int, width: Int, columns: Range<Int>, vocabulary: Int
  ) {
    requireSizes(rows, width, vocabulary)
    for row in 0..<rows {
      table.pointee.add(
        dy + row * width + columns.lowerBound,
        dTable + checkedID(ids[row], vocabulary) * width + columns.lowerBound, columns.count)
    }
  }
}

private func gatherRows(
  _ ids: UnsafePointer<Int32>, _ table: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ rows: Int,
  _ width: Int, _ vocabulary: Int
) {
  requireSizes(rows, width, vocabulary)
  for row in 0..<rows {
    (y + row * width).update(from: table + checkedID(ids[row], vocabulary) * width, count: width)
  }
}

@inline(__always)
private func checkedID(_ id: Int32, _ vocabulary: Int) -> Int {
  precondition(id >= 0 && id < vocabulary, "id \(id) is outside 0..<\(vocabulary)")
  return Int(id)
}
