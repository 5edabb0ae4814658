import Tensors

/// A model's weights as products read them: packed once, in one format, with what else a forward pass looks up.
///
/// Shared by any number of engines. Independent of the `Weights` that it was made from, which may change or go.
public final class InferenceWeights: @unchecked Sendable {  // written in `init` alone
  public let shape: ModelShape
  /// What the matrices were packed as; norms, the value head and the residual stream are single precision in any case.
  public let format: ProductFormat
  let kernels: any Kernels
  let rotary: RotaryTable
  let layers: [Layer]
  let unembedding: PackedWeight
  let valueHead: PackedWeight
  let valueBias: Float
  let embedding: EmbeddingRows
  let finalNorm: UnsafePointer<Float>
  private let packed: FloatBuffer
  private let norms: FloatBuffer

  /// One decoder layer.
  struct Layer {
    let attentionNorm: UnsafePointer<Float>
    let fused, output: PackedWeight
    let feedForwardNorm: UnsafePointer<Float>
    let gate, up, down: PackedWeight
  }

  /// Packs `weights`, matrices side by side on the pool's threads.
  public init(_ weights: Weights, format: ProductFormat = .float32, kernels: any Kernels, pool: ThreadPool) {
    let shape = weights.shape
    let layout = weights.layout
    let C = shape.width
    let F = shape.feedForward
    self.shape = shape
    self.format = format
    self.kernels = kernels
    rotary = RotaryTable(positions: shape.positions, headWidth: shape.headWidth, theta: shape.ropeTheta)
    embedding = EmbeddingRows(weights, format: format)
    // Norms in one buffer: two a layer, then the last.
    norms = FloatBuffer(count: (2 * shape.layers + 1) * C)
    let master = weights.buffer.pointer
    for (index, layer) in layout.layers.enumerated() {
      (norms.pointer + 2 * index * C).update(from: master + layer.attentionNorm, count: C)
      (norms.pointer + (2 * index + 1) * C).update(from: master + layer.feedForwardNorm, count: C)
    }
    (norms.pointer + 2 * shape.layers * C).update(from: master + layout.finalNorm, count: C)
    finalNorm = UnsafePointer(norms.pointer + 2 * shape.layers * C)
    valueBias = master[layout.valueBias]

    // All matrices in one buffer, so that they lie on huge pages however small each is.
    var plan = PackingPlan(kernels)
    let places = layout.layers.map { layer in
      (
        fused: plan.add(layer.fusedProjection, n: shape.fusedWidth, k: C, format),
        output: plan.add(layer.outputProjection, n: C, k: C, format),
        gate: plan.add(layer.gateUp, n: F, k: C, format), up: plan.add(layer.gateUp + F * C, n: F, k: C, format),
        down: plan.add(layer.down, n: C, k: F, format)
      )
    }
    let head = plan.add(layout.unembedding, n: shape.vocabulary, k: C, format)
    let value = plan.add(layout.valueWeight, n: 1, k: C, .float32)
    packed = FloatBuffer(count: plan.words)
    plan.pack(from: master, into: packed, pool: pool)
    let (norms, packed) = (norms, packed)
    layers = places.enumerated().map { index, place in
      Layer(
        attentionNorm: UnsafePointer(norms.pointer + 2 * index * C), fused: place.fused.at(packed),
        output: place.output.at(packed), feedForwardNorm: UnsafePointer(norms.pointer + (2 * index + 1) * C),
        gate: place.gate.at(packed), up: place.up.at(packed), down: place.down.at(packed))
    }
    unembedding = head.at(packed)
    valueHead = value.at(packed)
  }

  /// Bytes that this object holds: packed matrices, embedding rows, norms and the rotary table.
  public var byteCount: Int {
    MemoryLayout<Float>.size * (packed.count + norms.count + 2 * rotary.cosines.count) + embedding.byteCount
  }

  /// Bytes of the matrices that one pass reads, whatever its rows: the least that a token of a single sequence costs.
  public var bytesOfPass: Int { MemoryLayout<Float>.size * packed.count }
}

/// A packed matrix (k, n) in memory that `InferenceWeights` owns.
struct PackedWeight: @unchecked Sendable {
  let words: UnsafePointer<UInt32>
  let n: Int
  let k: Int
  let format: ProductFormat
}

/// Where packed matrices come to lie, before the memory is there.
private struct PackingPlan {
  struct Place {
    let source: Int
    let offset: Int
    let n: Int
    let k: Int
    let format: ProductFormat

    func at(_ memory: FloatBuffer) -> PackedWeight {
      PackedWeight(words: UnsafePointer(memory.words + offset), n: n, k: k, format: format)
    }
  }

  private let kernels: any Kernels
  private var places: [Place] = []
  private(set) var words = 0

  init(_ kernels: any Kernels) { self.kernels = kernels }

  /// A place for the matrix (n, k) at `source`, to be read transposed.
  mutating func add(_ source: Int, n: Int, k: Int, _ format: ProductFormat) -> Place {
    let place = Place(source: source, offset: words, n: n, k: k, format: format)
    places.append(place)
    // At cache lines, as vectors load them fastest.
    words += (kernels.packedWords(n: n, k: k, format: format) + 15) / 16 * 16
    return place
  }

  func pack(from master: UnsafePointer<Float>, into memory: FloatBuffer, pool: ThreadPool) {
    let panelsAtOnce = max(1, 512 / kernels.panelWidth)
    var jobs: [Job] = []
    for place in places {
      let panels = (place.n + kernels.panelWidth - 1) / kernels.panelWidth
      let view = MatrixView(master + place.source, stride: place.k).transposed
      for first in stride(from: 0, to: panels, by: panelsAtOnce) {
        jobs.append(Job(place: place, source: view, panels: first..<min(first + panelsAtOnce, panels)))
      }
    }
    let (kernels, list) = (kernels, jobs)
    pool.forEach(list.count) { index in
      let job = list[index]
      kernels.pack(
        job.source, into: memory.words + job.place.offset, n: job.place.n, k: job.place.k, panels: job.panels,
        format: job.place.format)
    }
  }

  private struct Job {
    let place: Place
    let source: MatrixView
    let panels: Range<Int>
  }
}

extension FloatBuffer {
  /// The same memory as 32-bit words.
  var words: UnsafeMutablePointer<UInt32> {
    // SAFETY: floats and words have one size and alignment, and who asks for words reads nothing else.
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: UInt32.self)
  }
}
