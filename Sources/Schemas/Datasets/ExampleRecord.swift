/// One problem with its solution: a line of a dataset's `*.ndjson`.
public struct ExampleRecord: Record, Hashable {
  public static let schema = "codex.example/1"

  /// Digest of the world's name, a space and the canonical goal: the identity of the problem, equal for problems that
  /// differ only by an obvious symmetry.
  public let id: Digest
  /// Which example of its split's stream it is; for an imported one its line in the source, from 1.
  public let index: Int
  public let world: String
  /// Canonical text of the goal, which states the problem in full.
  public let goal: String
  /// Canonical text of the whole solution.
  public let plan: String
  /// The world's degree of difficulty; 0 for an unsolvable problem.
  public let level: Int
  /// Operations in the solution.
  public let stepCount: Int
  /// What curriculum stages select by.
  public let category: String
  /// `train`, `validation` or `test`.
  public let split: String

  public init(
    id: Digest, index: Int, world: String, goal: String, plan: String, level: Int, stepCount: Int, category: String,
    split: String
  ) {
    self.id = id
    self.index = index
    self.world = world
    self.goal = goal
    self.plan = plan
    self.level = level
    self.stepCount = stepCount
    self.category = category
    self.split = split
  }

  enum CodingKeys: String, CodingKey {
    case id, index, world, goal, plan, level, category, split
    case stepCount = "step_count"
  }
}
