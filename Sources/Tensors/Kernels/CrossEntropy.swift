import Glibc

// Weighted cross-entropy over N rows of V logits. targets, weights, losses, hits (N).

extension ReferenceKernels {
  /// `losses = −w · log p[t]` with `p = softmax(logits)`; hence the gradient of `scale·Σ losses` is
  /// `logits = scale · w · (p − onehot(t))`
  public func crossEntropy(
    logits: Output, targets: UnsafePointer<Int32>, weights: Input, losses: Output, hits: Output, scale: Float,
    rows: Int, vocabulary: Int
  ) {
    requireTargets(targets, weights, rows, vocabulary)
    for row in 0..<rows {
      let logits = logits + row * vocabulary
      losses[row] = 0
      hits[row] = 0
      guard weights[row] != 0 else {
        logits.update(repeating: 0, count: vocabulary)
        continue
      }
      let target = Int(targets[row])
      let weight = Double(weights[row])
      var best = 0
      for j in 0..<vocabulary where logits[j] > logits[best] { best = j }
      let maximum = Double(logits[best])
      var sum = 0.0
      for j in 0..<vocabulary { sum += exp(Double(logits[j]) - maximum) }
      losses[row] = Float(-weight * (Double(logits[target]) - maximum - log(sum)))
      hits[row] = best == target ? 1 : 0
      for j in 0..<vocabulary {
        let probability = exp(Double(logits[j]) - maximum) / sum
        logits[j] = Float(Double(scale) * weight * (probability - (j == target ? 1 : 0)))
      }
    }
  }
}

extension FastKernels {
  public func crossEntropy(
    logits: Output, targets: UnsafePointer<Int32>, weights: Input, losses: Output, hits: Output, scale: Float,
    rows: Int, vocabulary: Int
  ) {
    requireTargets(targets, weights, rows, vocabulary)
    table.pointee.cross_entropy(logits, targets, weights, losses, hits, scale, rows, vocabulary)
  }
}

private func requireTargets(
  _ targets: UnsafePointer<Int32>, _ weights: UnsafePointer<Float>, _ rows: Int, _ vocabulary: Int
) {
  requireSizes(rows, vocabulary)
  for row in 0..<rows where weights[row] != 0 {
    precondition(targets[row] >= 0 && targets[row] < vocabulary, "target \(targets[row]) is outside 0..<\(vocabulary)")
  }
}
