/// A name applied to latent tokens: `add(37,45)`.
public struct PlanCall: Hashable, Sendable {
  /// `[a-z][a-z0-9_]*`, at most 64 characters.
  public var name: String
  public var arguments: [PlanTerm]

  public init(_ name: String, _ arguments: [PlanTerm] = []) {
    self.name = name
    self.arguments = arguments
  }
}

/// One step of a plan. Only a branch has arms; a terminal has no children; nothing has a parent pointer.
public indirect enum PlanNode: Hashable, Sendable {
  /// A fact claimed about the latent state; changes nothing.
  case assertion(PlanCall)
  /// A goal on the way, reached when its steps have been taken in order.
  case subgoal(PlanCall, steps: [PlanNode])
  /// A claim that an action should occur and, where its signature has an output, what it yields.
  case action(PlanCall, output: PlanTerm?)
  /// Chooses one arm by a condition evaluated when the node is reached.
  case branch(PlanCall, whenTrue: [PlanNode], whenFalse: [PlanNode])
  /// Ends the plan with an outcome.
  case terminal(PlanCall)

  public var kind: PlanNodeKind {
    switch self {
    case .assertion: .assertion
    case .subgoal: .subgoal
    case .action: .action
    case .branch: .branch
    case .terminal: .terminal
    }
  }
}

/// The node types of the plan grammar.
public enum PlanNodeKind: String, CaseIterable, Hashable, Sendable {
  case goal, assertion, subgoal, action, branch, terminal
}

/// A whole plan: the goal at the root and the steps below it.
///
/// The goal call states the problem in full, so a plan can be judged from its text alone.
public struct PlanTree: Hashable, Sendable {
  public var goal: PlanCall
  public var steps: [PlanNode]

  public init(goal: PlanCall, steps: [PlanNode]) {
    self.goal = goal
    self.steps = steps
  }
}

/// Where a node sits: child indices from the root; a branch's arms count as children 0 (true) and 1 (false).
public struct PlanPath: Hashable, Sendable {
  public var indices: [Int]

  public init(_ indices: [Int] = []) { self.indices = indices }

  public func appending(_ index: Int) -> PlanPath { PlanPath(indices + [index]) }
}

extension PlanPath: CustomStringConvertible {
  /// `/` for the root, `/2/0` for the first child of the third step.
  public var description: String { "/" + indices.map(String.init).joined(separator: "/") }
}
