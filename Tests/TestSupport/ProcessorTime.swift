import Foundation

/// This thread's processor time in seconds in the fastest of five runs of `body`: pauses of the machine don't count.
public func leastProcessorSeconds(of body: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
  return try (0..<5).map { _ in
    let start = now()
    try body()
    return now() - start
  }.min() ?? 0
}
