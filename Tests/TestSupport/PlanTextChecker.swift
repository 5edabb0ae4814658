/// Judges a complete plan from its canonical text alone: the second opinion on the product's verifiers.
///
/// It shares no code with them and imports nothing of the product: it reads the text by itself, writes out every path of
/// the plan as a straight list of steps, and carries out each list on its own. Slow on purpose; a plan with more than
/// `maximumPaths` paths is rejected.
public enum PlanTextChecker {
  static let maximumPaths = 16

  /// Whether the text is a sound and complete plan for the problem that its goal states.
  public static func accepts(_ planText: String) -> Bool { rejection(of: planText) == nil }

  /// Why the plan is rejected, or `nil`.
  public static func rejection(of planText: String) -> String? {
    do {
      var reader = CheckedTextReader(planText)
      let (goal, block) = try reader.plan()
      let game = try CheckedGame(goal)
      try inspect(block, open: [])
      for path in try paths(of: block, inSubgoal: false) { try game.judge(path) }
      return nil
    } catch let rejection as Rejection {
      return rejection.reason
    } catch {
      return "\(error)"
    }
  }

  /// Refuses what is ill-formed whatever it computes.
  private static func inspect(_ block: [CheckedNode], open: [Int]) throws {
    if block.isEmpty { throw Rejection("empty block") }
    for (index, node) in block.enumerated() {
      switch node {
      case .step(.claim) where index > 0 && block[index - 1] == node: throw Rejection("claim repeated")
      case .step: break
      case .subgoal(let claim, let inner):
        if open.contains(claim) { throw Rejection("subgoal within itself") }
        try inspect(inner, open: open + [claim])
      case .branch(let whenTrue, let whenFalse):
        if whenTrue == whenFalse { throw Rejection("equal arms") }
        try inspect(whenTrue, open: open)
        try inspect(whenFalse, open: open)
      }
    }
  }

  /// Every path as a list of straight steps. A subgoal's claim becomes a step after its steps.
  private static func paths(of block: [CheckedNode], inSubgoal: Bool) throws -> [[CheckedStep]] {
    var paths: [[CheckedStep]] = [[]]
    for node in block {
      let continuations: [[CheckedStep]]
      switch node {
      case .step(let step):
        if case .end = step, inSubgoal { throw Rejection("terminal inside a subgoal") }
        continuations = [[step]]
      case .subgoal(let claim, let inner):
        continuations = try Self.paths(of: inner, inSubgoal: true).map { $0 + [.claim(claim)] }
      case .branch(let whenTrue, let whenFalse):
        continuations =
          try Self.paths(of: whenTrue, inSubgoal: inSubgoal) + Self.paths(of: whenFalse, inSubgoal: inSubgoal)
      }
      let ended = paths.filter { $0.last?.isEnd == true }
      let open = paths.filter { $0.last?.isEnd != true }
      if open.isEmpty { throw Rejection("steps after the end") }
      paths = ended + open.flatMap { path in continuations.map { path + $0 } }
      if paths.count > maximumPaths { throw Rejection("too many paths") }
    }
    return paths
  }
}

/// Why a plan is rejected.
struct Rejection: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

/// A step without structure.
enum CheckedStep: Equatable {
  case compute(String, Int, Int, Int)
  case claim(Int)
  case end(String)

  var isEnd: Bool { if case .end = self { true } else { false } }
}

indirect enum CheckedNode: Equatable {
  case step(CheckedStep)
  case subgoal(Int, [CheckedNode])
  case branch([CheckedNode], [CheckedNode])
}

/// Reads canonical plan text: words and numbers between punctuation.
struct CheckedTextReader {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  mutating func plan() throws -> (goal: [String], block: [CheckedNode]) {
    try literal("goal ")
    let goal = try call()
    let block = try block()
    if !rest.isEmpty { throw Rejection("text after the plan") }
    return (goal, block)
  }

  private mutating func block() throws -> [CheckedNode] {
    try literal("{")
    var nodes: [CheckedNode] = []
    while !rest.hasPrefix("}") { nodes.append(try node()) }
    try literal("}")
    return nodes
  }

  private mutating func node() throws -> CheckedNode {
    guard let space = rest.firstIndex(of: " ") else { throw Rejection("no node at '\(rest.prefix(20))'") }
    let kind = rest[..<space]
    rest = rest[rest.index(after: space)...]
    var words = try call()
    switch kind {
    case "action":
      try literal("->")
      let output = try number(String(rest.prefix { $0 != ";" }))
      rest = rest.drop { $0 != ";" }
      try literal(";")
      if words.first == "call" { words.removeFirst() }
      guard words.count == 3, ["add", "sub", "mul", "div"].contains(words[0]) else { throw Rejection("bad action") }
      return .step(.compute(words[0], try number(words[1]), try number(words[2]), output))
    case "assert":
      try literal(";")
      return .step(.claim(try claim(words, "value")))
    case "terminal":
      try literal(";")
      guard words == ["return"] || words == ["unsolvable"] else { throw Rejection("bad terminal") }
      return .step(.end(words[0]))
    case "subgoal":
      return .subgoal(try claim(words, "reach"), try block())
    case "branch":
      _ = try claim(words, "value")
      let whenTrue = try block()
      try literal("else")
      return .branch(whenTrue, try block())
    default:
      throw Rejection("unknown node '\(kind)'")
    }
  }

  /// `name(a,b)` as `["name", "a", "b"]`.
  private mutating func call() throws -> [String] {
    guard let open = rest.firstIndex(of: "("), let close = rest.firstIndex(of: ")"), open < close else {
      throw Rejection("no call at '\(rest.prefix(20))'")
    }
    let arguments = rest[rest.index(after: open)..<close].split(separator: ",").map(String.init)
    defer { rest = rest[rest.index(after: close)...] }
    return [String(rest[..<open])] + arguments
  }

  private mutating func literal(_ text: String) throws {
    guard rest.hasPrefix(text) else { throw Rejection("expected '\(text)' at '\(rest.prefix(20))'") }
    rest = rest.dropFirst(text.count)
  }

  private func claim(_ words: [String], _ name: String) throws -> Int {
    guard words.count == 2, words[0] == name else { throw Rejection("bad claim") }
    return try number(words[1])
  }

  private func number(_ text: String) throws -> Int {
    guard let value = Int(text), String(value) == text else { throw Rejection("'\(text)' is no number") }
    return value
  }
}

/// A problem and the carrying out of straight paths on it.
struct CheckedGame {
  private enum Kind {
    case chain(operations: [(name: String, operand: Int)])
    case numbers(target: Int)
  }
  private let kind: Kind
  /// The running value, or the given numbers.
  private let start: [Int]

  init(_ goal: [String]) throws {
    let words = goal.dropFirst()
    switch goal.first {
    case "evaluate":
      var operations: [(name: String, operand: Int)] = []
      var remaining = words.dropFirst()
      while let name = remaining.popFirst(), let text = remaining.popFirst() {
        guard let operand = Int(text) else { throw Rejection("bad goal") }
        operations.append((name, operand))
      }
      guard let text = words.first, let first = Int(text) else { throw Rejection("bad goal") }
      start = [first]
      kind = .chain(operations: operations)
    case "reach":
      let integers = words.compactMap { Int($0) }
      guard integers.count == 4 else { throw Rejection("bad goal") }
      start = Array(integers.dropFirst())
      kind = .numbers(target: integers[0])
    default: throw Rejection("unknown goal")
    }
  }

  /// Carries out one path and throws at the first step that is wrong.
  func judge(_ path: [CheckedStep]) throws {
    var values = start
    var count = 0
    for step in path {
      switch step {
      case .claim(let value):
        guard values.contains(value) else { throw Rejection("claim \(value) does not hold") }
      case .compute(let name, let x, let y, let z):
        values = try compute(name, x, y, z, step: count, values)
        count += 1
      case .end("return"):
        switch kind {
        case .chain(let operations): guard count == operations.count else { throw Rejection("chain not finished") }
        case .numbers(let target): guard values.contains(target) else { throw Rejection("target not reached") }
        }
        return
      case .end:
        if isSolvable { throw Rejection("solvable") }
        return
      }
    }
    throw Rejection("no end")
  }

  private func compute(_ name: String, _ x: Int, _ y: Int, _ z: Int, step: Int, _ values: [Int]) throws -> [Int] {
    guard try Self.value(name, x, y) == z else { throw Rejection("\(name)(\(x),\(y)) is not \(z)") }
    switch kind {
    case .chain(let operations):
      guard step < operations.count, operations[step].name == name, (0...9999).contains(z) else {
        throw Rejection("not the chain's step \(step)")
      }
      let operands = name == "sub" ? [[x, y]] : [[x, y], [y, x]]
      guard operands.contains([values[0], operations[step].operand]) else { throw Rejection("wrong operands") }
      return [z]
    case .numbers:
      guard (1...9999).contains(z) else { throw Rejection("\(z) out of range") }
      var left = values
      for used in [x, y] {
        guard let index = left.firstIndex(of: used) else { throw Rejection("\(used) not available") }
        left.remove(at: index)
      }
      return left + [z]
    }
  }

  private static func value(_ name: String, _ x: Int, _ y: Int) throws -> Int {
    switch name {
    case "add": return x + y
    case "sub": return x - y
    case "mul": return x * y
    case "div" where y != 0 && x.isMultiple(of: y): return x / y
    default: throw Rejection("\(name)(\(x),\(y)) has no value")
    }
  }

  /// By brute force over the reachable lists of numbers.
  private var isSolvable: Bool {
    switch kind {
    case .chain(let operations):
      var value = start[0]
      for operation in operations {
        guard let next = try? Self.value(operation.name, value, operation.operand), (0...9999).contains(next) else {
          return false
        }
        value = next
      }
      return true
    case .numbers(let target):
      return Self.reaches(target, start)
    }
  }

  private static func reaches(_ target: Int, _ numbers: [Int]) -> Bool {
    if numbers.contains(target) { return true }
    for (i, x) in numbers.enumerated() {
      for (j, y) in numbers.enumerated() where i != j {
        let others = numbers.enumerated().filter { $0.offset != i && $0.offset != j }.map(\.element)
        for name in ["add", "sub", "mul", "div"] {
          guard let z = try? value(name, x, y), (1...9999).contains(z) else { continue }
          if reaches(target, others + [z]) { return true }
        }
      }
    }
    return false
  }
}
