import Glibc

// Gated unit (Shazeer 2020, equation 6). x (N, 2·width): gate g, then up u; y (N, width).

extension ReferenceKernels {
  /// Forward: `y = silu(g) · u`, written again. Hence `dg = dy · u · σ(g)·(1 + g·(1 − σ(g)));  du = dy · silu(g)`
  public func swigluBackward(dy: Input, x: Input, dx: Output, y: Output, rows: Int, width: Int) {
    requireSizes(rows, width)
    for row in 0..<rows {
      for i in 0..<width {
        let gateAt = row * 2 * width + i
        let gate = Double(x[gateAt])
        let gradient = Double(dy[row * width + i])
        let s = sigmoid(gate)
        dx[gateAt] = Float(gradient * Double(x[gateAt + width]) * s * (1 + gate * (1 - s)))
        dx[gateAt + width] = Float(gradient * gate * s)
        y[row * width + i] = Float(gate * s * Double(x[gateAt + width]))
      }
    }
  }

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}

extension FastKernels {
  public func swigluBackward(dy: Input, x: Input, dx: Output, y: Output, rows: Int, width: Int) {
    requireSizes(rows, width)
    table.pointee.swiglu_backward(dy, x, dx, y, rows, width)
  }
}

extension Kernels {
  /// `y[r,i] = silu(x[r,i]) · x[r,width+i]` over rows of fused (gate, up) pairs: `x` (N, 2·width), `y` (N, width).
  public func swigluForward(_ x: Input, y: Output, rows: Int, width: Int) {
    requireSizes(rows, width)
    gate(gates: x, ups: x + width, stride: 2 * width, y: y, yStride: width, rows: rows, columns: width)
  }
}
