/// Why a text or a goal is no problem of a world.
public enum WorldError: Error, Hashable, Sendable {
  /// `column` counts characters from 1.
  case unreadable(world: WorldKind, text: String, column: Int, expected: String, got: String)
  case notAChain(text: String, column: Int)
  case tooLong(world: WorldKind, length: Int, limit: Int)
  case outOfLimits(world: WorldKind, what: String, value: Int, allowed: ClosedRange<Int>)
  case targetIsGiven(target: Int)
  case wrongGoal(world: WorldKind, goal: String)
}

extension WorldError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let world, let text, let column, let expected, let got):
      """
      \(world.rawValue) problem, column \(column): expected \(expected), got \(got)
      \(Self.pointing(at: column, in: text))
      \(Self.forms(world, column))
      """
    case .notAChain(let text, let column):
      """
      arithmetic problem, column \(column): the right operand is itself an operation; a chain combines the running \
      value with one number at a time
      \(Self.pointing(at: column, in: text))
      Write it like '\(WorldKind.arithmetic.example)'.
      """
    case .tooLong(let world, let length, let limit):
      "\(world.rawValue) problem: \(length) bytes; allowed: at most \(limit). Write it like '\(world.example)'."
    case .outOfLimits(let world, let what, let value, let allowed):
      "\(world.rawValue) problem: \(what) is \(value); allowed: \(allowed.lowerBound)…\(allowed.upperBound)."
        + " Choose one within these limits."
    case .targetIsGiven(let target):
      "countdown problem: the target \(target) is one of the numbers, so there is nothing to plan. "
        + "Choose another target."
    case .wrongGoal(let world, let goal):
      "\(world.rawValue) problem: '\(goal)' states none; expected a goal like '\(world.exampleGoal)'."
    }
  }

  /// How to write it; where nothing tells which problem was meant, how to write each.
  private static func forms(_ world: WorldKind, _ column: Int) -> String {
    let worlds = column == 1 ? WorldKind.allCases : [world]
    return "Write it like \(worlds.map { "'\($0.example)'" }.joined(separator: ", or "))."
  }

  /// The text and a caret below `column`; anything unprintable shows as `?`.
  private static func pointing(at column: Int, in text: String) -> String {
    let shown = text.unicodeScalars.map { $0.isShown ? Character($0) : "?" }
    return "  " + String(shown) + "\n  " + String(repeating: " ", count: column - 1) + "^"
  }
}

extension WorldKind {
  /// A problem as a person may write it.
  var example: String {
    switch self {
    case .arithmetic: "(37 + 45) * 6 - 12"
    case .countdown: "reach 449 from 5 12 37"
    }
  }

  /// The same problem's goal.
  var exampleGoal: String {
    switch self {
    case .arithmetic: "evaluate(37,add,45,mul,6,sub,12)"
    case .countdown: "reach(449,5,12,37)"
    }
  }
}
