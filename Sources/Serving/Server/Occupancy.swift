import Synchronization

/// How many plans are under way for all clients together.
final class Occupancy: Sendable {
  private let count = Mutex(0)
  private let limits: ServingLimits

  init(_ limits: ServingLimits) { self.limits = limits }

  /// Requests that plan or wait for a worker.
  var plans: Int { count.withLock { $0 } }

  /// Whether one more plan would be refused.
  var isFull: Bool { plans >= limits.workers + limits.queueLength }

  /// False, and nothing taken, if there are as many as may be.
  func beginPlan() -> Bool {
    count.withLock {
      guard $0 < limits.workers + limits.queueLength else { return false }
      $0 += 1
      return true
    }
  }

  func endPlan() { count.withLock { $0 -= 1 } }
}
