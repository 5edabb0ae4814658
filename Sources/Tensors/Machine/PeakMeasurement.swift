import CKernels

/// Measures what this machine can do at most, for comparison with what kernels achieve.
///
/// On a shared machine a single number may be far too low.
public enum PeakMeasurement {
  /// Multiply-add rate in GFLOP/s (two operations each) of `threads` threads together, each running for about `seconds`
  /// the instructions with which the best instruction set multiplies `format`.
  public static func fusedMultiplyAddRate(
    threads: Int, seconds: Double, format: ProductFormat = .float32
  ) -> Double {
    precondition(seconds > 0, "a measurement takes time")
    return sum(threads) { _ in FastKernels.bestTable.pointee.peak(format.code, seconds) }
  }

  /// Reading rate in GB/s of `threads` threads together, each reading its share of `bytes` again and again for about
  /// `seconds`: from a cache, if one holds them.
  public static func readRate(threads: Int, bytes: Int, seconds: Double) -> Double {
    precondition(seconds > 0 && bytes >= 0, "a measurement takes time and memory")
    let share = max(1024, bytes / MemoryLayout<Float>.stride / threads)
    let memory = FloatBuffer(count: share * threads)
    return sum(threads) { FastKernels.bestTable.pointee.read_rate(memory.at($0 * share), share, seconds) }
  }

  private static func sum(_ threads: Int, rate: @Sendable (Int) -> Double) -> Double {
    let rates = FloatBuffer(count: threads)
    ThreadPool(threads: threads).forEach(threads) { rates[$0] = Float(rate($0)) }
    return rates.values.reduce(0) { $0 + Double($1) }
  }
}
