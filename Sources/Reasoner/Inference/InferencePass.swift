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

  let rows: Int
  let outputs: Int
  let ids: UnsafePointer<Int32>
  let positions: UnsafePointer<Int32>
  /// Rows after which logits are wanted.
  let outputRows: UnsafePointer<Int32>
  let segments: UnsafeBufferPointer<Segment>
  let items: UnsafeBufferPointer<Item>

  let stream, inverse, fused, gateUp: UnsafeMutablePointer<Float>
  /// What only products read, stored as they read it.
  let normed, gated: RowsView
  let attended: RowsView
  /// (outputs, …), from where this pass's begin.
  let lastNormed: RowsView
  let logits, values: UnsafeMutablePointer<Float>

  let projectSplit, outputSplit, gateSplit, downSplit, headSplit: PassSplit.Product
  let rowParts, storeParts, attentionParts, outputParts: Int

  static func phases(layers: Int) -> Int { 1 + Step.allCases.count * layers + 2 }

  /// Writes the end of each phase, counted in parts, to `ends`; returns how many phases there are.
  func plan(_ ends: UnsafeMutablePointer<Int>) -> Int {
    var phase = 0
    var parts = 0
    func append(_ count: Int) {
      parts += count
      ends[phase] = parts
      phase += 1
    }
    append(rowParts)
    for _ in 0..<shape.layers {
      for step in Step.allCases {
        switch step {
        case .attentionNorm, .feedForwardNorm: append(rowParts)
        case .project: append(projectSplit.parts)
        case .store: append(storeParts)
        case .attend: append(attentionParts)
        case .output: append(outputSplit.parts)
        case .gate: append(gateSplit.parts)
        case .down: append(downSplit.parts)
        }
      }
    }
    if outputs > 0 {
      append(outputParts)
      append(headSplit.parts + 1)
    }
    return phase
  }

  func run(phase: Int, part: Int) {
    guard phase > 0 else { return embed(part) }
    let steps = Step.allCases.count
    let index = (phase - 1) / steps
    guard index < shape.layers else {
      return phase - 1 - shape.layers * steps == 0 ? normOutputs(part) : projectOutputs(part)
    }
    guard let step = Step(rawValue: (phase - 1) % steps) else { return }
    let layer = layers[index]
    switch step {
    case .attentionNorm: norm(layer.attentionNorm, part)
    case .project:
      multiply(
        normed, layer.fused, fused, stride: shape.fusedWidth, rows: rows, beta: 0, split: projectSplit, part: part)
    case .store: store(layer: index, part)
    case .attend: attend(layer: index, part)
    case .output:
      multiply(attended, layer.output, stream, stride: shape.width, rows: rows, beta: 1, split: outputSplit, part: part)
    case .feedForwardNorm: norm(layer.feedForwardNorm, part)
    case .gate: gate(layer, part)
    case .down:
      multiply(gated, layer.down, stream, stride: shape.width, rows: rows, beta: 1, split: downSplit, part: part)
    }
  }

  private func embed(_ part: Int) {
    for row in range(of: rows, part, rowParts) {
      embedding.copy(Int(ids[row]), to: stream + row * shape.width)
    }
  }

  private func norm(_ weight: UnsafePointer<Float>, _ part: Int) {
    let range = range(of: rows, part, rowParts)
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
    for index in range(of: segments.count * shape.kvHeads, part, storeParts) {
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
    for index in range(of: items.count, part, attentionParts) {
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
    multiply(normed, layer.gate, gateUp, stride: 2 * F, rows: rows, beta: 0, split: gateSplit, part: part)
    multiply(normed, layer.up, gateUp + F, stride: 2 * F, rows: rows, beta: 0, split: gateSplit, part: part)
    let (rows, columns) = block(gateSplit, rows: rows, n: F, part: part)
    let first = rows.lowerBound * 2 * F + columns.lowerBound
    kernels.gate(
      gates: gateUp + first, ups: gateUp + first + F, stride: 2 * F,
      y: gated.from(rows.lowerBound, column: columns.lowerBound), rows: rows.count, columns: columns.count)
  }

  private func normOutputs(_ part: Int) {
    let C = shape.width
    for output in range(of: outputs, part, outputParts) {
      kernels.rmsNormForward(
        stream + Int(outputRows[output]) * C, weight: finalNorm, y: lastNormed.from(output),
        inverse: inverse + output, rows: 1, width: C, epsilon: Float(shape.normEpsilon))
    }
  }

  /// Logits, and in a last part the value head.
  private func projectOutputs(_ part: Int) {
    guard part == headSplit.parts else {
      return multiply(
        lastNormed, unembedding, logits, stride: shape.vocabulary, rows: outputs, beta: 0, split: headSplit, part: part)
    }
    multiply(
      lastNormed, valueHead, values, stride: 1, rows: outputs, beta: 0, split: .init(rows: 1, columns: 1), part: 0)
    for output in 0..<outputs { values[output] += valueBias }
  }

  /// One part of `c = beta·c + a·b`.
  private func multiply(
    _ a: RowsView, _ b: PackedWeight, _ c: UnsafeMutablePointer<Float>, stride: Int, rows: Int, beta: Float,
    split: PassSplit.Product, part: Int
  ) {
    let (rows, columns) = block(split, rows: rows, n: b.n, part: part)
    kernels.product(
      a.from(rows.lowerBound).matrix, packed: b.words, c + rows.lowerBound * stride, stride: stride,
      m: rows.count, n: b.n, k: b.k, columns: columns, beta: beta, format: b.format)
  }

  private func block(_ split: PassSplit.Product, rows: Int, n: Int, part: Int) -> (Range<Int>, Range<Int>) {
    let panels = range(of: (n + panel - 1) / panel, part % split.columns, split.columns)
    return (
      range(of: rows, part / split.columns, split.rows),
      panels.lowerBound * panel..<min(n, panels.upperBound * panel)
    )
  }

  private func range(of count: Int, _ part: Int, _ parts: Int) -> Range<Int> {
    count * part / parts..<count * (part + 1) / parts
  }
}
