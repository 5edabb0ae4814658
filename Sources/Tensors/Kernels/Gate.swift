import Glibc

// y = silu(gates) · ups over some columns of each row; silu(g) = g·σ(g).

extension ReferenceKernels {
  public func gate(gates: Input, ups: Input, stride: Int, y: RowsView, rows: Int, columns: Int) {
    requireSizes(rows, columns)
    for row in 0..<rows {
      for i in 0..<columns {
        let g = Double(gates[row * stride + i])
        y[row, i] = Float(g / (1 + exp(-g)) * Double(ups[row * stride + i]))
      }
    }
  }
}

extension FastKernels {
  public func gate(gates: Input, ups: Input, stride: Int, y: RowsView, rows: Int, columns: Int) {
    requireSizes(rows, columns)
    table.pointee.gate(gates, ups, stride, y.c, rows, columns)
  }
}
