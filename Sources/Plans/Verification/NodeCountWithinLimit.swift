/// A plan has at most so many nodes: the guard against loop emission.
///
/// Finding: at the root, if there are more, the goal included.
public struct NodeCountWithinLimit: PlanRule {
  public let name = "node_count_within_limit"
  public let maximumNodes: Int

  public init(maximumNodes: Int) { self.maximumNodes = maximumNodes }

  public func findings(in tree: PlanTree) -> [PlanFinding] {
    let count = tree.nodeCount
    guard count > maximumNodes else { return [] }
    return [PlanFinding(PlanPath(), rule: name, "\(count) nodes exceed the limit of \(maximumNodes)")]
  }
}
