import Plans

/// A problem of one world. Only worlds make them, so a value is always within its world's limits.
public struct Problem: Hashable, Sendable {
  public let world: WorldKind
  /// States the problem in full; the root of every plan for it.
  public let goal: PlanCall
  /// Equal for problems that differ only by an obvious symmetry. Splits and identities hash its canonical text; it need
  /// not be a goal of the world.
  public let canonicalGoal: PlanCall

  init(world: WorldKind, goal: PlanCall, canonicalGoal: PlanCall) {
    self.world = world
    self.goal = goal
    self.canonicalGoal = canonicalGoal
  }

  /// The problem as a person writes it.
  public var humanText: String { world.world.humanText(of: self) }

  /// What makes two problems the same one: `arithmetic evaluate(37,add,45)`.
  public var identityText: String { world.rawValue + " " + canonicalGoal.canonicalText }

  /// Equal for problems that differ by exchanged operands only, whatever lies between: coarser than `identityText`.
  public var exchangeText: String {
    world.rawValue + " " + (world == .arithmetic ? chain.exchangedGoal : canonicalGoal).canonicalText
  }

  /// The longest text that a world reads, in UTF-8 bytes.
  public static let maximumTextLength = 256
}
