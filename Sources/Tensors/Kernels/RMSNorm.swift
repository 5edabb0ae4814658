// Root mean square normalisation (Zhang & Sennrich 2019, equation 4). x, y (N, C); weight (C); inverse (N).

extension ReferenceKernels {
  /// `r = 1/√(mean(x²) + ε);  y = x · r · weight`
  public func rmsNormForward(
    _ x: Input, weight: Input, y: RowsView, inverse: Output, rows: Int, width: Int, epsilon: Float
  ) {
    requireSizes(rows, width)
    for row in 0..<rows {
      let x = x + row * width
      var squares = 0.0
      for i in 0..<width { squares += Double(x[i]) * Double(x[i]) }
      let r = 1 / (squares / Double(max(width, 1)) + Double(epsilon)).squareRoot()
      for i in 0..<width { y[row, i] = Float(Double(x[i]) * r * Double(weight[i])) }
      inverse[row] = Float(r)
    }
  }

  /// Forward: `y = x · r · weight`. With `g = dy · weight`:
  /// `dx += r·g − x · r³ · mean(g·x);  dWeight += dy · x · r`
  public func rmsNormBackward(
    dy: Input, x: Input, weight: Input, inverse: Input, dx: Output, dWeight: Output, rows: Int, width: Int
  ) {
    requireSizes(rows, width)
    var weightGradient = [Double](repeating: 0, count: width)
    for row in 0..<rows {
      let start = row * width
      let r = Double(inverse[row])
      var dot = 0.0
      for i in 0..<width { dot += Double(dy[start + i]) * Double(weight[i]) * Double(x[start + i]) }
      let along = r * r * r * dot / Double(max(width, 1))
      for i in 0..<width {
        dx[start + i] += Float(r * Double(dy[start + i]) * Double(weight[i]) - Double(x[start + i]) * along)
        weightGradient[i] += Double(dy[start + i]) * Double(x[start + i]) * r
      }
    }
    for i in 0..<width { dWeight[i] += Float(weightGradient[i]) }
  }
}

extension FastKernels {
  public func rmsNormForward(
    _ x: Input, weight: Input, y: RowsView, inverse: Output, rows: Int, width: Int, epsilon: Float
  ) {
    requireSizes(rows, width)
    table.pointee.rmsnorm_forward(x, weight, y.c, inverse, rows, width, epsilon)
  }

  public func rmsNormBackward(
    dy: Input, x: Input, weight: Input, inverse: Input, dx: Output, dWeight: Output, rows: Int, width: Int
  ) {
    requireSizes(rows, width)
    table.pointee.rmsnorm_backward(dy, x, weight, inverse, dx, dWeight, rows, width)
  }
}
