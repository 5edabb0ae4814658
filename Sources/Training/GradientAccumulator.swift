import Reasoner
import Tensors

/// Computes one optimizer step's gradient, chunk by chunk: memory is that of one chunk, whatever the size of the batch.
///
/// Sequences are taken in order, so the result depends on them and on `chunkRows`, never on the number of threads.
public final class GradientAccumulator {
  /// The sum over the sequences of the last `compute`, laid out like the weights.
  public let gradients: FloatBuffer
  private let transformer: Transformer
  private let team: KernelTeam
  private let chunkRows: Int
  private var packed = PackedSequences()
  /// Σ g² of each block.
  private let blockSums: DoubleBuffer

  /// Elements of one block of element-wise work; fixed, so that splitting never depends on threads.
  static let blockSize = 1 << 16

  /// - Parameters:
  ///   - format: What products multiply.
  ///   - recomputes: Whether layers run forward again before they run backward, to need less memory.
  ///   - chunkRows: Rows that are run together; a longer sequence is a chunk of its own.
  public init(
    _ weights: Weights, team: KernelTeam, format: ProductFormat = .float32, recomputes: Bool = false,
    chunkRows: Int = 1024
  ) {
    precondition(chunkRows > 0)
    transformer = Transformer(weights, team: team, format: format, recomputes: recomputes)
    self.team = team
    self.chunkRows = chunkRows
    gradients = FloatBuffer(count: weights.layout.count)
    blockSums = DoubleBuffer(count: (weights.layout.count + Self.blockSize - 1) / Self.blockSize)
  }

  /// Replaces `gradients` by the gradient of the batch's loss.
  ///
  /// - Returns: The batch's sums, and how many rows it has.
  public func compute(_ batch: some SignalBatch) throws -> (sums: SignalSums, rows: Int) {
    var sums = SignalSums()
    var rowsDone = 0
    func flush() throws {
      guard packed.rows > 0 else { return }
      try transformer.forward(packed)
      let isFirst = rowsDone == 0
      for rows in transformer.outputChunks {
        sums += batch.gradient(
          overwriting: transformer.outputs(of: rows), rows: rowsDone + rows.lowerBound..<rowsDone + rows.upperBound,
          team: team)
        transformer.backwardOutputs(of: rows, into: gradients, accumulating: !isFirst)
      }
      transformer.backward(into: gradients, accumulating: !isFirst)
      rowsDone += packed.rows
      packed.removeAll()
    }
    for sequence in 0..<batch.sequenceCount {
      let tokens = batch.tokens(of: sequence)
      if packed.rows + tokens.count > chunkRows { try flush() }
      packed.append(tokens)
    }
    try flush()
    if rowsDone == 0 { gradients.fill(0) }
    return (sums, rowsDone)
  }

  /// √Σ g² of `gradients`; block sums are added in block order.
  public func gradientNorm() -> Double {
    let (kernels, gradients, sums) = (team.kernels, gradients, blockSums)
    team.pool.forEach(sums.count) { block in
      let start = block * Self.blockSize
      sums.pointer[block] = kernels.sumOfSquares(
        gradients.pointer + start, count: min(Self.blockSize, gradients.count - start))
    }
    var total = 0.0
    for block in 0..<sums.count { total += sums.pointer[block] }
    return total.squareRoot()
  }
}
