/// A block whose `}` has not come yet, with what closing it will take.
struct AutomatonFrame: Sendable {
  enum Kind: Sendable { case goal, subgoal, whenTrue, whenFalse }

  private(set) var kind: Kind
  let call: PlanCall
  /// Finished steps of this block.
  var steps: [PlanNode] = []
  /// Whether the path has ended in this block: its last step is a terminal or a branch that ends in both arms.
  var hasEnded = false
  /// Whether terminals may stand here: not inside a subgoal.
  let admitsTerminals: Bool

  /// What follows the closing `}` of this frame's node: if the path goes on, and if it has ended there.
  private let afterOpenPath: CompletionCost
  private let afterEndedPath: CompletionCost
  private let terminalCost: CompletionCost
  /// The latent state where the branch was entered; the false arm starts from it.
  let branchMenu: StepMenu?
  /// The true arm, once it is closed.
  private(set) var whenTrue: (steps: [PlanNode], hasEnded: Bool, menu: StepMenu)?

  /// The block of the goal.
  init(goal: PlanCall, terminalCost: CompletionCost) {
    kind = .goal
    call = goal
    admitsTerminals = true
    afterOpenPath = .impossible  // a plan does not end without a terminal
    afterEndedPath = CompletionCost(0)
    self.terminalCost = terminalCost
    branchMenu = nil
  }

  /// The block of a subgoal, or the true arm of a branch, inside `parent`.
  init(_ kind: PlanNodeKind, _ call: PlanCall, in parent: AutomatonFrame, menu: StepMenu) {
    self.kind = kind == .subgoal ? .subgoal : .whenTrue
    self.call = call
    admitsTerminals = kind != .subgoal && parent.admitsTerminals
    afterOpenPath = parent.closingCost(ended: false)
    afterEndedPath = parent.closingCost(ended: true)
    terminalCost = admitsTerminals ? parent.terminalCost : .impossible
    branchMenu = menu
  }

  /// Turns the true arm of a branch, closed in state `menu`, into its false arm.
  mutating func enterFalseArm(menu: StepMenu) {
    whenTrue = (steps, hasEnded, menu)
    kind = .whenFalse
    steps = []
    hasEnded = false
  }

  /// Whether a block may close: all but the goal's need a step; the goal's needs its path to have ended.
  var canClose: Bool { hasEnded || (kind != .goal && !steps.isEmpty) }

  /// The cheapest way to close this and all outer blocks once the block holds a step.
  func closingCost(ended: Bool) -> CompletionCost {
    let atOnce = costOfClosingNow(ended: ended)
    if ended || !admitsTerminals { return atOnce }
    return min(atOnce, terminalCost + costOfClosingNow(ended: true))
  }

  /// The cost if the next token is this block's `}` or `else`.
  func costOfClosingNow(ended: Bool) -> CompletionCost {
    switch kind {
    case .goal: (ended ? afterEndedPath : afterOpenPath) + 1
    case .subgoal: afterOpenPath + 1
    case .whenTrue: falseArmCost(trueArmHasEnded: ended)
    case .whenFalse: (ended && whenTrue?.hasEnded == true ? afterEndedPath : afterOpenPath) + 1
    }
  }

  /// The cheapest way on from the `{` of this frame's block, where steps cost `stepCost`.
  func openingCost(stepCost: CompletionCost) -> CompletionCost {
    let withStep = stepCost + closingCost(ended: false)
    return admitsTerminals ? min(withStep, terminalCost + closingCost(ended: true)) : withStep
  }

  /// The cost of `else`, a step in the false arm, `}` and what follows.
  private func falseArmCost(trueArmHasEnded: Bool) -> CompletionCost {
    let withStep = (branchMenu?.stepCost ?? .impossible) + afterOpenPath
    let withTerminal = terminalCost + (trueArmHasEnded ? afterEndedPath : afterOpenPath)
    return min(withStep, withTerminal) + 2
  }
}
