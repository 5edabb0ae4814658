import Tensors

/// What the forward pass saves for the backward pass, and the scratch of both, in one block of memory that is planned for
/// `capacity` rows and kept from step to step.
///
/// Policy: saved are the residual stream (twice a layer), the rotated queries, keys and values, what attention mixed, and
/// the gate and up projections. Normed rows and gated products are computed again on the way back: they cost a pass over
/// their row, not a product. With `recomputes` only the residual stream is saved, and each layer runs forward again
/// before it runs backward (Chen et al. 2016): about a quarter more work for a fraction of the memory. What only products
/// read is stored as they read it.
final class Activations {
  /// One decoder layer's saved rows.
  struct Layer {
    let fused: RowsView  // (H + 2G)·D, rotated, as products read it
    let attended: RowsView  // C, as products read it
    let logSumExp: RowsView  // H
    let middle: RowsView  // C: the stream between attention and feed-forward
    let gateUp: RowsView  // 2F, rounded like an operand
  }

  let capacity: Int
  let recomputes: Bool
  /// One for each decoder layer, or the same one for all of them.
  let layers: [Layer]
  /// The residual stream before each layer, and after the last (C each).
  let streams: [RowsView]
  let normed: RowsView  // C, as products read it
  let inverse: RowsView  // 1
  let gated: RowsView  // F, as products read it
  let dStream: RowsView  // C
  let dNormed: RowsView  // C
  let dFused: RowsView  // (H + 2G)·D
  let dGated: RowsView  // F
  let dGateUp: RowsView  // 2F, as products read it
  /// What products wrote, before it is stored as bfloat16 (2F).
  private let gateUpScratch: RowsView?
  /// Outputs of one chunk of rows at a time: V and 1.
  let logits: RowsView
  let values: RowsView
  /// Gradients of a norm's weight by blocks of rows (C each).
  let normPartials: RowsView
  /// The right operand of the product under way, and both orientations of the output projection.
  let packed = PackedMatrix()
  let unembedding = PackedMatrix()
  let unembeddingTransposed = PackedMatrix()
  private let memory: FloatBuffer

  /// Rows of one partial gradient of a norm's weight.
  static let normBlock = 64

  init(_ shape: ModelShape, capacity: Int, recomputes: Bool, format: ProductFormat) {
    self.capacity = capacity
    self.recomputes = recomputes
    memory = FloatBuffer(count: Self.floats(shape, rows: capacity, recomputes: recomputes, format: format))
    var end = memory.pointer
    func rows(of width: Int, count: Int = capacity) -> RowsView {
      defer { end += Self.aligned(width * count) }
      return RowsView(end, stride: width)
    }
    func operands(of width: Int) -> RowsView {
      let stride = RowsView.operandStride(width: width, stored: format)
      defer { end += Self.aligned(stride * capacity) }
      return RowsView(end, stride: stride, stored: format)
    }
    func results(of width: Int) -> RowsView {
      let stride = RowsView.words(width: width, stored: format)
      defer { end += Self.aligned(stride * capacity) }
      return RowsView(end, stride: stride, stored: format)
    }
    let distinct = (0..<(recomputes ? 1 : shape.layers)).map { _ in
      Layer(
        fused: results(of: shape.fusedWidth), attended: operands(of: shape.width), logSumExp: rows(of: shape.heads),
        middle: rows(of: shape.width), gateUp: results(of: 2 * shape.feedForward))
    }
    layers = (0..<shape.layers).map { distinct[recomputes ? 0 : $0] }
    streams = (0...shape.layers).map { _ in rows(of: shape.width) }
    normed = operands(of: shape.width)
    inverse = rows(of: 1)
    gated = operands(of: shape.feedForward)
    dStream = rows(of: shape.width)
    dNormed = rows(of: shape.width)
    dFused = rows(of: shape.fusedWidth)
    dGated = rows(of: shape.feedForward)
    dGateUp = operands(of: 2 * shape.feedForward)
    gateUpScratch = format == .float32 ? nil : rows(of: 2 * shape.feedForward)
    logits = rows(of: shape.vocabulary, count: min(capacity, Self.outputRows(shape)))
    values = rows(of: 1)
    normPartials = rows(of: shape.width, count: Self.normBlocks(capacity))
    precondition(end == memory.pointer + memory.count, "the plan of the memory is its use")
  }

  // Where the forward pass computes what is then stored in a layer: there, or in the backward pass's scratch.
  func fusedResult(_ layer: Layer) -> RowsView { layer.fused.stored == .float32 ? layer.fused : dFused }
  func attendedResult(_ layer: Layer) -> RowsView { layer.attended.stored == .float32 ? layer.attended : dNormed }
  func gateUpResult(_ layer: Layer) -> RowsView { gateUpScratch ?? layer.gateUp }

  static func normBlocks(_ rows: Int) -> Int { (rows + normBlock - 1) / normBlock }

  /// Rows whose logits exist at once: 4 MiB of them, or 128 rows where the vocabulary is larger.
  static func outputRows(_ shape: ModelShape) -> Int { max(128, (1 << 20) / shape.vocabulary) }

  /// Floats that `rows` rows take.
  static func floats(_ shape: ModelShape, rows: Int, recomputes: Bool, format: ProductFormat) -> Int {
    let (C, F, fused) = (shape.width, shape.feedForward, shape.fusedWidth)
    let results = [fused, 2 * F].map { RowsView.words(width: $0, stored: format) }
    let operands = [C, F, 2 * F].map { RowsView.operandStride(width: $0, stored: format) }
    let layer = results + [operands[0], shape.heads, C]
    let scratch = operands + [1, C, C, fused, F, 1] + (format == .float32 ? [] : [2 * F])
    let widths =
      Array(repeating: layer, count: recomputes ? 1 : shape.layers).joined()
      + Array(repeating: C, count: shape.layers + 1)
    return (widths + scratch).reduce(0) { $0 + aligned($1 * rows) }
      + aligned(shape.vocabulary * min(rows, outputRows(shape))) + aligned(C * normBlocks(rows))
  }

  /// Rounded up to a cache line.
  private static func aligned(_ floats: Int) -> Int { (floats + 15) / 16 * 16 }
}
