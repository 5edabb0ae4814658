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
    overwriting outputs: Transformer.Outputs, for sequences: [TrainingSequence], totals: StepTotals,
    kernels: any Kernels, scratch: ObjectiveScratch
  ) -> ObjectiveSums {
    var sums = ObjectiveSums()
    let rows = outputs.rows
    sums.rows = Double(rows)
    scratch.targets.removeAll(keepingCapacity: true)
    scratch.weights.removeAll(keepingCapacity: true)
    for sequence in sequences {
      scratch.targets.append(contentsOf: sequence.targets)
      scratch.weights.append(contentsOf: sequence.policyWeights)
    }
    if scratch.losses.count < rows {
      scratch.losses = Array(repeating: 0, count: rows)
      scratch.hits = Array(repeating: 0, count: rows)
    }
    scratch.losses.withUnsafeMutableBufferPointer { losses in
      scratch.hits.withUnsafeMutableBufferPointer { hits in
        guard let lossRows = losses.baseAddress, let hitRows = hits.baseAddress else { return }
        kernels.crossEntropy(
          logits: outputs.logits, targets: scratch.targets, weights: scratch.weights, losses: lossRows, hits: hitRows,
          scale: totals.policyWeight > 0 ? Float(1 / totals.policyWeight) : 0, rows: rows,
          vocabulary: outputs.vocabulary)
      }
    }
    for row in 0..<rows where scratch.weights[row] != 0 {
      sums.policyLoss += Double(scratch.losses[row])
      sums.policyWeight += Double(scratch.weights[row])
      sums.hits += Double(scratch.hits[row])
      sums.judged += 1
    }
    valueGradient(outputs, sequences, totals, &sums)
    return sums
  }

  /// Binary cross-entropy on logits z: `max(z,0) − z·y + log(1 + e^−|z|)`, gradient `σ(z) − y`.
  private func valueGradient(
    _ outputs: Transformer.Outputs, _ sequences: [TrainingSequence], _ totals: StepTotals, _ sums: inout ObjectiveSums
  ) {
    let scale = totals.valueWeight > 0 ? valueLossWeight / totals.valueWeight : 0
    var row = 0
    for sequence in sequences {
      for index in 0..<sequence.rows {
        let weight = Double(sequence.valueWeights[index])
        let target = Double(sequence.valueTargets[index])
        let logit = Double(outputs.values[row])
        if weight == 0 || scale == 0 {
          outputs.values[row] = 0
        } else {
          sums.valueLoss += weight * (max(logit, 0) - logit * target + log1p(exp(-abs(logit))))
          sums.valueWeight += weight
          outputs.values[row] = Float(scale * weight * (1 / (1 + exp(-logit)) - target))
        }
        row += 1
      }
    }
  }
}
