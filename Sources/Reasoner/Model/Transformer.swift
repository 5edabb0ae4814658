import Tensors

/// Forward and backward passes of the decoder over packed sequences, with their saved activations.
///
/// Glossary: N rows (tokens of all sequences), C width, H query heads, G key/value heads, D head width, F feed-forward
/// width, V vocabulary, L layers. Threads share the rows, heads and columns of each operation; how they are split depends
/// on shapes alone and no sum crosses a split, so results are the same bits for any number of threads.
public final class Transformer {
  public let weights: Weights
  /// What products multiply; everything else is single precision.
  public let format: ProductFormat
  /// Whether layers run forward again before they run backward, instead of keeping their activations.
  public let recomputes: Bool
  let team: KernelTeam
  let rotary: RotaryTable
  private var activations: Activations?
  private(set) var packed = PackedSequences()
  /// (sequence, key head) pairs of the pass, in order.
  private var headCount: Int { packed.sequenceCount * weights.shape.kvHeads }

  /// Traps on a format that is not one of `ProductFormat.floatingPoint`.
  public init(_ weights: Weights, team: KernelTeam, format: ProductFormat = .float32, recomputes: Bool = false) {
    precondition(ProductFormat.floatingPoint.contains(format), "nothing is trained in \(format)")
    self.weights = weights
    self.recomputes = recomputes
    self.team = team
    self.format = format
    let shape = weights.shape
    rotary = RotaryTable(positions: shape.positions, headWidth: shape.headWidth, theta: shape.ropeTheta)
  }

  /// Bytes that passes over `rows` rows need beside weights and gradients, packed operands included.
  public static func activationBytes(_ shape: ModelShape, rows: Int, recomputes: Bool, format: ProductFormat) -> Int {
    let packed = max(shape.fusedWidth, 2 * shape.feedForward) * max(shape.width, rows)
    let words = packed + 2 * shape.vocabulary * shape.width
    return 4 * Activations.floats(shape, rows: rows, recomputes: recomputes, format: format) + words
      * (format == .bfloat16 ? 2 : 4)
  }

  /// Runs the decoder over `sequences`, up to the final stream; `outputs(of:)` gives logits and values.
  ///
  /// - Throws: `ReasonerError.sequenceTooLong`. Traps on token ids outside the vocabulary.
  public func forward(_ sequences: PackedSequences) throws {
    let shape = weights.shape
    var longest = 0
    for index in 0..<sequences.sequenceCount {
      longest = max(longest, sequences.starts[index + 1] - sequences.starts[index])
    }
    guard longest <= shape.positions else {
      throw ReasonerError.sequenceTooLong(tokens: longest, positions: shape.positions)
    }
    packed = sequences
    let saved = reserveActivations(rows: sequences.rows)
    let (kernels, stream) = (team.kernels, saved.streams[0])
    let table = parameters(at: weights.layout.embedding)
    sequences.tokens.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return }
      nonisolated(unsafe) let ids = base  // read only
      forRows { rows in
        kernels.embeddingForward(
          ids: ids + rows.lowerBound, table: table.pointer, y: stream[rows.lowerBound], rows: rows.count,
          width: shape.width, vocabulary: shape.vocabulary)
      }
    }
    for index in 0..<shape.layers { forwardLayer(index, saved) }
    normalise(saved.streams[shape.layers], weight: weights.layout.finalNorm, saved, copyTo: nil)
    if !team.kernels.usesLibrary(for: format) {
      team.pack(
        unembedding.transposed, n: shape.vocabulary, k: shape.width, format: format, into: saved.unembedding)
    }
  }

  private func forwardLayer(_ index: Int, _ saved: Activations) {
    let (C, F) = (weights.shape.width, weights.shape.feedForward)
    let layer = saved.layers[index]
    attendForward(index, saved)
    // The product at the end adds to a copy of the stream.
    gateUpForward(index, saved, copyTo: saved.streams[index + 1])
    let (kernels, gateUp, gated) = (team.kernels, saved.gateUpResult(layer), saved.gated)
    forRows { rows in
      kernels.swigluForward(gateUp[rows.lowerBound], y: gated.from(rows.lowerBound), rows: rows.count, width: F)
      Self.save(gateUp, as: layer.gateUp, rows, width: 2 * F, kernels)
    }
    let down = weight(weights.layout.layers[index].down, columns: F)
    multiply(gated.matrix, down.transposed, saved.streams[index + 1], n: C, k: F, beta: 1)
  }

  /// The first half of a layer: `middle = stream + attention(rmsNorm(stream))`.
  private func attendForward(_ index: Int, _ saved: Activations) {
    let at = weights.layout.layers[index]
    let layer = saved.layers[index]
    let (C, fused) = (weights.shape.width, weights.shape.fusedWidth)
    // The product at the end adds to a copy of the stream.
    normalise(saved.streams[index], weight: at.attentionNorm, saved, copyTo: layer.middle)
    let result = saved.fusedResult(layer)
    multiply(saved.normed.matrix, weight(at.fusedProjection, columns: C).transposed, result, n: fused, k: C)
    rotate(result, inverse: false, savedAs: layer.fused)
    attend(result, saved.attendedResult(layer), layer)
    multiply(
      layer.attended.matrix, weight(at.outputProjection, columns: C).transposed, layer.middle, n: C, k: C, beta: 1)
  }

  /// What feeds the gate: `gateUp = rmsNorm(middle)·Wguᵀ`.
  private func gateUpForward(_ index: Int, _ saved: Activations, copyTo: RowsView?) {
    let at = weights.layout.layers[index]
    let layer = saved.layers[index]
    let (C, F) = (weights.shape.width, weights.shape.feedForward)
    normalise(layer.middle, weight: at.feedForwardNorm, saved, copyTo: copyTo)
    multiply(
      saved.normed.matrix, weight(at.gateUp, columns: C).transposed, saved.gateUpResult(layer), n: 2 * F, k: C)
  }

  /// Adds to `gradients` (laid out like the weights) the gradient of the objective whose gradients with respect to all
  /// outputs were given to `backwardOutputs`, or writes it if `accumulating` is false.
  public func backward(into gradients: FloatBuffer, accumulating: Bool) {
    guard let saved = activations else { preconditionFailure("backward needs a forward pass") }
    precondition(gradients.count == weights.layout.count)
    let shape = weights.shape
    let layout = weights.layout
    let (kernels, dStream, C) = (team.kernels, saved.dStream, shape.width)
    let into = RowsView(gradients.pointer, stride: 1)
    forRows { rows in dStream[rows.lowerBound].update(repeating: 0, count: rows.count * C) }
    normaliseBackward(
      x: saved.streams[shape.layers], weight: layout.finalNorm, saved, into: into, accumulating: accumulating)
    for index in (0..<shape.layers).reversed() {
      backwardLayer(index, saved, into, accumulating: accumulating)
    }
    if !shape.tiesEmbeddings, !accumulating {
      into[layout.embedding].update(repeating: 0, count: shape.vocabulary * C)
    }
    let rows = packed.rows
    packed.tokens.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return }
      nonisolated(unsafe) let ids = base  // read only
      team.forRanges(of: C, grain: 16) { columns in
        kernels.embeddingBackward(
          ids: ids, dy: dStream.pointer, dTable: into[layout.embedding], rows: rows, width: C, columns: columns,
          vocabulary: shape.vocabulary)
      }
    }
  }

  private func backwardLayer(_ index: Int, _ saved: Activations, _ into: RowsView, accumulating: Bool) {
    let shape = weights.shape
    let at = weights.layout.layers[index]
    let layer = saved.layers[index]
    let (C, F, fused) = (shape.width, shape.feedForward, shape.fusedWidth)
    let (kernels, gateUp, gated) = (team.kernels, layer.gateUp, saved.gated)
    let (dStream, dNormed, dFused) = (saved.dStream, saved.dNormed, saved.dFused)
    let (dGated, dGateUp) = (saved.dGated, saved.dGateUp)
    if saved.recomputes {
      attendForward(index, saved)
      gateUpForward(index, saved, copyTo: nil)
      let result = saved.gateUpResult(layer)
      forRows { rows in Self.save(result, as: layer.gateUp, rows, width: 2 * F, kernels) }
    }
    // stream_{l+1} = middle + gated · Wdownᵀ: dStream is the gradient of both summands.
    multiply(dStream.matrix, weight(at.down, columns: F), dGated, n: F, k: C)
    forRows { rows in
      let row = rows.lowerBound
      kernels.swigluBackward(
        dy: dGated[row], x: gateUp.from(row), dx: dGateUp.from(row), y: gated.from(row), rows: rows.count, width: F)
    }
    weightGradient(dStream, gated, into[at.down], m: C, n: F, accumulating)
    // gateUp = normed · Wguᵀ
    multiply(dGateUp.matrix, weight(at.gateUp, columns: C), dNormed, n: C, k: 2 * F)
    normalise(layer.middle, weight: at.feedForwardNorm, saved, copyTo: nil)
    weightGradient(dGateUp, saved.normed, into[at.gateUp], m: 2 * F, n: C, accumulating)
    normaliseBackward(x: layer.middle, weight: at.feedForwardNorm, saved, into: into, accumulating: accumulating)
    // middle = stream_l + attended · Woᵀ
    multiply(dStream.matrix, weight(at.outputProjection, columns: C), dNormed, n: C, k: C)
    weightGradient(dStream, layer.attended, into[at.outputProjection], m: C, n: C, accumulating)
    attendBackward(layer, dOut: dNormed, dFused)
    rotate(dFused, inverse: true, savedAs: dFused)
    // fused = normed · Wqkvᵀ
    multiply(dFused.matrix, weight(at.fusedProjection, columns: C), dNormed, n: C, k: fused)
    normalise(saved.streams[index], weight: at.attentionNorm, saved, copyTo: nil)
    weightGradient(dFused, saved.normed, into[at.fusedProjection], m: fused, n: C, accumulating)
    normaliseBackward(
      x: saved.streams[index], weight: at.attentionNorm, saved, into: into, accumulating: accumulating)
  }

  // MARK: Parts of a layer

  func parameters(at offset: Int) -> RowsView { RowsView(weights.buffer.pointer + offset, stride: 1) }

  private func weight(_ offset: Int, columns: Int) -> MatrixView {
    MatrixView(weights.buffer.pointer + offset, stride: columns)
  }

  var unembedding: MatrixView { weight(weights.layout.unembedding, columns: weights.shape.width) }

  func forRows(_ body: @Sendable (Range<Int>) -> Void) { team.forRanges(of: packed.rows, grain: 16, body) }

  /// `c (N, n) = beta·c + a·b`.
  private func multiply(_ a: MatrixView, _ b: MatrixView, _ c: RowsView, n: Int, k: Int, beta: Float = 0) {
    guard let saved = activations else { return }
    team.product(a, b, c, m: packed.rows, n: n, k: k, beta: beta, format: format, scratch: saved.packed)
  }

  /// `into (m, n) += dyᵀ·x`, the sum over all rows.
  private func weightGradient(
    _ dy: RowsView, _ x: RowsView, _ into: UnsafeMutablePointer<Float>, m: Int, n: Int, _ accumulating: Bool
  ) {
    guard let saved = activations else { return }
    team.product(
      dy.matrix.transposed, x.matrix, RowsView(into, stride: n), m: m, n: n, k: packed.rows,
      beta: accumulating ? 1 : 0, format: format, scratch: saved.packed)
  }

  /// `normed = rmsNorm(x)`, with a copy of x where the sum that follows goes.
  private func normalise(_ x: RowsView, weight: Int, _ saved: Activations, copyTo: RowsView?) {
    let (kernels, width, epsilon) = (team.kernels, weights.shape.width, Float(weights.shape.normEpsilon))
    let (gain, normed, inverse) = (parameters(at: weight), saved.normed, saved.inverse)
    forRows { rows in
      let row = rows.lowerBound
      kernels.rmsNormForward(
        x[row], weight: gain.pointer, y: normed.from(row), inverse: inverse[row], rows: rows.count, width: width,
        epsilon: epsilon)
      if let copyTo { copyTo[row].update(from: x[row], count: rows.count * width) }
    }
  }

  /// Adds to dStream the gradient of `rmsNorm(x)` given dNormed, after `normalise` of the same rows.
  private func normaliseBackward(x: RowsView, weight: Int, _ saved: Activations, into: RowsView, accumulating: Bool) {
    let (kernels, width, count) = (team.kernels, weights.shape.width, packed.rows)
    let (gain, inverse, partials) = (parameters(at: weight), saved.inverse, saved.normPartials)
    let (dNormed, dStream) = (saved.dNormed, saved.dStream)
    let blocks = Activations.normBlocks(count)
    team.pool.forEach(blocks) { block in
      let row = block * Activations.normBlock
      partials[block].update(repeating: 0, count: width)
      kernels.rmsNormBackward(
        dy: dNormed[row], x: x[row], weight: gain.pointer, inverse: inverse[row], dx: dStream[row],
        dWeight: partials[block], rows: min(Activations.normBlock, count - row), width: width)
    }
    let slope = into[weight]
    if !accumulating { slope.update(repeating: 0, count: width) }
    for block in 0..<blocks { kernels.add(partials[block], to: slope, count: width) }
  }

  /// Stores what was computed in single precision the way it is kept, unless it lies there already.
  private static func save(
    _ result: RowsView, as kept: RowsView, _ rows: Range<Int>, width: Int, _ kernels: any Kernels
  ) {
    guard kept.stored != result.stored else { return }
    kernels.store(
      result[rows.lowerBound], stride: result.stride, as: kept.from(rows.lowerBound), rows: rows.count, width: width)
  }

  /// Rotates query and key heads, which are neighbours in a fused row.
  private func rotate(_ fused: RowsView, inverse: Bool, savedAs kept: RowsView) {
    let (kernels, shape, rotary) = (team.kernels, weights.shape, rotary)
    packed.positions.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return }
      nonisolated(unsafe) let positions = base  // read only
      forRows { rows in
        kernels.rotate(
          fused[rows.lowerBound], positions: positions + rows.lowerBound, cosines: rotary.cosines.pointer,
          sines: rotary.sines.pointer, rows: rows.count, stride: shape.fusedWidth, heads: shape.heads + shape.kvHeads,
          headWidth: shape.headWidth, inverse: inverse)
        Self.save(fused, as: kept, rows, width: shape.fusedWidth, kernels)
      }
    }
  }

  private func attend(_ fused: RowsView, _ result: RowsView, _ layer: Activations.Layer) {
    let (kernels, shape, format, starts) = (team.kernels, weights.shape, format, packed.starts)
    let (width, group) = (shape.headWidth, shape.heads / shape.kvHeads)
    team.pool.forEach(headCount) { index in
      let (sequence, head) = (index / shape.kvHeads, index % shape.kvHeads)
      let start = starts[sequence]
      let count = starts[sequence + 1] - start
      let keys = fused[start] + shape.width + head * width
      let own = result.from(start, column: head * group * width)
      kernels.attentionForward(
        q: fused[start] + head * group * width, qStride: fused.stride, k: keys, v: keys + shape.kvHeads * width,
        kvStride: fused.stride, out: own.pointer, outStride: own.stride,
        logSumExp: layer.logSumExp[start] + head * group, logStride: shape.heads, queries: count, keys: count,
        group: group, headWidth: width, format: format)
      Self.save(
        own, as: layer.attended.from(start, column: head * group * width), 0..<count, width: group * width, kernels)
    }
  }

  private func attendBackward(_ layer: Activations.Layer, dOut: RowsView, _ dFused: RowsView) {
    let (kernels, shape, format, starts) = (team.kernels, weights.shape, format, packed.starts)
    let (width, group) = (shape.headWidth, shape.heads / shape.kvHeads)
    team.pool.forEach(headCount) { index in
      let (sequence, head) = (index / shape.kvHeads, index % shape.kvHeads)
      let start = starts[sequence]
      let count = starts[sequence + 1] - start
      let (query, key) = (head * group * width, shape.width + head * width)
      let value = key + shape.kvHeads * width
      for row in start..<start + count {
        (dFused[row] + key).update(repeating: 0, count: width)
        (dFused[row] + value).update(repeating: 0, count: width)
      }
      kernels.attentionBackward(
        dOut: dOut[start] + query, outStride: dOut.stride, q: layer.fused.from(start, column: query),
        k: layer.fused.from(start, column: key), v: layer.fused.from(start, column: value),
        out: layer.attended.from(start, column: query), logSumExp: layer.logSumExp[start] + head * group,
        logStride: shape.heads, dq: dFused[start] + query, qStride: dFused.stride, dk: dFused[start] + key,
        dv: dFused[start] + value, kvStride: dFused.stride, rows: count, group: group, headWidth: width, format: format)
    }
  }

  /// The activations of the last forward pass.
  var saved: Activations {
    guard let activations else { preconditionFailure("there was no forward pass") }
    return activations
  }

  /// Grows the activations to hold `rows`; they are kept for the next pass.
  private func reserveActivations(rows: Int) -> Activations {
    if let current = activations, current.capacity >= rows { return current }
    let capacity = max(rows, (activations?.capacity ?? 0) * 5 / 4)
    activations = nil  // released before its successor is made
    let grown = Activations(weights.shape, capacity: capacity, recomputes: recomputes, format: format)
    activations = grown
    return grown
  }
}
