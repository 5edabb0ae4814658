/// A set of tokens as a bitset without heap storage: the mask of one automaton state.
///
/// Holds ids below `capacity`; iteration ascends. All operations are O(1) except iteration, O(count).
public struct TokenSet: Hashable, Sendable {
  /// Ids lie in `0..<capacity`; `PlanVocabulary` is never larger.
  public static let capacity = 256

  /// Bit `i` of word `w` stands for token `64·w + i`.
  public private(set) var words: SIMD4<UInt64> = .zero

  public init() {}

  public init(_ tokens: some Sequence<PlanToken>) {
    for token in tokens { insert(token) }
  }

  /// Traps if the id is not below `capacity`.
  public mutating func insert(_ token: PlanToken) { words[token.index >> 6] |= 1 << UInt64(token.index & 63) }

  public func contains(_ token: PlanToken) -> Bool {
    token.index < Self.capacity && words[token.index >> 6] & (1 << UInt64(token.index & 63)) != 0
  }

  public mutating func formUnion(_ other: TokenSet) { words |= other.words }

  public var isEmpty: Bool { words == .zero }

  public var count: Int {
    words[0].nonzeroBitCount + words[1].nonzeroBitCount + words[2].nonzeroBitCount + words[3].nonzeroBitCount
  }

  /// The only member, or `nil` if there are none or several.
  public var single: PlanToken? {
    guard count == 1 else { return nil }
    return first { _ in true }
  }
}

extension TokenSet: Sequence {
  public struct Iterator: IteratorProtocol {
    var words: SIMD4<UInt64>
    var word = 0

    public mutating func next() -> PlanToken? {
      while word < 4 {
        let bits = words[word]
        if bits != 0 {
          words[word] = bits & (bits &- 1)
          return PlanToken(rawValue: UInt16(word << 6 + bits.trailingZeroBitCount))
        }
        word += 1
      }
      return nil
    }
  }

  public func makeIterator() -> Iterator { Iterator(words: words) }

  public var underestimatedCount: Int { count }
}
