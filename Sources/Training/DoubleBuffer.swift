/// A fixed number of doubles, one for each piece of work, written by whichever thread has the piece.
///
/// Sendable as `FloatBuffer` is: one thread writes one element.
final class DoubleBuffer: @unchecked Sendable {
  let count: Int
  /// Zero at first.
  let pointer: UnsafeMutablePointer<Double>

  init(count: Int) {
    self.count = count
    pointer = .allocate(capacity: count)
    pointer.initialize(repeating: 0, count: count)
  }

  deinit { pointer.deallocate() }
}
