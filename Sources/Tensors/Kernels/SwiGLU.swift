import Glibc

// Gated unit (Shazeer 2020, equation 6). x (N, 2·width): gate g, then up u; y (N, width).

extension ReferenceKernels {
  /// Forward: `y = silu(g) · u`, written again. Hence `dg = dy · u · σ(g)·(1 + g·(1 − σ(g)));  du = dy · silu(g)`
  public func swigluBackward(dy: Input, x: RowsView, dx: RowsView, y: RowsView, rows: Int, width: Int) {
    requireSizes(rows, width)
    requireStored(x, dx, y)
    for row in 0..<rows {
      for i in 0..<width {
        let (gate, up) = (Double(x[row, i]), Double(x[row, width + i]))
        let gradient = Double(dy[row * width + i])
        let s = sigmoid(gate)
        dx[row, i] = Float(gradient * up * s * (1 + gate * (1 - s)))
        dx[row, width + i] = Float(gradient * gate * s)
        y[row, i] = Float(gate * s * up)
      }
    }
  }

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}

extension FastKernels {
  public func swigluBackward(dy: Input, x: RowsView, dx: RowsView, y: RowsView, rows: Int, width: Int) {
    requireSizes(rows, width)
    requireStored(x, dx, y)
    table.pointee.swiglu_backward(dy, x.matrix.c, dx.c, y.c, rows, width)
  }
}

extension Kernels {
  /// `y[r,i] = silu(x[r,i]) · x[r,width+i]` over rows of fused (gate, up) pairs: `x` (N, 2·width), `y` (N, width).
  public func swigluForward(_ x: Input, y: RowsView, rows: Int, width: Int) {
    requireSizes(rows, width)
    gate(gates: x, ups: x + width, stride: 2 * width, y: y, rows: rows, columns: width)
  }
}

private func requireStored(_ x: RowsView, _ dx: RowsView, _ y: RowsView) {
  precondition(dx.stored == y.stored && (x.stored == .float32 || dx.stored == .bfloat16), "rows are stored alike")
}
