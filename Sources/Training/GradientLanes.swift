import Reasoner
import Tensors

/// Computes one optimizer step's gradient in a fixed number of lanes, so that the result is the same bit for bit whatever the
/// number of threads.
///
/// Sequences are dealt to lanes by their lengths alone; a lane runs its share in chunks of about `chunkRows` rows, one thread
/// at a time, into its own gradient; the lanes' gradients are then added in lane order. Memory: `lanes` × (gradient +
/// activations of one chunk).
public final class GradientLanes {
  /// One lane's model state. Used by one thread at a time: `ThreadPool.forEach` hands each lane index out once.
  private final class Lane: @unchecked Sendable {  // no lock: exclusive by lane index
    let transformer: Transformer
    let gradients: FloatBuffer
    let scratch = ObjectiveScratch()
    var sequences: [TrainingSequence] = []
    var sums = ObjectiveSums()
    var failure: (any Error)?

    init(_ weights: Weights, kernels: any Kernels) {
      transformer = Transformer(weights, kernels: kernels)
      gradients = FloatBuffer(count: weights.layout.count)
    }
  }

  private let lanes: [Lane]
  private let kernels: any Kernels
  private let pool: ThreadPool
  private let chunkRows: Int
  private let count: Int
  /// Elements of one block of element-wise work; fixed, so that splitting never depends on threads.
  static let blockSize = 1 << 16

  public init(_ weights: Weights, kernels: any Kernels, lanes: Int, pool: ThreadPool, chunkRows: Int = 512) {
    precondition(lanes > 0 && chunkRows > 0)
    self.lanes = (0..<lanes).map { _ in Lane(weights, kernels: kernels) }
    self.kernels = kernels
    self.pool = pool
    self.chunkRows = chunkRows
    count = weights.layout.count
  }

  /// The sum of all lanes' gradients after `accumulate`.
  public var gradients: FloatBuffer { lanes[0].gradients }

  /// Replaces `gradients` by the gradient of `objective` over `sequences`.
  public func compute(_ sequences: [TrainingSequence], objective: some TrainingObjective) throws -> ObjectiveSums {
    deal(sequences)
    let totals = StepTotals(sequences)
    let lanes = lanes
    let kernels = kernels
    let chunkRows = chunkRows
    pool.forEach(lanes.count) { index in
      Self.run(lanes[index], objective: objective, totals: totals, kernels: kernels, chunkRows: chunkRows)
    }
    var sums = ObjectiveSums()
    for lane in lanes {
      if let failure = lane.failure { throw failure }
      sums += lane.sums
    }
    let count = count
    pool.forEach((count + Self.blockSize - 1) / Self.blockSize) { block in
      let start = block * Self.blockSize
      let length = min(Self.blockSize, count - start)
      for lane in lanes.dropFirst() {
        kernels.add(lane.gradients.pointer + start, to: lanes[0].gradients.pointer + start, count: length)
      }
    }
    return sums
  }

  /// √Σ g² of `gradients`; block sums are added in block order.
  public func gradientNorm() -> Double {
    var total = 0.0
    for start in stride(from: 0, to: count, by: Self.blockSize) {
      total += kernels.sumOfSquares(gradients.pointer + start, count: min(Self.blockSize, count - start))
    }
    return total.squareRoot()
  }

  /// Gives each sequence, in order, to the lane with the fewest rows so far (the first such).
  private func deal(_ sequences: [TrainingSequence]) {
    var rows = Array(repeating: 0, count: lanes.count)
    for lane in lanes { lane.sequences.removeAll(keepingCapacity: true) }
    for sequence in sequences {
      var shortest = 0
      for index in rows.indices where rows[index] < rows[shortest] { shortest = index }
      lanes[shortest].sequences.append(sequence)
      rows[shortest] += sequence.rows
    }
  }

  private static func run(
    _ lane: Lane, objective: some TrainingObjective, totals: StepTotals, kernels: any Kernels, chunkRows: Int
  ) {
    lane.sums = ObjectiveSums()
    lane.failure = nil
    lane.gradients.pointer.update(repeating: 0, count: lane.gradients.count)
    var chunk: [TrainingSequence] = []
    var packed = PackedSequences()
    func flush() throws {
      guard !chunk.isEmpty else { return }
      let outputs = try lane.transformer.forward(packed)
      lane.sums += objective.gradient(
        overwriting: outputs, for: chunk, totals: totals, kernels: kernels, scratch: lane.scratch)
      lane.transformer.backward(into: lane.gradients)
      chunk.removeAll(keepingCapacity: true)
      packed.removeAll()
    }
    do {
      for sequence in lane.sequences {
        if packed.rows + sequence.rows > chunkRows { try flush() }
        chunk.append(sequence)
        packed.append(sequence.tokens)
      }
      try flush()
    } catch { lane.failure = error }
  }
}
