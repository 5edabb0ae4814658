/// Token sequences laid end to end without padding: rows of every activation are tokens, and attention stays inside a
/// sequence.
public struct PackedSequences: Sendable {
  /// N token ids.
  public private(set) var tokens: [Int32] = []
  /// Position of each token within its sequence (N).
  public private(set) var positions: [Int32] = []
  /// Row at which each sequence starts, and N at the end (sequences + 1).
  public private(set) var starts: [Int] = [0]

  public init() {}

  public var rows: Int { tokens.count }
  public var sequenceCount: Int { starts.count - 1 }

  public mutating func append(_ sequence: some Collection<Int32>) {
    tokens.append(contentsOf: sequence)
    positions.append(contentsOf: (0..<sequence.count).map(Int32.init))
    starts.append(tokens.count)
  }

  public mutating func removeAll() {
    tokens.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
  }
}
