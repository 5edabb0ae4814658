extension ReferenceKernels {
  public func store(_ x: Input, stride: Int, as y: RowsView, rows: Int, width: Int) {
    requireSizes(rows, width)
    for row in 0..<rows {
      for i in 0..<width { y[row, i] = x[row * stride + i] }
    }
  }

  public func add(_ x: Input, to y: Output, count: Int) {
    requireSizes(count)
    for i in 0..<count { y[i] += x[i] }
  }

  public func sumOfSquares(_ x: Input, count: Int) -> Double {
    requireSizes(count)
    return sumInBlocks(x, count) { block, count in
      var sum = 0.0
      for i in 0..<count { sum += Double(block[i]) * Double(block[i]) }
      return sum
    }
  }
}

extension FastKernels {
  public func store(_ x: Input, stride: Int, as y: RowsView, rows: Int, width: Int) {
    requireSizes(rows, width)
    table.pointee.store_rows(x, stride, y.c, rows, width)
  }

  public func add(_ x: Input, to y: Output, count: Int) {
    requireSizes(count)
    table.pointee.add(x, y, count)
  }

  /// Squares of floats are exact in `Double` and the order of the sum is fixed: the same bits on every instruction set.
  public func sumOfSquares(_ x: Input, count: Int) -> Double {
    requireSizes(count)
    return sumInBlocks(x, count) { table.pointee.sum_of_squares($0, $1) }
  }
}

/// Adds the sums of consecutive blocks of 4096 elements in order: threads that compute whole blocks get the same bits.
private func sumInBlocks(
  _ x: UnsafePointer<Float>, _ count: Int, sum: (UnsafePointer<Float>, Int) -> Double
) -> Double {
  var total = 0.0
  for start in stride(from: 0, to: count, by: 4096) { total += sum(x + start, min(4096, count - start)) }
  return total
}
