/// What a node token names: a node type and a name, `action:add`.
public struct PlanHead: Hashable, Sendable {
  public let kind: PlanNodeKind
  public let name: String

  public init(_ kind: PlanNodeKind, _ name: String) {
    self.kind = kind
    self.name = name
  }
}

extension PlanHead: CustomStringConvertible {
  /// The piece that stands for the head in a vocabulary.
  public var description: String { "\(kind.rawValue):\(name)" }
}

extension PlanSignature {
  /// Every head of the signature, goals included.
  public var heads: Set<PlanHead> { Set(entries.map { PlanHead($0.kind, $0.name) }) }

  /// The heads of the given node types.
  public func heads(of kinds: PlanNodeKind...) -> Set<PlanHead> { heads.filter { kinds.contains($0.kind) } }
}
