import Testing

/// Floats between guard words, at an address that is no multiple of a vector: for kernels that write too far or assume
/// alignment.
final class GuardedFloats {
  let count: Int
  private let storage: UnsafeMutablePointer<Float>
  private static let guardWords = 17
  private static let sentinel = Float(bitPattern: 0x7FC0_BEEF)

  init(_ values: [Float]) {
    count = values.count
    storage = .allocate(capacity: values.count + 2 * Self.guardWords)
    storage.initialize(repeating: Self.sentinel, count: values.count + 2 * Self.guardWords)
    for (index, value) in values.enumerated() { storage[Self.guardWords + index] = value }
  }

  /// `count` NaNs: an output that is read before it is written spoils the result.
  convenience init(unwritten count: Int) { self.init([Float](repeating: .nan, count: count)) }

  deinit { storage.deallocate() }

  var pointer: UnsafeMutablePointer<Float> { storage + Self.guardWords }

  /// Whether every guard word still has its bits.
  var isIntact: Bool {
    (0..<Self.guardWords).allSatisfy {
      storage[$0].bitPattern == Self.sentinel.bitPattern
        && storage[Self.guardWords + count + $0].bitPattern == Self.sentinel.bitPattern
    }
  }

  /// The floats, after checking the guards.
  func checked(sourceLocation: SourceLocation = #_sourceLocation) -> [Float] {
    #expect(isIntact, "a guard word was overwritten", sourceLocation: sourceLocation)
    return (0..<count).map { pointer[$0] }
  }
}

@Suite struct GuardedFloatsTests {
  @Test func isIntact_rejectsOneWordTooFar() {
    let floats = GuardedFloats([1, 2, 3])
    #expect(floats.isIntact)
    floats.pointer[3] = 0
    #expect(!floats.isIntact)
  }
}
