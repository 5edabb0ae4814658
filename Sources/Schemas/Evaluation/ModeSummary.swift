/// What one way of planning scored, as a whole and by group; every figure stands beside its budget.
public struct ModeSummary: Codable, Sendable, Equatable {
  /// `greedy`, `best-first`, `sampling`, `uniform`.
  public let mode: String
  /// Largest number of model evaluations per problem.
  public let budget: Int
  public let overall: ScoreRecord
  /// One score per world, by name.
  public let worlds: [ScoreRecord]
  /// One score per level of each world, by world and number; groups are called `arithmetic/3`.
  public let levels: [ScoreRecord]
  /// One score per category of each world, by name; groups are called `arithmetic/mixed`.
  public let categories: [ScoreRecord]

  enum CodingKeys: String, CodingKey {
    case mode, budget, overall, worlds, levels, categories
  }

  public init(
    mode: String, budget: Int, overall: ScoreRecord, worlds: [ScoreRecord], levels: [ScoreRecord],
    categories: [ScoreRecord]
  ) {
    self.mode = mode
    self.budget = budget
    self.overall = overall
    self.worlds = worlds
    self.levels = levels
    self.categories = categories
  }
}
