/// Measures what this machine can do at most, for comparison with what kernels achieve.
public enum PeakMeasurement {
  /// Single-precision fused multiply-add rate, in GFLOP/s (two operations each), of `threads` threads together, each
  /// running the best instruction set for about `seconds`. On a shared machine a single number may be far too low.
  public static func fusedMultiplyAddRate(threads: Int, seconds: Double) -> Double {
    precondition(seconds > 0, "a measurement takes time")
    let rates = FloatBuffer(count: threads)
    ThreadPool(threads: threads).forEach(threads) { thread in
      rates[thread] = Float(FastKernels.bestTable.pointee.peak(seconds))
    }
    return rates.values.reduce(0) { $0 + Double($1) }
  }
}
