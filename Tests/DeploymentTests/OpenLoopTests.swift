import Deployment
import Statistics
import Synchronization
import Tensors
import Testing

/// A clock that only sleeping and answering move.
private final class FakeClock: Sendable {
  private let time = Mutex(100.0)

  var loop: OpenLoop {
    OpenLoop(now: { self.time.withLock { $0 } }, sleep: { until in self.time.withLock { $0 = max($0, until) } })
  }

  func advance(milliseconds: Double) { time.withLock { $0 += milliseconds / 1e3 } }
}

@Suite struct OpenLoopTests {
  private let alone = ThreadPool(threads: 1)

  /// Latencies of 200 requests, one every 50 ms, of which each takes what `service` says.
  private func latencies(timeout: Double = 1e5, _ service: @escaping @Sendable (Int) -> Double) -> [Double] {
    let clock = FakeClock()
    return clock.loop.latencies(200, perSecond: 20, timeoutMilliseconds: timeout, on: alone) { index, _ in
      clock.advance(milliseconds: service(index))
      return true
    }
  }

  @Test func latencies_ofAServerWithRoomAreItsServiceTimes() {
    for latency in latencies({ _ in 10 }) { #expect(abs(latency - 10) < 1e-6) }
  }

  /// One stall of 20 s falls on every request that was due meanwhile: the quantile cannot pass.
  @Test func latencies_chargeAStallToAllThatWait() throws {
    let stalled = latencies { $0 == 20 ? 20_000 : 1 }
    #expect(try nearestRankQuantile(0.95, of: stalled) > 10_000)
    // Control: what a closed loop would have reported of the same server.
    let closed = (0..<200).map { $0 == 20 ? 20_000.0 : 1.0 }
    #expect(try nearestRankQuantile(0.95, of: closed) == 1)
  }

  @Test func latencies_countFailuresAndLateAnswersAsInfinite() throws {
    let late = latencies(timeout: 100) { $0 % 10 == 0 ? 120 : 1 }
    #expect(late.count { $0 == .infinity } == 20)
    #expect(try nearestRankQuantile(0.95, of: late) == .infinity)
    let clock = FakeClock()
    let failed = clock.loop.latencies(4, perSecond: 1, timeoutMilliseconds: 10, on: alone) { index, _ in index != 2 }
    #expect(failed == [0, 0, .infinity, 0])
  }

  @Test func latencies_tellTheAnswererWhenItsTimeIsOver() {
    let clock = FakeClock()
    let seen = Mutex<[Bool]>([])
    _ = clock.loop.latencies(1, perSecond: 1, timeoutMilliseconds: 10, on: alone) { _, isLate in
      seen.withLock { $0.append(isLate()) }
      clock.advance(milliseconds: 11)
      seen.withLock { $0.append(isLate()) }
      return true
    }
    #expect(seen.withLock { $0 } == [false, true])
  }

  @Test func latencies_onSeveralThreadsAreInOrder() {
    let clock = FakeClock()
    let all = clock.loop.latencies(500, perSecond: 1e6, timeoutMilliseconds: 1e6, on: ThreadPool(threads: 4)) {
      index, _ in
      index % 2 == 0
    }
    #expect(all.indices.allSatisfy { (all[$0] == .infinity) == ($0 % 2 == 1) })
  }
}
