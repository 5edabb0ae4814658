/// New tokens of several sequences, to be run in one call. Keeps its memory when it is emptied.
public struct InferenceBatch {
  /// Tokens after which logits are wanted.
  public enum Outputs: Sendable { case none, last, all }

  /// New tokens of one sequence: `tokens[first..<first + count]`.
  struct Entry {
    let sequence: Int
    let first: Int
    let count: Int
    let outputs: Outputs
  }

  private(set) var tokens: [Int32] = []
  private(set) var entries: [Entry] = []
  /// Rows of logits that a run yields.
  public private(set) var outputCount = 0

  public init() {}

  /// New tokens in all.
  public var tokenCount: Int { tokens.count }

  /// Appends `new` tokens (at least one) to what sequence `sequence` of the cache is to hold. A sequence comes once.
  public mutating func append(_ sequence: Int, tokens new: some Sequence<Int32>, outputs: Outputs = .last) {
    let first = tokens.count
    tokens.append(contentsOf: new)
    let count = tokens.count - first
    precondition(count > 0, "an entry brings at least one token")
    entries.append(Entry(sequence: sequence, first: first, count: count, outputs: outputs))
    switch outputs {
    case .none: break
    case .last: outputCount += 1
    case .all: outputCount += count
    }
  }

  public mutating func removeAll() {
    tokens.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    outputCount = 0
  }
}
