import Tensors

/// Runs a model forward over new tokens of cached sequences: prefill and decoding of any number of them in one call.
///
/// ```swift
/// let engine = InferenceEngine(InferenceWeights(weights, kernels: kernels, pool: pool), pool: pool, sequences: 8)
/// let sequence = try engine.cache.open()
/// batch.append(sequence, tokens: prompt)
/// let outputs = try engine.run(batch)
/// ```
///
/// A row's bits depend on the tokens before it alone: not on who shares the batch, the pieces that a sequence came in, or
/// the threads. Belongs to one caller at a time. Allocates when a batch is larger than all before it, else never.
public final class InferenceEngine {
  public let weights: InferenceWeights
  public let cache: KeyValueCache
  private let pool: ThreadPool
  private let rowsOfPass: Int
  private var buffers: InferenceBuffers

  /// - Parameters:
  ///   - sequences: That the cache holds at once.
  ///   - pages: Of 32 tokens, for all sequences together; as many as they can fill, if nil.
  ///   - growsFrom: Pages that memory is taken for at once; for all of them, if nil.
  ///   - cacheFormat: Single precision for single-precision weights, else bfloat16, if nil.
  ///   - rowsOfPass: Rows that run through the layers together; larger batches take several passes.
  public init(
    _ weights: InferenceWeights, pool: ThreadPool, sequences: Int = 1, pages: Int? = nil, growsFrom: Int? = nil,
    cacheFormat: ProductFormat? = nil, rowsOfPass: Int = 512
  ) {
    precondition(rowsOfPass > 0, "a pass has rows")
    self.weights = weights
    self.pool = pool
    self.rowsOfPass = rowsOfPass
    cache = KeyValueCache(
      weights.shape, format: cacheFormat ?? (weights.format == .float32 ? .float32 : .bfloat16), sequences: sequences,
      pages: pages, growsFrom: growsFrom, kernels: weights.kernels)
    buffers = InferenceBuffers(
      weights.shape, format: weights.format, rows: min(rowsOfPass, 16), outputs: 1, sequences: sequences,
      threads: pool.threads)
  }

  /// What a run yields, for each token whose outputs were asked for, in the batch's order. Valid until the next run and
  /// while the engine lives.
  public struct Outputs {
    public let count: Int
    public let vocabulary: Int
    /// (count, V): next-token logits.
    public let logits: UnsafePointer<Float>
    /// (count): value-head logits.
    public let values: UnsafePointer<Float>

    /// The logits of one output (V).
    public func row(_ index: Int) -> UnsafeBufferPointer<Float> {
      precondition(index >= 0 && index < count, "there is no output \(index)")
      return UnsafeBufferPointer(start: logits + index * vocabulary, count: vocabulary)
    }
  }

  /// Appends the batch's tokens to their sequences.
  ///
  /// - Throws: `ReasonerError.sequenceTooLong`, `ReasonerError.cacheExhausted`; nothing has changed then. Traps on token
  ///   ids outside the vocabulary and on a sequence that comes twice.
  public func run(_ batch: InferenceBatch) throws(ReasonerError) -> Outputs {
    let shape = weights.shape
    try cache.reserve(batch)
    grow(rows: min(batch.tokenCount, rowsOfPass), outputs: batch.outputCount)
    var (entry, done, outputs) = (0, 0, 0)
    while entry < batch.entries.count {
      var (rows, segments, items, passOutputs) = (0, 0, 0, 0)
      while entry < batch.entries.count, rows < buffers.rows {
        let next = batch.entries[entry]
        let count = min(next.count - done, buffers.rows - rows)
        let known = cache.length(of: next.sequence)
        buffers.segments[segments] = .init(sequence: next.sequence, row: rows, count: count, known: known)
        for index in 0..<count {
          let id = batch.tokens[next.first + done + index]
          precondition(id >= 0 && id < shape.vocabulary, "token \(id) is outside the vocabulary")
          buffers.ids[rows + index] = id
          buffers.positions[rows + index] = Int32(known + index)
          let isLast = done + index == next.count - 1
          if next.outputs == .all || next.outputs == .last && isLast {
            buffers.outputRows[passOutputs] = Int32(rows + index)
            passOutputs += 1
          }
        }
        items = appendItems(of: segments, rows: count * shape.heads / shape.kvHeads, at: items)
        segments += 1
        rows += count
        done += count
        if done == next.count { (entry, done) = (entry + 1, 0) }
      }
      runPass(
        PassLane(segments: 0..<segments, rows: 0..<rows, items: 0..<items, outputs: 0..<passOutputs),
        firstOutput: outputs)
      for segment in 0..<segments {
        cache.advance(buffers.segments[segment].sequence, by: buffers.segments[segment].count)
      }
      outputs += passOutputs
    }
    return Outputs(
      count: outputs, vocabulary: shape.vocabulary, logits: UnsafePointer(buffers.logits.pointer),
      values: UnsafePointer(buffers.values.pointer))
  }

  /// Lists the parts of a segment's attention from `first` on; returns where the next segment's begin.
  private func appendItems(of segment: Int, rows: Int, at first: Int) -> Int {
    var next = first
    for head in 0..<weights.shape.kvHeads {
      // As many shares as there are full ones, at least one: what `InferenceBuffers` has room for.
      let shares = max(1, rows / PassSplit.attentionRows)
      for share in 0..<shares {
        let start = rows * share / shares
        buffers.items[next] = .init(
          segment: segment, head: head, firstRow: start, rows: rows * (share + 1) / shares - start)
        next += 1
      }
    }
    return next
  }

  private func runPass(_ lane: PassLane, firstOutput: Int) {
    let shape = weights.shape
    let buffers = buffers
    weights.layers.withUnsafeBufferPointer { layers in
      guard let firstLayer = layers.baseAddress else { return }
      let pass = InferencePass(
        kernels: weights.kernels, shape: shape, layers: firstLayer, unembedding: weights.unembedding,
        valueHead: weights.valueHead, valueBias: weights.valueBias, embedding: weights.embedding,
        finalNorm: weights.finalNorm, cosines: weights.rotary.cosines.pointer,
        sines: weights.rotary.sines.pointer, pages: cache.view, panel: weights.kernels.panelWidth, lane: lane,
        split: .parts(of: lane, shape, format: weights.format, panel: weights.kernels.panelWidth), ids: buffers.ids,
        positions: buffers.positions, outputRows: buffers.outputRows, segments: buffers.segments, items: buffers.items,
        stream: buffers.stream.pointer, inverse: buffers.inverse.pointer, fused: buffers.fused.pointer,
        gateUp: buffers.gateUp.pointer, normed: buffers.normed, gated: buffers.gated,
        attended: RowsView(buffers.attended.pointer, stride: shape.width),
        lastNormed: RowsView(buffers.lastNormed.pointer, stride: shape.width),
        logits: buffers.logits.pointer + firstOutput * shape.vocabulary, values: buffers.values.pointer + firstOutput)
      buffers.begin(pass)
      let lanes = PassLane.divide(
        pass, weights: weights.bytesOfPass, limit: pool.threads, into: buffers.lanes)
      guard lanes == 1 else {
        buffers.ends[0] = lanes
        return pool.forEachPhase(.init(start: buffers.ends, count: 1), buffers.runLane)
      }
      pool.forEachPhase(.init(start: buffers.ends, count: pass.plan(buffers.ends)), buffers.runPart)
    }
  }

  private func grow(rows: Int, outputs: Int) {
    guard rows > buffers.rows || outputs > buffers.outputs else { return }
    buffers = InferenceBuffers(
      weights.shape, format: weights.format, rows: max(rows, buffers.rows), outputs: max(outputs, buffers.outputs),
      sequences: cache.limit, threads: pool.threads)
  }
}
