import Tensors

/// A load that does not wait for its answers: request k is due at start + k / rate, and its latency runs from there.
///
/// A closed loop asks the next question when the last was answered, so a stalled server is asked little and looks fast
/// (coordinated omission). Here a stall makes every request that falls into it late.
public struct OpenLoop: Sendable {
  /// Seconds on a clock that never goes back.
  public let now: @Sendable () -> Double
  /// Returns when the clock has reached the given time, or a little later.
  public let sleep: @Sendable (_ until: Double) -> Void

  public init(now: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (_ until: Double) -> Void) {
    self.now = now
    self.sleep = sleep
  }

  /// Sends `count` requests, as many at once as the pool has threads.
  ///
  /// - Parameter answer: Answers request `index`; `isLate` says whether its time is over. Returns whether it succeeded.
  /// - Returns: Milliseconds from the time each was due, in order; +∞ for what failed or came after `timeoutMilliseconds`.
  public func latencies(
    _ count: Int, perSecond rate: Double, timeoutMilliseconds: Double, on pool: ThreadPool,
    answer: @escaping @Sendable (_ index: Int, _ isLate: @escaping @Sendable () -> Bool) -> Bool
  ) -> [Double] {
    precondition(rate > 0 && timeoutMilliseconds > 0, "requests come, and may take time")
    let start = now()
    let now = now
    return [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      // SAFETY: each index is written once, by one thread, before `forEach` returns.
      nonisolated(unsafe) let slots = buffer
      pool.forEach(count) { index in
        let due = start + Double(index) / rate
        if now() < due { sleep(due) }
        let end = due + timeoutMilliseconds / 1e3
        let succeeded = answer(index) { now() > end }
        let milliseconds = (now() - due) * 1e3
        slots.initializeElement(
          at: index, to: succeeded && milliseconds <= timeoutMilliseconds ? max(0, milliseconds) : .infinity)
      }
      initialized = count
    }
  }
}
