extension PlanAutomaton.State {
  /// Moves to where `token`, an allowed one, leads.
  mutating func consume(_ token: PlanToken) {
    switch vocabulary.meaning(of: token) {
    case .digit(let value):
      number.append(digit: value)
      walkNumber(token)
    case .minus:
      number.appendMinus()
      walkNumber(token)
    case .comma:
      walk(token)
    case .symbol(let name):
      endNumber()
      terms.append(.symbol(name))
      if place == .output { finishStep() } else { walk(token) }
    case .arrow:
      endNumber()
      place = .output
    case .open:
      endNumber()
      openBlock()
    case .close:
      endStepInNumber()
      closeBlock()
    case .otherwise:
      endStepInNumber()
      frames[frames.count - 1].enterFalseArm(menu: menu)
      menu = frames[frames.count - 1].branchMenu ?? menu
    case .head:
      endStepInNumber()
      beginStep(token)
    case .start, .padding, nil:
      preconditionFailure("never allowed")
    }
  }

  private mutating func walkNumber(_ token: PlanToken) {
    guard case .arguments(let node, _) = place else { return }
    if menu.nodes[Int(node)].afterInteger >= 0 {
      place = .arguments(node, inFreeInteger: true)
    } else if let child = menu.child(of: node, by: token) {
      place = .arguments(child, inFreeInteger: false)
    }
  }

  /// Follows the edge of a token that is no digit.
  private mutating func walk(_ token: PlanToken) {
    endNumber()
    guard case .arguments(let node, let inFreeInteger) = place else { return }
    let here = inFreeInteger ? menu.nodes[Int(node)].afterInteger : node
    guard let child = menu.child(of: here, by: token) else { return }
    place = .arguments(child, inFreeInteger: false)
    finishIfNothingFollows(child)
  }

  private mutating func beginStep(_ token: PlanToken) {
    head = tables.headIndices[token.index]
    terms = []
    nodesLeft -= 1
    costAfterStep = costAfterStep(of: tables.heads[head].kind, menu: menu)
    place = .arguments(menu.roots[head], inFreeInteger: false)
    finishIfNothingFollows(menu.roots[head])
  }

  /// Finishes a step whose last token is no digit as soon as it has come.
  private mutating func finishIfNothingFollows(_ node: Int32) {
    let info = tables.heads[head]
    guard menu.nodes[Int(node)].isEnd, info.entry.output == nil, info.kind != .subgoal, info.kind != .branch else {
      return
    }
    finishStep()
  }

  private mutating func endNumber() {
    guard !number.isEmpty else { return }
    terms.append(number.term)
    number = PartialNumber()
  }

  private mutating func endStepInNumber() {
    guard !number.isEmpty else { return }
    endNumber()
    finishStep()
  }

  /// The step being read as if it ended here.
  var step: PlanNode {
    let info = tables.heads[head]
    var inputs = terms
    if !number.isEmpty { inputs.append(number.term) }
    let output = info.entry.output == nil ? nil : inputs.popLast()
    let call = PlanCall(info.entry.name, inputs)
    return switch info.kind {
    case .assertion: .assertion(call)
    case .action: .action(call, output: output)
    default: .terminal(call)
    }
  }

  private mutating func finishStep() {
    let step = step
    if case .action(let call, let output) = step {
      menu = nextMenu ?? StepMenu(menu.feasibility.applying(call, output: output), tables)
    }
    append(step, endsPath: step.kind == .terminal)
  }

  private mutating func append(_ step: PlanNode, endsPath: Bool) {
    frames[frames.count - 1].steps.append(step)
    frames[frames.count - 1].hasEnded = endsPath
    finishedStepCount += 1
    place = .boundary
  }

  private mutating func openBlock() {
    let info = tables.heads[head]
    let call = PlanCall(info.entry.name, terms)
    frames.append(AutomatonFrame(info.kind, call, in: frames[frames.count - 1], menu: menu))
    place = .boundary
  }

  private mutating func closeBlock() {
    let frame = frames.removeLast()
    switch frame.kind {
    case .goal:
      tree = PlanTree(goal: frame.call, steps: frame.steps)
      place = .complete
    case .subgoal:
      append(.subgoal(frame.call, steps: frame.steps), endsPath: false)
    case .whenTrue, .whenFalse:
      guard let other = frame.whenTrue else { preconditionFailure("'}' closes a false arm") }
      if frame.hasEnded {
        menu = other.menu
      } else if !other.hasEnded {
        menu = StepMenu(JoinedFeasibility(first: other.menu.feasibility, second: menu.feasibility), tables)
      }
      append(
        .branch(frame.call, whenTrue: other.steps, whenFalse: frame.steps),
        endsPath: frame.hasEnded && other.hasEnded)
    }
  }
}
