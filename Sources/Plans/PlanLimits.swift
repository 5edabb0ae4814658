/// How large a generated plan may become: the runtime guard against loop emission.
public struct PlanLimits: Hashable, Sendable {
  /// Largest number of tokens after the prompt, forced tokens and the closing `}` included.
  public var tokenBudget: Int
  /// Deepest nesting: the goal has depth 1, its steps depth 2; an arm adds one level, as a subgoal does.
  public var maximumDepth: Int
  /// Largest number of nodes, the goal included.
  public var maximumNodes: Int
  /// Longest free integer, in digits; 1…9, so that every integer is within `PlanTerm.integerLimit`.
  public var maximumDigits: Int
  /// Whether a free integer may be negative.
  public var allowsNegativeNumbers: Bool

  /// Traps if a limit admits no plan at all: these are the product's own settings, not outside data.
  public init(
    tokenBudget: Int = 128, maximumDepth: Int = 8, maximumNodes: Int = 64, maximumDigits: Int = 4,
    allowsNegativeNumbers: Bool = false
  ) {
    precondition(tokenBudget >= 2 && maximumDepth >= 2 && maximumNodes >= 2, "limits must admit a goal and a terminal")
    precondition((1...9).contains(maximumDigits), "an integer has 1…9 digits")
    self.tokenBudget = tokenBudget
    self.maximumDepth = maximumDepth
    self.maximumNodes = maximumNodes
    self.maximumDigits = maximumDigits
    self.allowsNegativeNumbers = allowsNegativeNumbers
  }
}

/// What the parser accepts at most; together they bound its time and memory on hostile text.
public struct PlanTextLimits: Hashable, Sendable {
  public var maximumBytes: Int
  /// Deepest nesting, counted as in `PlanLimits.maximumDepth`.
  public var maximumDepth: Int
  /// Largest number of nodes, the goal included.
  public var maximumNodes: Int
  /// Longest name of a node or symbol, in characters.
  public var maximumNameLength: Int

  public init(maximumBytes: Int, maximumDepth: Int, maximumNodes: Int, maximumNameLength: Int) {
    self.maximumBytes = maximumBytes
    self.maximumDepth = maximumDepth
    self.maximumNodes = maximumNodes
    self.maximumNameLength = maximumNameLength
  }

  /// 64 KiB, depth 64, 4096 nodes, names of 64 characters.
  public static let standard = PlanTextLimits(
    maximumBytes: 65_536, maximumDepth: 64, maximumNodes: 4096, maximumNameLength: 64)
}
