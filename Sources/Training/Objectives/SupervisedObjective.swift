import Reasoner
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Imitation of exact plans, and a value head that learns which partial plans can still succeed.
///
/// `loss = Σ w·(−log p(target)) / Σ w + λ · Σ u·BCE(value, label) / Σ u` over an optimizer step.
public struct SupervisedObjective: TrainingObjective {
  /// λ: weight of the value loss.
  public let valueLossWeight: Double

  public init(valueLossWeight: Double) { self.valueLossWeight = valueLossWeight }

  public func gradient(
    overwriting outputs: Transformer.Outputs, rows: Range<Int>, of targets: RowTargets, totals: StepTotals,
    team: KernelTeam
  ) -> ObjectiveSums {
    var sums = ObjectiveSums()
    sums.rows = Double(rows.count)
    let first = rows.lowerBound
    let kernels = team.kernels
    let scale = totals.policyWeight > 0 ? Float(1 / totals.policyWeight) : 0
    targets.losses.withUnsafeMutableBufferPointer { losses in
      targets.hits.withUnsafeMutableBufferPointer { hits in
        targets.targets.withUnsafeBufferPointer { tokens in
          targets.policyWeights.withUnsafeBufferPointer { weights in
            guard let losses = losses.baseAddress, let hits = hits.baseAddress, let tokens = tokens.baseAddress,
              let weights = weights.baseAddress
            else { return }
            // SAFETY: parts write disjoint rows; what they share is only read.
            nonisolated(unsafe) let at = (
              tokens: tokens + first, weights: weights + first, losses: losses + first, hits: hits + first
            )
            team.forRanges(of: rows.count, grain: 8) { part in
              let row = part.lowerBound
              kernels.crossEntropy(
                logits: outputs.logits[row], targets: at.tokens + row, weights: at.weights + row,
                losses: at.losses + row, hits: at.hits + row, scale: scale, rows: part.count,
                vocabulary: outputs.vocabulary)
            }
          }
        }
      }
    }
    for row in rows where targets.policyWeights[row] != 0 {
      sums.policyLoss += Double(targets.losses[row])
      sums.policyWeight += Double(targets.policyWeights[row])
      sums.hits += Double(targets.hits[row])
      sums.judged += 1
    }
    valueGradient(outputs, rows, targets, totals, &sums)
    return sums
  }

  /// Binary cross-entropy on logits z: `max(z,0) − z·y + log(1 + e^−|z|)`, gradient `σ(z) − y`.
  private func valueGradient(
    _ outputs: Transformer.Outputs, _ rows: Range<Int>, _ targets: RowTargets, _ totals: StepTotals,
    _ sums: inout ObjectiveSums
  ) {
    let scale = totals.valueWeight > 0 ? valueLossWeight / totals.valueWeight : 0
    for row in rows {
      let weight = Double(targets.valueWeights[row])
      let target = Double(targets.valueTargets[row])
      let value = outputs.values[row - rows.lowerBound]
      let logit = Double(value.pointee)
      if weight == 0 || scale == 0 {
        value.pointee = 0
      } else {
        sums.valueLoss += weight * (max(logit, 0) - logit * target + log1p(exp(-abs(logit))))
        sums.valueWeight += weight
        value.pointee = Float(scale * weight * (1 / (1 + exp(-logit)) - target))
      }
    }
  }
}
