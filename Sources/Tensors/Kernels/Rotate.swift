// Rotary position embedding in place. x: row r at r·stride, then heads of D floats; tables (positions, D/2).

extension ReferenceKernels {
  /// With c, s the cosine and sine of pair i at the row's position:
  /// `x[i], x[i+D/2] = x[i]·c − x[i+D/2]·s, x[i+D/2]·c + x[i]·s`. The backward pass turns by the negative angle.
  public func rotate(
    _ x: Output, positions: UnsafePointer<Int32>, cosines: Input, sines: Input, rows: Int, stride: Int, heads: Int,
    headWidth: Int, inverse: Bool
  ) {
    requireRotation(positions, rows, heads, headWidth)
    let half = headWidth / 2
    let direction: Double = inverse ? -1 : 1
    for row in 0..<rows {
      let angles = Int(positions[row]) * half
      for head in 0..<heads {
        let x = x + row * stride + head * headWidth
        for i in 0..<half {
          let c = Double(cosines[angles + i])
          let s = Double(sines[angles + i]) * direction
          let (low, high) = (Double(x[i]), Double(x[i + half]))
          x[i] = Float(low * c - high * s)
          x[i + half] = Float(high * c + low * s)
        }
      }
    }
  }
}

extension FastKernels {
  public func rotate(
    _ x: Output, positions: UnsafePointer<Int32>, cosines: Input, sines: Input, rows: Int, stride: Int, heads: Int,
    headWidth: Int, inverse: Bool
  ) {
    requireRotation(positions, rows, heads, headWidth)
    table.pointee.rotate(x, positions, cosines, sines, rows, stride, heads, headWidth, inverse ? -1 : 1)
  }
}

/// Traps on sizes or positions that no table has. (Whether the table is long enough only the caller knows.)
private func requireRotation(_ positions: UnsafePointer<Int32>, _ rows: Int, _ heads: Int, _ headWidth: Int) {
  requireSizes(rows, heads, headWidth)
  precondition(headWidth % 2 == 0, "a rotated head has an even width")
  for row in 0..<rows { precondition(positions[row] >= 0, "positions are not negative") }
}
