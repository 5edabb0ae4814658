/// The typed vocabulary of one world: which names each node type may use, with what inputs and outputs.
///
/// Entries keep their order: it is the order of the action-feasibility vector and of tokens in a vocabulary.
public struct PlanSignature: Hashable, Sendable {
  /// One name that nodes of `kind` may use.
  public struct Entry: Hashable, Sendable {
    public let kind: PlanNodeKind
    public let name: String
    /// Types of the leading, fixed inputs.
    public let inputs: [TermType]
    /// Types that repeat, as a group, after `inputs`: `[.symbol, .integer]` admits none or more such pairs.
    public let repeating: [TermType]
    /// Type of what the node yields; only actions have one.
    public let output: TermType?

    public init(
      _ kind: PlanNodeKind, _ name: String, inputs: [TermType] = [], repeating: [TermType] = [],
      output: TermType? = nil
    ) {
      self.kind = kind
      self.name = name
      self.inputs = inputs
      self.repeating = repeating
      self.output = output
    }
  }

  public let entries: [Entry]
  /// Names that `.symbol` terms may have, in vocabulary order.
  public let symbols: [String]

  public init(entries: [Entry], symbols: [String]) {
    self.entries = entries
    self.symbols = symbols
  }

  /// The entry for `name` under `kind`, or `nil`. A branch condition is looked up under `.branch`.
  public func entry(_ kind: PlanNodeKind, _ name: String) -> Entry? {
    entries.first { $0.kind == kind && $0.name == name }
  }
}
