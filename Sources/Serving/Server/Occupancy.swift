import Synchronization

/// What all clients together hold of the server; nothing in it grows without bound.
final class Occupancy: Sendable {
  private struct Counts {
    var connections = 0
    var bodyBytes = 0
    var plans = 0
  }

  private let counts = Mutex(Counts())
  private let limits: ServingLimits

  init(_ limits: ServingLimits) { self.limits = limits }

  /// Requests that plan or wait for a worker.
  var plans: Int { counts.withLock { $0.plans } }

  /// Open connections.
  var connections: Int { counts.withLock { $0.connections } }

  /// False, and nothing taken, if there are as many as may be.
  func openConnection() -> Bool { take(\.connections, 1, atMost: limits.connectionCount) }

  func closeConnection() { counts.withLock { $0.connections -= 1 } }

  func reserveBody(_ byteCount: Int) -> Bool { take(\.bodyBytes, byteCount, atMost: limits.pendingBodyByteCount) }

  func releaseBody(_ byteCount: Int) { counts.withLock { $0.bodyBytes -= byteCount } }

  /// Whether one more plan would be refused.
  var isFull: Bool { plans >= limits.workers + limits.queueLength }

  func beginPlan() -> Bool { take(\.plans, 1, atMost: limits.workers + limits.queueLength) }

  func endPlan() { counts.withLock { $0.plans -= 1 } }

  private func take(_ count: WritableKeyPath<Counts, Int> & Sendable, _ amount: Int, atMost limit: Int) -> Bool {
    counts.withLock {
      guard $0[keyPath: count] + amount <= limit else { return false }
      $0[keyPath: count] += amount
      return true
    }
  }
}
