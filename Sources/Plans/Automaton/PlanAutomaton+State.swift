extension PlanAutomaton {
  /// A place in a plan being generated: what may come next and what is finished. A value; copies are independent.
  public struct State: Sendable {
    /// The tokens that may come next; empty once the plan is complete.
    public internal(set) var allowed = TokenSet()
    /// Tokens that the budget still admits.
    public internal(set) var tokensLeft: Int
    /// Nodes that the limits still admit.
    public internal(set) var nodesLeft: Int
    /// Steps finished so far, at any depth: grows by one with each.
    public internal(set) var finishedStepCount = 0
    /// The whole plan, once it is complete.
    public internal(set) var tree: PlanTree?

    let tables: AutomatonTables
    /// Open blocks, the goal's first.
    var frames: [AutomatonFrame]
    /// The latent state after the finished steps.
    var menu: StepMenu
    /// The latent state if the step being read ended here.
    var nextMenu: StepMenu?
    var place = Place.boundary
    /// The step being read: its head, by position in the tables, and its terms.
    var head = 0
    var terms: [PlanTerm] = []
    var number = PartialNumber()
    /// What follows the last token of the step being read.
    var costAfterStep = CompletionCost(0)

    /// Where in a step the next token stands.
    enum Place: Sendable, Hashable {
      /// Before a head, `}` or `else`.
      case boundary
      /// At a node of the menu's trie; `inFreeInteger` while the digits of a free integer are read there.
      case arguments(Int32, inFreeInteger: Bool)
      /// After `->`.
      case output
      case complete
    }

    init(goal: PlanCall, feasibility: any Feasibility, tables: AutomatonTables) {
      self.tables = tables
      tokensLeft = tables.limits.tokenBudget
      nodesLeft = tables.limits.maximumNodes - 1
      frames = [AutomatonFrame(goal: goal, terminalCost: tables.terminalCost)]
      menu = StepMenu(feasibility, tables)
      updateAllowed()
    }

    /// The only token that may come next, or `nil`: emitting it takes no model.
    public var forced: PlanToken? { allowed.single }

    /// Whether the goal's `}` was emitted.
    public var isComplete: Bool { place == .complete }

    /// The vocabulary that the state's tokens belong to.
    public var vocabulary: PlanVocabulary { tables.vocabulary }

    /// The latent state after the finished steps.
    public var feasibility: any Feasibility { menu.feasibility }

    /// Finished nodes in emission order, at the root and in open subgoals; a closed subgoal is one node.
    ///
    /// A step is finished when the token after it arrives if it ends in an integer, else at once. Steps inside an
    /// open branch are left out until the branch closes: they lie on one of two paths.
    public var finishedSteps: [PlanNode] {
      if let tree { return tree.steps }
      var steps: [PlanNode] = []
      for frame in frames {
        if frame.kind == .whenTrue || frame.kind == .whenFalse { break }
        steps += frame.steps
      }
      return steps
    }

    /// Emits `token`. Throws `PlanError.tokenNotAllowed`, leaving the state as it was.
    ///
    /// Cost: O(allowed tokens), and where a step may end, the making of the next latent state's menu.
    public mutating func advance(_ token: PlanToken) throws {
      guard allowed.contains(token) else {
        throw PlanError.tokenNotAllowed(
          got: vocabulary.text(of: token), allowed: allowed.map { vocabulary.text(of: $0) })
      }
      consume(token)
      tokensLeft -= 1
      updateAllowed()
    }
  }
}
