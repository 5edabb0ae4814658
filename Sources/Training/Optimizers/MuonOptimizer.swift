import Reasoner
import Synchronization
import Tensors

/// Muon for the matrices of hidden layers, AdamW for embeddings, norms and heads.
///
/// Each matrix is one thread's from momentum to update, so nothing is summed across threads and no product waits for
/// another.
public final class MuonOptimizer: Optimizer {
  public let state: [StateTensor]
  private let settings: MuonSettings
  private let others: AdamWOptimizer
  private let format: ProductFormat
  /// The largest first: whoever is done earlier takes from the small ones.
  private let matrices: [Matrix]
  private let momentum: FloatBuffer
  /// Scratch memory of each thread; made as the first update tells how many there are.
  private var lanes: [NewtonSchulz] = []

  private struct Matrix: Sendable {
    let rows: Int
    let columns: Int
    /// Of the parameters.
    let offset: Int
    let momentumOffset: Int
  }

  /// - Parameter format: What products multiply.
  public init(_ layout: WeightLayout, settings: MuonSettings, others: AdamWSettings, format: ProductFormat) {
    self.settings = settings
    self.format = format
    let hidden = layout.tensors.filter(\.isHiddenMatrix)
    let momentum = FloatBuffer(count: hidden.reduce(0) { $0 + $1.count })
    self.momentum = momentum
    var end = 0
    let matrices = hidden.map { tensor in
      defer { end += tensor.count }
      return Matrix(rows: tensor.shape[0], columns: tensor.shape[1], offset: tensor.offset, momentumOffset: end)
    }
    self.matrices = matrices.sorted { ($1.rows * $1.columns, $0.offset) < ($0.rows * $0.columns, $1.offset) }
    self.others = AdamWOptimizer(layout.tensors.filter { !$0.isHiddenMatrix }, settings: others)
    state =
      zip(hidden, matrices).map {
        StateTensor(name: "momentum_buffer." + $0.name, shape: $0.shape, buffer: momentum, offset: $1.momentumOffset)
      } + self.others.state
  }

  static func bytes(_ layout: WeightLayout, kernels: any Kernels, format: ProductFormat, threads: Int) -> Int {
    let hidden = layout.tensors.filter(\.isHiddenMatrix)
    let scratch = NewtonSchulz.bytes(
      shapes: hidden.map { ($0.shape[0], $0.shape[1]) }, kernels: kernels, format: format)
    return MemoryLayout<Float>.stride * hidden.reduce(0) { $0 + $1.count }
      + AdamWOptimizer.bytes(layout.tensors.filter { !$0.isHiddenMatrix }) + min(threads, hidden.count) * scratch
  }

  public func update(
    _ weights: Weights, gradients: FloatBuffer, rate: Double, gradientScale: Double, step: Int, team: KernelTeam
  ) {
    others.update(
      weights, gradients: gradients, rate: rate, gradientScale: gradientScale, step: step, team: team)
    while lanes.count < min(team.pool.threads, matrices.count) {
      lanes.append(
        NewtonSchulz(shapes: matrices.map { ($0.rows, $0.columns) }, kernels: team.kernels, format: format))
    }
    let (lanes, matrices, settings, kernels) = (lanes, matrices, settings, team.kernels)
    let (parameters, momentum) = (weights.buffer, momentum)
    let next = Atomic(0)
    team.pool.forEach(lanes.count) { lane in
      let work = lanes[lane]
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < matrices.count else { return }
        let matrix = matrices[index]
        let count = matrix.rows * matrix.columns
        let squares = kernels.muonMomentum(
          gradients: gradients.at(matrix.offset), momentum: momentum.at(matrix.momentumOffset),
          update: work.matrix.pointer, count: count, beta: settings.momentum, gradientScale: Float(gradientScale))
        work.orthogonalize(rows: matrix.rows, columns: matrix.columns, sumOfSquares: squares)
        kernels.muonUpdate(
          parameters: parameters.at(matrix.offset), direction: work.matrix.pointer, count: count,
          shrink: Float(rate * Double(settings.weightDecay)),
          step: Float(rate * MuonSettings.step(rows: matrix.rows, columns: matrix.columns)))
      }
    }
  }
}
