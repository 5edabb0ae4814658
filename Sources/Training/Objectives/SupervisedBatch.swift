import Reasoner
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Sequences to be imitated, with labels for the value head.
///
/// `loss = Σ w·(−log p(target)) / Σ w + λ · Σ u·BCE(value, label) / Σ u` over all sequences.
public final class SupervisedBatch: SignalBatch {
  /// λ: weight of the value loss.
  private let valueLossWeight: Double
  /// First row of each sequence, and the row after the last.
  private var starts = [0]
  private var inputs: [Int32] = []
  private var targets: [Int32] = []
  private var policyWeights: [Float] = []
  private var valueTargets: [Float] = []
  private var valueWeights: [Float] = []
  /// Σ w and Σ u.
  private let totals: (policy: Double, value: Double)
  private var losses: [Float]
  private var hits: [Float]

  public init(_ sequences: [TrainingSequence], valueLossWeight: Double) {
    self.valueLossWeight = valueLossWeight
    for sequence in sequences {
      inputs += sequence.tokens
      targets += sequence.targets
      policyWeights += sequence.policyWeights
      valueTargets += sequence.valueTargets
      valueWeights += sequence.valueWeights
      starts.append(inputs.count)
    }
    func total(_ weights: KeyPath<TrainingSequence, [Float]>) -> Double {
      sequences.reduce(0) { $0 + $1[keyPath: weights].reduce(0) { $0 + Double($1) } }
    }
    totals = (total(\.policyWeights), total(\.valueWeights))
    losses = [Float](repeating: 0, count: targets.count)
    hits = losses
  }

  /// Names of the sums: weighted losses in nats with their weights, and right tokens among those judged.
  private enum Sum {
    static let (policyLoss, policyWeight) = ("policy_loss", "policy_weight")
    static let (hits, judged) = ("hits", "judged")
    static let (valueLoss, valueWeight) = ("value_loss", "value_weight")
  }

  /// Mean cross-entropy of the tokens to be imitated, in nats.
  public static func loss(_ sums: SignalSums) -> Double { sums.mean(Sum.policyLoss, over: Sum.policyWeight) ?? 0 }

  /// What is logged of such batches' sums.
  static func figures(_ sums: SignalSums) -> [SignalFigure] {
    let accuracy = sums.mean(Sum.hits, over: Sum.judged) ?? 0
    return [
      SignalFigure("loss", loss(sums), label: "loss"),
      SignalFigure("mean_token_accuracy", accuracy, label: "tokens right", isShare: true),
    ] + (sums.mean(Sum.valueLoss, over: Sum.valueWeight).map { [SignalFigure("value_loss", $0)] } ?? [])
  }

  public var sequenceCount: Int { starts.count - 1 }

  public func tokens(of sequence: Int) -> ArraySlice<Int32> { inputs[starts[sequence]..<starts[sequence + 1]] }

  public func gradient(overwriting outputs: Transformer.Outputs, rows: Range<Int>, team: KernelTeam) -> SignalSums {
    crossEntropy(outputs, rows, team)
    var sums = SignalSums()
    var (policyLoss, policyWeight, right, judged) = (0.0, 0.0, 0.0, 0.0)
    for row in rows where policyWeights[row] != 0 {
      policyLoss += Double(losses[row])
      policyWeight += Double(policyWeights[row])
      right += Double(hits[row])
      judged += 1
    }
    (sums[Sum.policyLoss], sums[Sum.policyWeight]) = (policyLoss, policyWeight)
    (sums[Sum.hits], sums[Sum.judged]) = (right, judged)
    (sums[Sum.valueLoss], sums[Sum.valueWeight]) = valueGradient(outputs, rows)
    return sums
  }

  /// Overwrites logits with their gradient, and fills the rows' losses and hits.
  private func crossEntropy(_ outputs: Transformer.Outputs, _ rows: Range<Int>, _ team: KernelTeam) {
    let first = rows.lowerBound
    let kernels = team.kernels
    let scale = totals.policy > 0 ? Float(1 / totals.policy) : 0
    losses.withUnsafeMutableBufferPointer { losses in
      hits.withUnsafeMutableBufferPointer { hits in
        targets.withUnsafeBufferPointer { tokens in
          policyWeights.withUnsafeBufferPointer { weights in
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
  }

  /// Binary cross-entropy on logits z: `max(z,0) − z·y + log(1 + e^−|z|)`, gradient `σ(z) − y`.
  private func valueGradient(_ outputs: Transformer.Outputs, _ rows: Range<Int>) -> (loss: Double, weight: Double) {
    var sums = (loss: 0.0, weight: 0.0)
    let scale = totals.value > 0 ? valueLossWeight / totals.value : 0
    for row in rows {
      let weight = Double(valueWeights[row])
      let target = Double(valueTargets[row])
      let value = outputs.values[row - rows.lowerBound]
      let logit = Double(value.pointee)
      if weight == 0 || scale == 0 {
        value.pointee = 0
      } else {
        sums.loss += weight * (max(logit, 0) - logit * target + log1p(exp(-abs(logit))))
        sums.weight += weight
        value.pointee = Float(scale * weight * (1 / (1 + exp(-logit)) - target))
      }
    }
    return sums
  }
}
