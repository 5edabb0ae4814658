/// What the shortest completion of a state still takes: tokens, and nodes among the shortest.
struct CompletionCost: Hashable, Comparable, Sendable {
  var tokens: Int
  var nodes: Int

  init(_ tokens: Int, nodes: Int = 0) {
    self.tokens = tokens
    self.nodes = nodes
  }

  /// No completion. Small enough that a sum of several does not overflow.
  static let impossible = CompletionCost(1 << 40)

  static func + (left: CompletionCost, right: CompletionCost) -> CompletionCost {
    CompletionCost(left.tokens + right.tokens, nodes: left.nodes + right.nodes)
  }

  static func + (left: CompletionCost, tokens: Int) -> CompletionCost {
    CompletionCost(left.tokens + tokens, nodes: left.nodes)
  }

  static func < (left: CompletionCost, right: CompletionCost) -> Bool {
    left.tokens != right.tokens ? left.tokens < right.tokens : left.nodes < right.nodes
  }
}
