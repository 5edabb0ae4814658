/// A problem that latency is measured on: a line of a bundle's `probes.ndjson`. It says nothing of the solution.
public struct ProbeRecord: Record, Equatable {
  public static let schema = "codex.probe/1"

  /// Digest of the canonical problem.
  public let problemID: Digest
  public let world: String
  /// The goal that states the problem, as canonical text.
  public let goal: String
  public let level: Int
  public let category: String

  enum CodingKeys: String, CodingKey {
    case world, goal, level, category
    case problemID = "problem_id"
  }

  public init(problemID: Digest, world: String, goal: String, level: Int, category: String) {
    self.problemID = problemID
    self.world = world
    self.goal = goal
    self.level = level
    self.category = category
  }
}
