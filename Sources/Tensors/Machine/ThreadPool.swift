import CKernels

/// Runs independent pieces of work on up to `threads` threads, the caller being one of them.
///
/// A value: the worker threads belong to the process, are created on first need and sleep when idle. Which thread
/// runs which index is not determined, so pieces must not depend on it.
public struct ThreadPool: Equatable, Sendable {
  public let threads: Int

  /// Traps unless `threads` is positive.
  public init(threads: Int) {
    precondition(threads >= 1, "a pool has at least one thread")
    self.threads = threads
  }

  /// Calls `body` once for each index in `0..<count` and returns when all calls have returned.
  ///
  /// A call from inside a body, or while another thread's call is under way, runs on the calling thread alone. Costs a
  /// few microseconds, tens if the workers were asleep.
  public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    precondition(count >= 0, "nothing runs a negative number of times")
    guard count > 1, threads > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: body) { pointer in
        // SAFETY: `ck_parallel` returns after the last call of the body, so the pointer outlives every use; it is
        // only read.
        let context = UnsafeMutableRawPointer(mutating: UnsafeRawPointer(pointer))
        ck_parallel(
          count, threads,
          { context, index in
            context.assumingMemoryBound(to: (@Sendable (Int) -> Void).self).pointee(index)
          }, context)
      }
    }
  }

  /// Calls `body` once for each part of each phase; a phase begins when all calls of the one before have returned.
  ///
  /// For many short phases: passing from one to the next costs a fraction of a microsecond.
  ///
  /// - Parameters:
  ///   - ends: For each phase, the parts up to and with it.
  ///   - body: May be kept by the caller from call to call, and this one then allocates nothing.
  public func forEachPhase(
    _ ends: UnsafeBufferPointer<Int>, _ body: @escaping @Sendable (_ phase: Int, _ part: Int) -> Void
  ) {
    guard let first = ends.baseAddress else { return }
    // In a struct: as a value of its own the closure would be wrapped, and the wrapper allocated, for generic code.
    withUnsafePointer(to: PhaseBody(run: body)) { pointer in
      // SAFETY: as in `forEach`.
      let context = UnsafeMutableRawPointer(mutating: UnsafeRawPointer(pointer))
      ck_parallel_phases(
        first, ends.count, threads,
        { context, phase, part in
          context.assumingMemoryBound(to: PhaseBody.self).pointee.run(phase, part)
        }, context)
    }
  }

  private struct PhaseBody {
    let run: @Sendable (Int, Int) -> Void
  }
}
