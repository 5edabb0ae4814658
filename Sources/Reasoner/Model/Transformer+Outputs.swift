import Tensors

// The output projection runs over chunks of rows, each with its objective and its backward pass, so that logits of all
// rows never exist at once: tokens × vocabulary would be the largest tensor of a step.

extension Transformer {
  /// What the model says after some rows, for an objective to overwrite with gradients. Holds pointers only: keep the
  /// transformer alive.
  public struct Outputs: Sendable {
    public let rows: Int
    public let vocabulary: Int
    /// (rows, V): next-token logits; after the objective, their gradient.
    public let logits: RowsView
    /// (rows, 1): value-head logits; after the objective, their gradient.
    public let values: RowsView
  }

  /// The rows of the last forward pass in chunks, in order.
  public var outputChunks: [Range<Int>] {
    let size = Activations.outputRows(weights.shape)
    return stride(from: 0, to: packed.rows, by: size).map { $0..<min($0 + size, packed.rows) }
  }

  /// Logits and values after `rows`, one of `outputChunks`; valid until the next call.
  public func outputs(of rows: Range<Int>) -> Outputs {
    let (kernels, shape, saved) = (team.kernels, weights.shape, saved)
    let (normed, values) = (saved.normed.from(rows.lowerBound), saved.values)
    if kernels.usesLibrary(for: format) {
      team.product(
        normed.matrix, unembedding.transposed, saved.logits, m: rows.count, n: shape.vocabulary, k: shape.width,
        beta: 0, format: format, scratch: saved.packed)
    } else {
      team.product(normed.matrix, saved.unembedding, saved.logits, m: rows.count, beta: 0)
    }
    let weight = parameters(at: weights.layout.valueWeight)
    let bias = weights.buffer.pointer[weights.layout.valueBias]
    kernels.product(
      normed.matrix, MatrixView(weight.pointer, stride: 1), values.pointer, m: rows.count, n: 1, k: shape.width,
      beta: 0, format: format)
    for row in 0..<rows.count { values.pointer[row] += bias }
    return Outputs(rows: rows.count, vocabulary: shape.vocabulary, logits: saved.logits, values: values)
  }

  /// Backward through both heads, for the chunk whose outputs were last asked for and overwritten with gradients.
  public func backwardOutputs(of rows: Range<Int>, into gradients: FloatBuffer, accumulating: Bool) {
    let (kernels, shape, layout, saved) = (team.kernels, weights.shape, weights.layout, saved)
    let (C, V) = (shape.width, shape.vocabulary)
    let accumulates = accumulating || rows.lowerBound > 0
    let (normed, dNormed) = (saved.normed.from(rows.lowerBound), saved.dNormed.from(rows.lowerBound))
    // logits = normed · Eᵀ
    if kernels.usesLibrary(for: format) {
      team.product(
        saved.logits.matrix, unembedding, dNormed, m: rows.count, n: C, k: V, beta: 0, format: format,
        scratch: saved.packed)
    } else {
      if rows.lowerBound == 0 {
        team.pack(unembedding, n: C, k: V, format: format, into: saved.unembeddingTransposed)
      }
      team.product(saved.logits.matrix, saved.unembeddingTransposed, dNormed, m: rows.count, beta: 0)
    }
    team.product(
      saved.logits.matrix.transposed, normed.matrix,
      RowsView(gradients.pointer + layout.unembedding, stride: C), m: V, n: C, k: rows.count,
      beta: accumulates ? 1 : 0, format: format, scratch: saved.packed)
    // values = normed · wᵀ + b
    let weight = parameters(at: layout.valueWeight)
    kernels.product(
      saved.values.matrix, MatrixView(weight.pointer, stride: C), dNormed.pointer, m: rows.count, n: C, k: 1, beta: 1,
      format: format)
    kernels.product(
      saved.values.matrix.transposed, normed.matrix, gradients.pointer + layout.valueWeight, m: 1, n: C, k: rows.count,
      beta: accumulates ? 1 : 0, format: format)
    var biasGradient = accumulates ? Double(gradients.pointer[layout.valueBias]) : 0
    for row in 0..<rows.count { biasGradient += Double(saved.values.pointer[row]) }
    gradients.pointer[layout.valueBias] = Float(biasGradient)
  }
}
