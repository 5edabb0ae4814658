import Glibc

// One optimizer step in place; parameters, gradients, first and second moments (count).

extension ReferenceKernels {
  /// `g = gradientScale·gradient; m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²;`
  /// `p −= rate·(m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε) + decay·p)`
  public func adamW(
    parameters: Output, gradients: Input, first: Output, second: Output, count: Int, rate: Float, beta1: Float,
    beta2: Float, epsilon: Float, decay: Float, gradientScale: Float, step: Int
  ) {
    requireStep(count, step)
    let (b1, b2) = (Double(beta1), Double(beta2))
    for i in 0..<count {
      let g = Double(gradientScale) * Double(gradients[i])
      let m = b1 * Double(first[i]) + (1 - b1) * g
      let v = b2 * Double(second[i]) + (1 - b2) * g * g
      let p = Double(parameters[i])
      let direction = m * correction(b1, step) / ((v * correction(b2, step)).squareRoot() + Double(epsilon))
      parameters[i] = Float(p - Double(rate) * (direction + Double(decay) * p))
      first[i] = Float(m)
      second[i] = Float(v)
    }
  }
}

extension FastKernels {
  public func adamW(
    parameters: Output, gradients: Input, first: Output, second: Output, count: Int, rate: Float, beta1: Float,
    beta2: Float, epsilon: Float, decay: Float, gradientScale: Float, step: Int
  ) {
    requireStep(count, step)
    table.pointee.adamw(
      parameters, gradients, first, second, count, rate, beta1, beta2, epsilon, decay, gradientScale,
      Float(correction(Double(beta1), step)), Float(correction(Double(beta2), step).squareRoot()))
  }
}

/// `1/(1 − βᵗ)`: undoes the bias of a moment that started at zero.
private func correction(_ beta: Double, _ step: Int) -> Double { 1 / (1 - pow(beta, Double(step))) }

private func requireStep(_ count: Int, _ step: Int) {
  requireSizes(count)
  precondition(step >= 1, "optimizer steps count from 1")
}
