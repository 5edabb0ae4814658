import Tensors

/// Working memory of an engine, for at most `rows` rows in a pass and `outputs` rows of logits.
final class InferenceBuffers {
  let rows: Int
  let outputs: Int
  let segmentCount: Int
  let itemCount: Int
  let ids, positions, outputRows: UnsafeMutablePointer<Int32>
  let segments: UnsafeMutablePointer<InferencePass.Segment>
  let items: UnsafeMutablePointer<InferencePass.Item>
  let ends: UnsafeMutablePointer<Int>
  /// Room for as many lanes as there are threads.
  let lanes: UnsafeMutablePointer<PassLane>
  /// The pass under way, at an address that the threads' closures keep.
  private let pass: UnsafeMutablePointer<InferencePass>
  private var hasPass = false
  /// Runs a part of the pass under way.
  let runPart: @Sendable (_ phase: Int, _ part: Int) -> Void
  /// Runs a lane of the pass under way.
  let runLane: @Sendable (_ phase: Int, _ lane: Int) -> Void
  let stream, inverse, fused, attended, gateUp: FloatBuffer
  /// What only products read, stored as they read it where that is a number of its own.
  let normed, gated: RowsView
  private let operands: FloatBuffer
  let lastNormed, logits, values: FloatBuffer

  init(_ shape: ModelShape, format: ProductFormat, rows: Int, outputs: Int, sequences: Int, threads: Int) {
    self.rows = rows
    self.outputs = outputs
    segmentCount = min(rows, sequences)
    // Each segment has one item for each key head, and one more for each full share of its rows.
    itemCount = segmentCount * shape.kvHeads + rows * shape.heads / PassSplit.attentionRows
    ids = .allocate(capacity: rows)
    positions = .allocate(capacity: rows)
    outputRows = .allocate(capacity: rows)
    segments = .allocate(capacity: segmentCount)
    items = .allocate(capacity: itemCount)
    ends = .allocate(capacity: InferencePass.phases(layers: shape.layers))
    let lanes = UnsafeMutablePointer<PassLane>.allocate(capacity: threads)
    self.lanes = lanes
    let pass = UnsafeMutablePointer<InferencePass>.allocate(capacity: 1)
    self.pass = pass
    // SAFETY: written between jobs alone; whoever runs a job keeps the buffers
    nonisolated(unsafe) let (current, currentLanes) = (pass, lanes)
    runPart = { phase, part in current.pointee.run(phase: phase, part: part) }
    runLane = { _, lane in current.pointee.alone(currentLanes[lane]).run() }
    stream = FloatBuffer(count: rows * shape.width)
    inverse = FloatBuffer(count: rows)
    fused = FloatBuffer(count: rows * shape.fusedWidth)
    attended = FloatBuffer(count: rows * shape.width)
    gateUp = FloatBuffer(count: rows * 2 * shape.feedForward)
    let stored: ProductFormat = format == .bfloat16 ? .bfloat16 : .float32
    let normedStride = RowsView.operandStride(width: shape.width, stored: stored)
    let gatedStride = RowsView.operandStride(width: shape.feedForward, stored: stored)
    operands = FloatBuffer(count: rows * (normedStride + gatedStride))
    normed = RowsView(operands.pointer, stride: normedStride, stored: stored)
    gated = RowsView(operands.pointer + rows * normedStride, stride: gatedStride, stored: stored)
    lastNormed = FloatBuffer(count: min(rows, outputs) * shape.width)
    logits = FloatBuffer(count: outputs * shape.vocabulary)
    values = FloatBuffer(count: outputs)
  }

  /// Sets what `runPart` and `runLane` run.
  func begin(_ next: InferencePass) {
    if hasPass { pass.pointee = next } else { pass.initialize(to: next) }
    hasPass = true
  }

  deinit {
    if hasPass { pass.deinitialize(count: 1) }
    pass.deallocate()
    lanes.deallocate()
    ids.deallocate()
    positions.deallocate()
    outputRows.deallocate()
    segments.deallocate()
    items.deallocate()
    ends.deallocate()
  }
}
