import Tensors

/// Forward and backward passes of the decoder over packed sequences, on one thread, with their saved activations.
///
/// Glossary: N rows (tokens of all sequences), C width, H query heads, G key/value heads, D head width, F feed-forward
/// width, V vocabulary, L layers. One instance is one *lane*: training runs several side by side, each with its own
/// activations and gradients, and adds the gradients in lane order. That, and not threads inside kernels, is what makes
/// results independent of the thread count.
public final class Transformer {
  public let weights: Weights
  let kernels: any Kernels
  let rotary: RotaryTable
  private var activations: Activations?
  private var packed = PackedSequences()

  public init(_ weights: Weights, kernels: any Kernels) {
    self.weights = weights
    self.kernels = kernels
    let shape = weights.shape
    rotary = RotaryTable(positions: shape.positions, headWidth: shape.headWidth, theta: shape.ropeTheta)
  }

  /// What a forward pass yields and an objective overwrites with gradients. Holds pointers only: keep the instance alive.
  public struct Outputs {
    public let rows: Int
    public let vocabulary: Int
    /// (N, V): next-token logits; after the objective, their gradient.
    public let logits: UnsafeMutablePointer<Float>
    /// (N): value-head logits; after the objective, their gradient.
    public let values: UnsafeMutablePointer<Float>
  }

  /// Runs the model over `sequences`.
  ///
  /// - Returns: Pointers into this instance's activations, valid until the next call and while the instance lives.
  /// - Throws: `ReasonerError.sequenceTooLong`. Traps on token ids outside the vocabulary.
  public func forward(_ sequences: PackedSequences) throws -> Outputs {
    let shape = weights.shape
    let longest = zip(sequences.starts, sequences.starts.dropFirst()).map { $1 - $0 }.max() ?? 0
    guard longest <= shape.positions else {
      throw ReasonerError.sequenceTooLong(tokens: longest, positions: shape.positions)
    }
    packed = sequences
    let N = sequences.rows
    let saved = reserveActivations(rows: N)
    let parameters = weights.buffer.pointer
    let layout = weights.layout
    sequences.tokens.withUnsafeBufferPointer {
      guard let ids = $0.baseAddress else { return }
      kernels.embeddingForward(
        ids: ids, table: parameters + layout.embedding, y: saved.stream(0), rows: N, width: shape.width,
        vocabulary: shape.vocabulary)
    }
    for index in 0..<shape.layers { forwardLayer(index, saved, parameters, rows: N) }
    kernels.rmsNormForward(
      saved.stream(shape.layers), weight: parameters + layout.finalNorm, y: saved.finalNormed.pointer,
      inverse: saved.finalInverse.pointer, rows: N, width: shape.width, epsilon: Float(shape.normEpsilon))
    kernels.productNT(
      saved.finalNormed.pointer, parameters + layout.unembedding, saved.logits.pointer, m: N, n: shape.vocabulary,
      k: shape.width, beta: 0)
    kernels.productNT(
      saved.finalNormed.pointer, parameters + layout.valueWeight, saved.values.pointer, m: N, n: 1, k: shape.width,
      beta: 0)
    let bias = parameters[layout.valueBias]
    for row in 0..<N { saved.values.pointer[row] += bias }
    return Outputs(
      rows: N, vocabulary: shape.vocabulary, logits: saved.logits.pointer, values: saved.values.pointer)
  }

  private func forwardLayer(
    _ index: Int, _ saved: Activations, _ parameters: UnsafeMutablePointer<Float>, rows N: Int
  ) {
    let shape = weights.shape
    let at = weights.layout.layers[index]
    let layer = saved.layers[index]
    let epsilon = Float(shape.normEpsilon)
    let C = shape.width
    let fused = shape.fusedWidth
    kernels.rmsNormForward(
      saved.stream(index), weight: parameters + at.attentionNorm, y: layer.attentionNormed.pointer,
      inverse: layer.attentionInverse.pointer, rows: N, width: C, epsilon: epsilon)
    kernels.productNT(
      layer.attentionNormed.pointer, parameters + at.fusedProjection, layer.fused.pointer, m: N, n: fused, k: C, beta: 0
    )
    rotateFused(layer.fused.pointer, rows: N, inverse: false)
    forEachSequence { start, count in
      let row = layer.fused.pointer + start * fused
      kernels.attentionForward(
        q: row, qStride: fused, k: row + C, v: row + C + shape.kvHeads * shape.headWidth, kvStride: fused,
        out: layer.attended.pointer + start * C, outStride: C,
        logSumExp: layer.logSumExp.pointer + start * shape.heads, queries: count, keys: count, heads: shape.heads,
        kvHeads: shape.kvHeads, headWidth: shape.headWidth)
    }
    // stream ← stream + attended · Woᵀ: the product accumulates onto a copy of the residual.
    layer.middle.pointer.update(from: saved.stream(index), count: N * C)
    kernels.productNT(
      layer.attended.pointer, parameters + at.outputProjection, layer.middle.pointer, m: N, n: C, k: C, beta: 1)
    kernels.rmsNormForward(
      layer.middle.pointer, weight: parameters + at.feedForwardNorm, y: layer.feedForwardNormed.pointer,
      inverse: layer.feedForwardInverse.pointer, rows: N, width: C, epsilon: epsilon)
    kernels.productNT(
      layer.feedForwardNormed.pointer, parameters + at.gateUp, layer.gateUp.pointer, m: N, n: 2 * shape.feedForward,
      k: C, beta: 0)
    kernels.swigluForward(layer.gateUp.pointer, y: layer.gated.pointer, rows: N, width: shape.feedForward)
    saved.stream(index + 1).update(from: layer.middle.pointer, count: N * C)
    kernels.productNT(
      layer.gated.pointer, parameters + at.down, saved.stream(index + 1), m: N, n: C, k: shape.feedForward, beta: 1)
  }

  /// Adds to `gradients` (laid out like the weights) the gradient of the objective whose gradients with respect to logits
  /// and values the caller wrote over the last forward pass's outputs.
  public func backward(into gradients: FloatBuffer) {
    guard let saved = activations else { preconditionFailure("backward needs a forward pass") }
    precondition(gradients.count == weights.layout.count)
    let shape = weights.shape
    let layout = weights.layout
    let N = packed.rows
    let C = shape.width
    let parameters = weights.buffer.pointer
    let into = gradients.pointer
    let dNormed = saved.dNormed.pointer
    let dStream = saved.dStream.pointer
    // logits = normed · Uᵀ, where U is the embedding table if the shape ties them
    kernels.productNN(
      saved.logits.pointer, parameters + layout.unembedding, dNormed, m: N, n: C, k: shape.vocabulary, beta: 0)
    kernels.productTN(
      saved.logits.pointer, saved.finalNormed.pointer, into + layout.unembedding, m: shape.vocabulary, n: C, k: N,
      beta: 1
    )
    // values = normed · wᵀ + b
    kernels.productNN(saved.values.pointer, parameters + layout.valueWeight, dNormed, m: N, n: C, k: 1, beta: 1)
    kernels.productTN(
      saved.values.pointer, saved.finalNormed.pointer, into + layout.valueWeight, m: 1, n: C, k: N, beta: 1)
    var biasGradient = 0.0
    for row in 0..<N { biasGradient += Double(saved.values.pointer[row]) }
    into[layout.valueBias] += Float(biasGradient)
    // normed = rmsNorm(stream_L)
    dStream.update(repeating: 0, count: N * C)
    kernels.rmsNormBackward(
      dy: dNormed, x: saved.stream(shape.layers), weight: parameters + layout.finalNorm,
      inverse: saved.finalInverse.pointer, dx: dStream, dWeight: into + layout.finalNorm, rows: N, width: C)
    for index in (0..<shape.layers).reversed() { backwardLayer(index, saved, parameters, into, rows: N) }
    packed.tokens.withUnsafeBufferPointer {
      guard let ids = $0.baseAddress else { return }
      kernels.embeddingBackward(
        ids: ids, dy: dStream, dTable: into + layout.embedding, rows: N, width: C, vocabulary: shape.vocabulary)
    }
  }

  private func backwardLayer(
    _ index: Int, _ saved: Activations, _ parameters: UnsafeMutablePointer<Float>,
    _ into: UnsafeMutablePointer<Float>, rows N: Int
  ) {
    let shape = weights.shape
    let at = weights.layout.layers[index]
    let layer = saved.layers[index]
    let C = shape.width
    let F = shape.feedForward
    let fused = shape.fusedWidth
    let dStream = saved.dStream.pointer
    let dNormed = saved.dNormed.pointer
    // stream_{l+1} = middle + gated · Wdownᵀ: dStream is the gradient of both summands.
    kernels.productNN(dStream, parameters + at.down, saved.dGated.pointer, m: N, n: F, k: C, beta: 0)
    kernels.productTN(dStream, layer.gated.pointer, into + at.down, m: C, n: F, k: N, beta: 1)
    kernels.swigluBackward(
      dy: saved.dGated.pointer, x: layer.gateUp.pointer, dx: saved.dGateUp.pointer, rows: N, width: F)
    // gateUp = normed · Wguᵀ
    kernels.productNN(saved.dGateUp.pointer, parameters + at.gateUp, dNormed, m: N, n: C, k: 2 * F, beta: 0)
    kernels.productTN(
      saved.dGateUp.pointer, layer.feedForwardNormed.pointer, into + at.gateUp, m: 2 * F, n: C, k: N, beta: 1)
    kernels.rmsNormBackward(
      dy: dNormed, x: layer.middle.pointer, weight: parameters + at.feedForwardNorm,
      inverse: layer.feedForwardInverse.pointer, dx: dStream, dWeight: into + at.feedForwardNorm, rows: N, width: C)
    // middle = stream_l + attended · Woᵀ
    kernels.productNN(dStream, parameters + at.outputProjection, dNormed, m: N, n: C, k: C, beta: 0)
    kernels.productTN(dStream, layer.attended.pointer, into + at.outputProjection, m: C, n: C, k: N, beta: 1)
    let dFused = saved.dFused.pointer
    dFused.update(repeating: 0, count: N * fused)
    let kv = shape.kvHeads * shape.headWidth
    forEachSequence { start, count in
      let row = layer.fused.pointer + start * fused
      let dRow = dFused + start * fused
      kernels.attentionBackward(
        dOut: dNormed + start * C, q: row, qStride: fused, k: row + C, v: row + C + kv, kvStride: fused,
        out: layer.attended.pointer + start * C, outStride: C,
        logSumExp: layer.logSumExp.pointer + start * shape.heads, dq: dRow, dk: dRow + C, dv: dRow + C + kv,
        rows: count, heads: shape.heads, kvHeads: shape.kvHeads, headWidth: shape.headWidth)
    }
    rotateFused(dFused, rows: N, inverse: true)
    // fused = normed · Wqkvᵀ
    kernels.productNN(dFused, parameters + at.fusedProjection, dNormed, m: N, n: C, k: fused, beta: 0)
    kernels.productTN(dFused, layer.attentionNormed.pointer, into + at.fusedProjection, m: fused, n: C, k: N, beta: 1)
    kernels.rmsNormBackward(
      dy: dNormed, x: saved.stream(index), weight: parameters + at.attentionNorm,
      inverse: layer.attentionInverse.pointer, dx: dStream, dWeight: into + at.attentionNorm, rows: N, width: C)
  }

  /// Rotates query and key heads, which are neighbours in a fused row, in one call.
  private func rotateFused(_ fused: UnsafeMutablePointer<Float>, rows: Int, inverse: Bool) {
    let shape = weights.shape
    packed.positions.withUnsafeBufferPointer {
      guard let positions = $0.baseAddress else { return }
      kernels.rotate(
        fused, positions: positions, cosines: rotary.cosines.pointer, sines: rotary.sines.pointer, rows: rows,
        stride: shape.fusedWidth, heads: shape.heads + shape.kvHeads, headWidth: shape.headWidth, inverse: inverse)
    }
  }

  private func forEachSequence(_ body: (_ start: Int, _ count: Int) -> Void) {
    for index in 0..<packed.sequenceCount {
      body(packed.starts[index], packed.starts[index + 1] - packed.starts[index])
    }
  }

  /// Grows the activations to hold `rows`; they are kept for the next pass.
  private func reserveActivations(rows: Int) -> Activations {
    if let current = activations, current.capacity >= rows { return current }
    let grown = Activations(weights.shape, capacity: max(rows, (activations?.capacity ?? 0) * 5 / 4))
    activations = grown
    return grown
  }
}
