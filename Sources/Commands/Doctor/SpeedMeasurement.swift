import Tensors

/// How fast this machine multiplies matrices now, in GFLOP/s. On a shared machine single numbers are off by 20 % and
/// more.
struct SpeedMeasurement {
  /// The shape measured: rows and columns of square matrices.
  static let size = 1024
  /// Seconds per figure.
  static let duration = 0.25

  /// Products with the kernels in use, by all threads together.
  let product: Double
  /// Fused multiply-adds in single precision, the most that the processor can do.
  let peak: Double

  init(_ machine: Machine, clock: () -> Double) {
    // Alternating, and the better of two each: other processes can only slow a measurement down.
    let rounds = (0..<2).map { _ in
      (
        Self.productRate(machine, clock: clock),
        PeakMeasurement.fusedMultiplyAddRate(threads: machine.pool.threads, seconds: Self.duration)
      )
    }
    product = rounds.map(\.0).max() ?? 0
    // Measured while others were busy, it can come out below what was just done; it cannot be below that.
    peak = max(rounds.map(\.1).max() ?? 0, product)
  }

  private static func productRate(_ machine: Machine, clock: () -> Double) -> Double {
    let team = KernelTeam(kernels: machine.kernels, pool: machine.pool)
    let (a, b, c) = (FloatBuffer(count: size * size), FloatBuffer(count: size * size), FloatBuffer(count: size * size))
    let packed = PackedMatrix()
    a.fill(0.5)
    b.fill(0.25)
    func once() {
      team.product(
        MatrixView(a.pointer, stride: size), MatrixView(b.pointer, stride: size).transposed,
        RowsView(c.pointer, stride: size), m: size, n: size, k: size, beta: 0, format: .float32, scratch: packed)
    }
    once()  // wakes the threads and touches the memory
    let start = clock()
    var count = 0
    repeat {
      once()
      count += 1
    } while clock() - start < duration
    let operations = 2 * Double(size) * Double(size) * Double(size) * Double(count)
    return operations / (clock() - start) / 1e9
  }
}
