import Plans
import Tensors

/// Runs the model forward over new tokens of cached sequences, on one thread.
///
/// The cost of a call is that of its new tokens only: forced tokens ride along with the next decision instead of taking a
/// pass of their own.
public final class Decoder {
  public let weights: Weights
  public let cache: KeyValueCache
  private let kernels: any Kernels
  private let rotary: RotaryTable
  private var scratch: Scratch

  /// New tokens for one slot of the cache.
  public struct Extension {
    public let slot: Int
    public let tokens: ArraySlice<PlanToken>

    public init(slot: Int, tokens: ArraySlice<PlanToken>) {
      self.slot = slot
      self.tokens = tokens
    }
  }

  public init(_ weights: Weights, kernels: any Kernels, slots: Int = 1, capacity: Int? = nil) {
    self.weights = weights
    self.kernels = kernels
    let shape = weights.shape
    cache = KeyValueCache(shape, slots: slots, capacity: min(capacity ?? shape.positions, shape.positions))
    rotary = RotaryTable(positions: shape.positions, headWidth: shape.headWidth, theta: shape.ropeTheta)
    scratch = Scratch(shape, rows: 64, outputs: slots)
  }

  /// Next-token logits (V) after the last new token of each extension, and the value-head logits there.
  public struct Outputs {
    /// (extensions, V), valid until the next call.
    public let logits: UnsafeMutablePointer<Float>
    /// (extensions), valid until the next call.
    public let values: UnsafeMutablePointer<Float>
  }

  /// Appends every extension's tokens (at least one each) to its slot and returns the outputs at their ends.
  ///
  /// - Throws: `ReasonerError.sequenceTooLong` before anything changes.
  public func extend(_ extensions: [Extension]) throws -> Outputs {
    let shape = weights.shape
    var rows = 0
    for each in extensions {
      precondition(!each.tokens.isEmpty, "an extension brings at least one token")
      let length = cache.lengths[each.slot] + each.tokens.count
      guard length <= cache.capacity else {
        throw ReasonerError.sequenceTooLong(tokens: length, positions: cache.capacity)
      }
      rows += each.tokens.count
    }
    if scratch.rows < rows || scratch.outputs < extensions.count {
      scratch = Scratch(shape, rows: max(rows, scratch.rows), outputs: max(extensions.count, scratch.outputs))
    }
    fillTokens(extensions)
    let layout = weights.layout
    let parameters = weights.buffer.pointer
    kernels.embeddingForward(
      ids: scratch.ids, table: parameters + layout.embedding, y: scratch.stream.pointer, rows: rows,
      width: shape.width, vocabulary: shape.vocabulary)
    for index in 0..<shape.layers { runLayer(index, extensions, rows: rows) }
    for each in extensions { cache.advance(each.slot, by: each.tokens.count) }
    return project(extensions)
  }

  private func fillTokens(_ extensions: [Extension]) {
    var row = 0
    for each in extensions {
      for (offset, token) in each.tokens.enumerated() {
        scratch.ids[row] = Int32(token.rawValue)
        scratch.positions[row] = Int32(cache.lengths[each.slot] + offset)
        row += 1
      }
    }
  }

  private func runLayer(_ index: Int, _ extensions: [Extension], rows: Int) {
    let shape = weights.shape
    let at = weights.layout.layers[index]
    let parameters = weights.buffer.pointer
    let C = shape.width
    let fused = shape.fusedWidth
    let kv = shape.kvHeads * shape.headWidth
    let epsilon = Float(shape.normEpsilon)
    kernels.rmsNormForward(
      scratch.stream.pointer, weight: parameters + at.attentionNorm, y: scratch.normed.pointer,
      inverse: scratch.inverse.pointer, rows: rows, width: C, epsilon: epsilon)
    kernels.productNT(
      scratch.normed.pointer, parameters + at.fusedProjection, scratch.fused.pointer, m: rows, n: fused, k: C, beta: 0)
    kernels.rotate(
      scratch.fused.pointer, positions: scratch.positions, cosines: rotary.cosines.pointer,
      sines: rotary.sines.pointer, rows: rows, stride: fused, heads: shape.heads + shape.kvHeads,
      headWidth: shape.headWidth, inverse: false)
    var row = 0
    for each in extensions {
      let count = each.tokens.count
      let known = cache.lengths[each.slot]
      let keys = cache.keyRows(layer: index, slot: each.slot)
      let values = cache.valueRows(layer: index, slot: each.slot)
      for offset in 0..<count {
        let source = scratch.fused.pointer + (row + offset) * fused + C
        (keys + (known + offset) * kv).update(from: source, count: kv)
        (values + (known + offset) * kv).update(from: source + kv, count: kv)
      }
      kernels.attentionForward(
        q: scratch.fused.pointer + row * fused, qStride: fused, k: keys, v: values, kvStride: kv,
        out: scratch.attended.pointer + row * C, outStride: C, logSumExp: scratch.logSumExp.pointer, queries: count,
        keys: known + count, heads: shape.heads, kvHeads: shape.kvHeads, headWidth: shape.headWidth)
      row += count
    }
    kernels.productNT(
      scratch.attended.pointer, parameters + at.outputProjection, scratch.stream.pointer, m: rows, n: C, k: C, beta: 1)
    kernels.rmsNormForward(
      scratch.stream.pointer, weight: parameters + at.feedForwardNorm, y: scratch.normed.pointer,
      inverse: scratch.inverse.pointer, rows: rows, width: C, epsilon: epsilon)
    kernels.productNT(
      scratch.normed.pointer, parameters + at.gateUp, scratch.gateUp.pointer, m: rows, n: 2 * shape.feedForward, k: C,
      beta: 0)
    kernels.swigluForward(scratch.gateUp.pointer, y: scratch.gated.pointer, rows: rows, width: shape.feedForward)
    kernels.productNT(
      scratch.gated.pointer, parameters + at.down, scratch.stream.pointer, m: rows, n: C, k: shape.feedForward, beta: 1)
  }

  /// Gathers the last row of each extension, then final norm and both heads.
  private func project(_ extensions: [Extension]) -> Outputs {
    let shape = weights.shape
    let layout = weights.layout
    let parameters = weights.buffer.pointer
    let C = shape.width
    var end = 0
    for (index, each) in extensions.enumerated() {
      end += each.tokens.count
      (scratch.last.pointer + index * C).update(from: scratch.stream.pointer + (end - 1) * C, count: C)
    }
    let count = extensions.count
    kernels.rmsNormForward(
      scratch.last.pointer, weight: parameters + layout.finalNorm, y: scratch.lastNormed.pointer,
      inverse: scratch.lastInverse.pointer, rows: count, width: C, epsilon: Float(shape.normEpsilon))
    kernels.productNT(
      scratch.lastNormed.pointer, parameters + layout.unembedding, scratch.logits.pointer, m: count,
      n: shape.vocabulary, k: C, beta: 0)
    kernels.productNT(
      scratch.lastNormed.pointer, parameters + layout.valueWeight, scratch.values.pointer, m: count, n: 1, k: C, beta: 0
    )
    for index in 0..<count { scratch.values.pointer[index] += parameters[layout.valueBias] }
    return Outputs(logits: scratch.logits.pointer, values: scratch.values.pointer)
  }

  /// Buffers for the rows of one call.
  private final class Scratch {
    let rows: Int
    let outputs: Int
    let ids: UnsafeMutablePointer<Int32>
    let positions: UnsafeMutablePointer<Int32>
    let stream, normed, inverse, fused, attended, logSumExp, gateUp, gated: FloatBuffer
    let last, lastNormed, lastInverse, logits, values: FloatBuffer

    init(_ shape: ModelShape, rows: Int, outputs: Int) {
      self.rows = rows
      self.outputs = outputs
      ids = .allocate(capacity: rows)
      positions = .allocate(capacity: rows)
      stream = FloatBuffer(count: rows * shape.width)
      normed = FloatBuffer(count: rows * shape.width)
      inverse = FloatBuffer(count: rows)
      fused = FloatBuffer(count: rows * shape.fusedWidth)
      attended = FloatBuffer(count: rows * shape.width)
      logSumExp = FloatBuffer(count: rows * shape.heads)
      gateUp = FloatBuffer(count: rows * 2 * shape.feedForward)
      gated = FloatBuffer(count: rows * shape.feedForward)
      last = FloatBuffer(count: outputs * shape.width)
      lastNormed = FloatBuffer(count: outputs * shape.width)
      lastInverse = FloatBuffer(count: outputs)
      logits = FloatBuffer(count: outputs * shape.vocabulary)
      values = FloatBuffer(count: outputs)
    }

    deinit {
      ids.deallocate()
      positions.deallocate()
    }
  }
}
