// One step of Adafactor for a matrix, or a vector as a matrix of one row.
//
// It takes three sweeps of the gradient and one of the parameters, and no fewer: a column's second moment is known once all
// rows were read, the update's norm, which clips it, once all second moments are, and the parameters move by the clipped
// update. AdamW's one sweep also moves more memory: its moments are as large as the parameters, read and written.

extension ReferenceKernels {
  public func adafactorSums(
    gradients: Input, rows: Int, columns: Int, gradientScale: Float, rowSums: Output, columnSums: Output
  ) {
    requireSizes(rows, columns)
    let square = { (i: Int, j: Int) in
      let g = Double(gradientScale) * Double(gradients[i * columns + j])
      return g * g
    }
    for i in 0..<rows { rowSums[i] = Float((0..<columns).reduce(0) { $0 + square(i, $1) }) }
    for j in 0..<columns { columnSums[j] = Float((0..<rows).reduce(Double(columnSums[j])) { $0 + square($1, j) }) }
  }

  public func adafactorSquares(
    gradients: Input, rows: Int, columns: Int, gradientScale: Float, rowFactors: Input, columnFactors: Input
  ) -> Double {
    requireSizes(rows, columns)
    var total = 0.0
    for i in 0..<rows {
      for j in 0..<columns {
        let g = Double(gradientScale) * Double(gradients[i * columns + j])
        let u = g * Double(rowFactors[i]) * Double(columnFactors[j])
        total += u * u
      }
    }
    return total
  }

  public func adafactorUpdate(
    parameters: Output, gradients: Input, rows: Int, columns: Int, gradientScale: Float, rowFactors: Input,
    columnFactors: Input, shrink: Float, step: Float
  ) {
    requireSizes(rows, columns)
    for i in 0..<rows {
      for j in 0..<columns {
        let p = Double(parameters[i * columns + j])
        let g = Double(gradientScale) * Double(gradients[i * columns + j])
        let u = g * Double(rowFactors[i]) * Double(columnFactors[j])
        parameters[i * columns + j] = Float(p - (Double(shrink) * p + Double(step) * u))
      }
    }
  }
}

extension FastKernels {
  public func adafactorSums(
    gradients: Input, rows: Int, columns: Int, gradientScale: Float, rowSums: Output, columnSums: Output
  ) {
    requireSizes(rows, columns)
    table.pointee.adafactor_sums(gradients, rows, columns, gradientScale, rowSums, columnSums)
  }

  public func adafactorSquares(
    gradients: Input, rows: Int, columns: Int, gradientScale: Float, rowFactors: Input, columnFactors: Input
  ) -> Double {
    requireSizes(rows, columns)
    return table.pointee.adafactor_squares(gradients, rows, columns, gradientScale, rowFactors, columnFactors)
  }

  public func adafactorUpdate(
    parameters: Output, gradients: Input, rows: Int, columns: Int, gradientScale: Float, rowFactors: Input,
    columnFactors: Input, shrink: Float, step: Float
  ) {
    requireSizes(rows, columns)
    table.pointee.adafactor_update(
      parameters, gradients, rows, columns, gradientScale, rowFactors, columnFactors, shrink, step)
  }
}
