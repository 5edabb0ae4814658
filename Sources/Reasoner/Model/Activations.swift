import Tensors

/// What the forward pass saves for the backward pass, and the backward pass's scratch, for at most `capacity` rows.
///
/// Memory: `capacity`·(L·(9C + 3F + H + 2) + …) floats; a chunk of 512 rows of the demo's model takes about 20 MB.
final class Activations {
  /// One decoder layer's saved values; shapes are (N, …).
  struct Layer {
    let attentionNormed: FloatBuffer  // C
    let attentionInverse: FloatBuffer  // 1
    let fused: FloatBuffer  // (H + 2G)·D, rotated
    let attended: FloatBuffer  // C
    let logSumExp: FloatBuffer  // H
    let middle: FloatBuffer  // C: the stream between attention and feed-forward
    let feedForwardNormed: FloatBuffer  // C
    let feedForwardInverse: FloatBuffer  // 1
    let gateUp: FloatBuffer  // 2F
    let gated: FloatBuffer  // F
  }

  let capacity: Int
  let layers: [Layer]
  private let streams: [FloatBuffer]  // C each, L + 1 of them
  let finalNormed: FloatBuffer  // C
  let finalInverse: FloatBuffer  // 1
  let logits: FloatBuffer  // V
  let values: FloatBuffer  // 1
  let dStream: FloatBuffer  // C
  let dNormed: FloatBuffer  // C
  let dFused: FloatBuffer  // (H + 2G)·D
  let dGated: FloatBuffer  // F
  let dGateUp: FloatBuffer  // 2F

  init(_ shape: ModelShape, capacity: Int) {
    self.capacity = capacity
    func rows(of width: Int) -> FloatBuffer { FloatBuffer(count: capacity * width) }
    layers = (0..<shape.layers).map { _ in
      Layer(
        attentionNormed: rows(of: shape.width), attentionInverse: rows(of: 1), fused: rows(of: shape.fusedWidth),
        attended: rows(of: shape.width), logSumExp: rows(of: shape.heads), middle: rows(of: shape.width),
        feedForwardNormed: rows(of: shape.width), feedForwardInverse: rows(of: 1),
        gateUp: rows(of: 2 * shape.feedForward), gated: rows(of: shape.feedForward))
    }
    streams = (0...shape.layers).map { _ in rows(of: shape.width) }
    finalNormed = rows(of: shape.width)
    finalInverse = rows(of: 1)
    logits = rows(of: shape.vocabulary)
    values = rows(of: 1)
    dStream = rows(of: shape.width)
    dNormed = rows(of: shape.width)
    dFused = rows(of: shape.fusedWidth)
    dGated = rows(of: shape.feedForward)
    dGateUp = rows(of: 2 * shape.feedForward)
  }

  /// The residual stream before layer `index` (after the last layer for `index == L`).
  func stream(_ index: Int) -> UnsafeMutablePointer<Float> { streams[index].pointer }
}
