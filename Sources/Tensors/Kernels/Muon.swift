// What Muon does to a matrix besides products: one sweep of gradient and momentum before them, one of the parameters after.

extension ReferenceKernels {
  /// `m = β·m + (1−β)·g; update = β·m + (1−β)·g`
  public func muonMomentum(
    gradients: Input, momentum: Output, update: Output, count: Int, beta: Float, gradientScale: Float
  ) -> Double {
    requireSizes(count)
    let b = Double(beta)
    var total = 0.0
    for i in 0..<count {
      let fresh = (1 - b) * Double(gradientScale) * Double(gradients[i])
      let m = b * Double(momentum[i]) + fresh
      momentum[i] = Float(m)
      update[i] = Float(b * m + fresh)
      total += Double(update[i]) * Double(update[i])
    }
    return total
  }

  public func muonUpdate(parameters: Output, direction: Input, count: Int, shrink: Float, step: Float) {
    requireSizes(count)
    for i in 0..<count {
      let p = Double(parameters[i])
      parameters[i] = Float(p - (Double(shrink) * p + Double(step) * Double(direction[i])))
    }
  }

  public func combineSymmetric(_ a: Input, factor aFactor: Float, into s: Output, factor sFactor: Float, n: Int) {
    requireSizes(n)
    for i in 0..<n {
      for j in 0...i {
        let value = Double(aFactor) * Double(a[i * n + j]) + Double(sFactor) * Double(s[i * n + j])
        s[i * n + j] = Float(value)
        s[j * n + i] = Float(value)
      }
    }
  }
}

extension FastKernels {
  public func muonMomentum(
    gradients: Input, momentum: Output, update: Output, count: Int, beta: Float, gradientScale: Float
  ) -> Double {
    requireSizes(count)
    return table.pointee.muon_momentum(gradients, momentum, update, count, beta, gradientScale)
  }

  public func muonUpdate(parameters: Output, direction: Input, count: Int, shrink: Float, step: Float) {
    requireSizes(count)
    table.pointee.muon_update(parameters, direction, count, shrink, step)
  }

  public func combineSymmetric(_ a: Input, factor aFactor: Float, into s: Output, factor sFactor: Float, n: Int) {
    requireSizes(n)
    table.pointee.combine_symmetric(a, aFactor, s, sFactor, n)
  }
}
