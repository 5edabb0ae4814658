import Tensors

/// One pass of new rows through the model: what each phase does, for threads to run part by part.
///
/// Holds addresses alone, so that no part touches a reference count. Glossary: N rows, C width, H query heads, G
/// key heads, D head width, F feed-forward width, V vocabulary.
struct InferencePass: @unchecked Sendable {
  /// New tokens of one sequence in this pass.
  struct Segment {
    let sequence: Int
    /// Its first row.
    let row: Int
    let count: Int
    /// Tokens that the cache holds before them.
    let known: Int
  }

  /// Attention of some rows of one key head of one segment.
  struct Item {
    let segment: Int
    let head: Int
    let firstRow: Int
    let rows: Int
  }

  /// What happens in a layer, in order.
  enum Step: Int, CaseIterable {
    case attentionNorm, project, store, attend, output, feedForwardNorm, gate, down
  }

  let kernels: any Kernels
  let shape: ModelShape
  let layers: UnsafePointer<InferenceWeights.Layer>
  let unembedding: PackedWeight
  let valueHead: PackedWeight
  let valueBias: Float
  let embedding: EmbeddingRows
  let finalNorm: UnsafePointer<Float>
  let cosines, sines: UnsafePointer<Float>
  let pages: PagesView
  let panel: Int

  /// What of the pass is run.
  var lane: PassLane
  var split: PassSplit
  let ids: UnsafePointer<Int32>
  let positions: UnsafePointer<Int32>
  /// Rows after which logits are wanted.
  let outputRows: UnsafePointer<Int32>
  let segments: UnsafePointer<Segment>
  let items: UnsafePointer<Item>

  let stream, inverse, fused, gateUp: UnsafeMutablePointer<Float>
  /// What only products read, stored as they read it.
  let normed, gated: RowsView
  let attended: RowsView
  /// (outputs, …), from where this pass's begin.
  let lastNormed: RowsView
  let logits, values: UnsafeMutablePointer<Float>

  /// The most phases of a pass.
  static func phases(layers: Int) -> Int { 1 + Step.allCases.count * layers + 2 }

  private var phases: Int { Self.phases(layers: shape.layers) - (lane.outputs.isEmpty ? 2 : 0) }

  private enum Phase {
    case embed
    case step(Step, layer: Int)
    case normOutputs, projectOutputs
  }

  private func phase(_ number: Int) -> Phase {
    let steps = Step.allCases.count
    let (layer, step) = (number - 1).quotientAndRemainder(dividingBy: steps)
    guard number > 0 else { return .embed }
    guard layer < shape.layers, let step = Step(rawValue: step) else {
      return number == 1 + shape.layers * steps ? .normOutputs : .projectOutputs
    }
    return .step(step, layer: layer)
  }

  private func parts(in number: Int) -> Int {
    switch phase(number) {
    case .embed: split.rowParts
    case .normOutputs: split.outputParts
    case .projectOutputs: split.head.parts + 1
    case .step(let step, _):
      switch step {
      case .attentionNorm, .feedForwardNorm: split.rowParts
      case .project: split.project.parts
      case .store: split.storeParts
      case .attend: split.attentionParts
      case .output: split.output.parts
      case .gate: split.gate.parts
      case .down: split.down.parts
      }
    }
  }

  /// Writes the end of each phase, counted in parts, to `ends`; returns how many phases there are.
  func plan(_ ends: UnsafeMutablePointer<Int>) -> Int {
    var all = 0
    for phase in 0..<phases {
      all += parts(in: phase)
      ends[phase] = all
    }
    return phases
  }

  /// The same pass for one lane and one thread.
  func alone(_ lane: PassLane) -> InferencePass {
    var pass = self
    pass.lane = lane
    pass.split = .whole
    return pass
  }

  /// Runs every part, in order.
  func run() {
    for phase in 0..<phases { for part in 0..<parts(in: phase) { run(phase: phase, part: part) } }
  }

  func run(phase number: Int, part: Int) {
    switch phase(number) {
    case .embed: embed(part)
    case .normOutputs: normOutputs(part)
    case .projectOutputs: projectOutputs(part)
    case .step(let step, let layer): run(step, layer: layer, part)
    }
  }

  private func run(_ step: Step, layer index: Int, _ part: Int) {
    let layer = layers[index]
    switch step {
    case .attentionNorm: norm(layer.attentionNorm, part)
    case .project:
      multiply(
        normed, layer.fused, fused, stride: shape.fusedWidth, rows: lane.rows, beta: 0, split: split.project,
        part: part)
    case .store: store(layer: index, part)
    case .attend: attend(layer: index, part)
    case .output:
      multiply(
        attended, layer.output, stream, stride: shape.width, rows: lane.rows, beta: 1, split: split.output, part: part)
    case .feedForwardNorm: norm(layer.feedForwardNorm, part)
    case .gate: gate(layer, part)
    case .down:
      multiply(gated, layer.down, stream, stride: shape.width, rows: lane.rows, beta: 1, split: split.down, part: part)
    }
  }

  private func embed(_ part: Int) {
    for row in range(of: lane.rows, part, split.rowParts) {
      embedding.copy(Int(ids[row]), to: stream + row * shape.width)
    }
  }

  private func norm(_ weight: UnsafePointer<Float>, _ part: Int) {
    let range = range(of: lane.rows, part, split.rowParts)
    let C = shape.width
    kernels.rmsNormForward(
      stream + range.lowerBound * C, weight: weight, y: normed.from(range.lowerBound),
      inverse: inverse + range.lowerBound, rows: range.count, width: C, epsilon: Float(shape.normEpsilon))
  }

  /// Turns queries and keys to their positions and writes keys and values into the pages, one key head of one segment
  /// after the other.
  private func store(layer: Int, _ part: Int) {
    let D = shape.headWidth
    let group = shape.heads / shape.kvHeads
    let heads = lane.segments.lowerBound * shape.kvHeads..<lane.segments.upperBound * shape.kvHeads
    for index in range(of: heads, part, split.storeParts) {
      let segment = segments[index / shape.kvHeads]
      let head = index % shape.kvHeads
      let row = fused + segment.row * shape.fusedWidth
      let keys = row + shape.width + head * D
      for (start, heads) in [(row + head * group * D, group), (keys, 1)] {
        kernels.rotate(
          start, positions: positions + segment.row, cosines: cosines, sines: sines,
          rows: segment.count, stride: shape.fusedWidth, heads: heads, headWidth: D, inverse: false)
      }
      kernels.storeKeysAndValues(
        k: keys, v: keys + shape.kvHeads * D, stride: shape.fusedWidth,
        in: pages.head(head, layer: layer, sequence: segment.sequence), first: segment.known, count: segment.count)
    }
  }

  private func attend(layer: Int, _ part: Int) {
    let D = shape.headWidth
    let group = shape.heads / shape.kvHeads
    for index in range(of: lane.items, part, split.attentionParts) {
      let item = items[index]
      let segment = segments[item.segment]
      let firstHead = item.head * group * D
      kernels.attentionPaged(
        q: fused + segment.row * shape.fusedWidth + firstHead, qStride: shape.fusedWidth,
        head: pages.head(item.head, layer: layer, sequence: segment.sequence),
        out: attended[segment.row] + firstHead, outStride: shape.width,
        keys: segment.known + segment.count, queries: segment.count, group: group,
        rows: item.firstRow..<item.firstRow + item.rows)
    }
  }

  /// Some columns of gates, the same ones of ups, and what passes.
  private func gate(_ layer: InferenceWeights.Layer, _ part: Int) {
    let F = shape.feedForward
    multiply(normed, layer.gate, gateUp, stride: 2 * F, rows: lane.rows, beta: 0, split: split.gate, part: part)
    multiply(normed, layer.up, gateUp + F, stride: 2 * F, rows: lane.rows, beta: 0, split: split.gate, part: part)
    let (rows, columns) = block(split.gate, rows: lane.rows, n: F, part: part)
    let first = rows.lowerBound * 2 * F + columns.lowerBound
    kernels.gate(
      gates: gateUp + first, ups: gateUp + first + F, stride: 2 * F,
      y: gated.from(rows.lowerBound, column: columns.lowerBound), rows: rows.count, columns: columns.count)
  }

  private func normOutputs(_ part: Int) {
    let C = shape.width
    for output in range(of: lane.outputs, part, split.outputParts) {
      kernels.rmsNormForward(
        stream + Int(outputRows[output]) * C, weight: finalNorm, y: lastNormed.from(output),
        inverse: inverse + lane.rows.lowerBound + output - lane.outputs.lowerBound, rows: 1, width: C,
        epsilon: Float(shape.normEpsilon))
    }
  }

  /// Logits, and in a last part the value head.
  private func projectOutputs(_ part: Int) {
    guard part == split.head.parts else {
      return multiply(
        lastNormed, unembedding, logits, stride: shape.vocabulary, rows: lane.outputs, beta: 0, split: split.head,
        part: part)
    }
    multiply(
      lastNormed, valueHead, values, stride: 1, rows: lane.outputs, beta: 0, split: .whole, part: 0)
    for output in lane.outputs { values[output] += valueBias }
  }

  /// One part of `c = beta·c + a·b`.
  private func multiply(
    _ a: RowsView, _ b: PackedWeight, _ c: UnsafeMutablePointer<Float>, stride: Int, rows: Range<Int>,
    beta: Float, split: PassSplit.Product, part: Int
  ) {
    let (rows, columns) = block(split, rows: rows, n: b.n, part: part)
    kernels.product(
      a.from(rows.lowerBound).matrix, packed: b.words, c + rows.lowerBound * stride, stride: stride,
      m: rows.count, n: b.n, k: b.k, columns: columns, beta: beta, format: b.format)
  }

  private func block(_ split: PassSplit.Product, rows: Range<Int>, n: Int, part: Int) -> (Range<Int>, Range<Int>) {
    let panels = range(of: 0..<(n + panel - 1) / panel, part % split.columns, split.columns)
    return (
      range(of: rows, part / split.columns, split.rows),
      panels.lowerBound * panel..<min(n, panels.upperBound * panel)
    )
  }

  private func range(of all: Range<Int>, _ part: Int, _ parts: Int) -> Range<Int> {
    all.lowerBound + all.count * part / parts..<all.lowerBound + all.count * (part + 1) / parts
  }
}
