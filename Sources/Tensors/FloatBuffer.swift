import CKernels
import Glibc

/// A fixed number of floats at a 64-byte boundary, zero at first; huge pages are advised from 2 MiB up.
///
/// Sendable because it is memory, not a variable: two threads may use disjoint parts of it at once, as kernels whose
/// work was split by rows do, and it is the callers that keep parts disjoint while anything writes. Its address and
/// count never change.
public final class FloatBuffer: @unchecked Sendable {
  /// Number of floats.
  public let count: Int
  /// The first float; valid while this object lives. Also valid (but not to be read) when `count` is 0.
  public let pointer: UnsafeMutablePointer<Float>

  /// Allocates `count` zeros. Traps if `count` is negative or memory is exhausted.
  public init(count: Int) {
    precondition(count >= 0, "a buffer has no negative count")
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflow, let memory = ck_allocate(bytes) else { preconditionFailure("no memory for \(count) floats") }
    // SAFETY: the block holds `bytes` bytes aligned for Float, is owned by this object alone and freed in deinit only.
    self.pointer = memory.bindMemory(to: Float.self, capacity: count)
    self.count = count
  }

  /// Copies `values`.
  public convenience init(_ values: [Float]) {
    self.init(count: values.count)
    // SAFETY: both sides hold `values.count` floats and the block is fresh, so they cannot overlap.
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.update(from: base, count: values.count) }
    }
  }

  deinit { free(pointer) }

  /// Blocks of numbers that this process has allocated so far, the kernels' own among them: what a warm loop must leave
  /// unchanged.
  package static var allocationCount: Int { ck_allocation_count() }

  /// The floats as a collection.
  public var values: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }

  /// A copy as an array.
  public var array: [Float] { Array(values) }

  /// Element `index`; traps outside `0..<count`.
  public subscript(index: Int) -> Float {
    get { pointer[checked(index)] }
    set { pointer[checked(index)] = newValue }
  }

  /// The address of element `offset`; traps unless `0...count` contains it.
  public func at(_ offset: Int) -> UnsafeMutablePointer<Float> {
    precondition(offset >= 0 && offset <= count, "offset \(offset) is outside 0...\(count)")
    return pointer + offset
  }

  /// Sets every float to `value`.
  public func fill(_ value: Float) { pointer.update(repeating: value, count: count) }

  private func checked(_ index: Int) -> Int {
    precondition(index >= 0 && index < count, "index \(index) is outside 0..<\(count)")
    return index
  }
}
