import Plans
import Schemas
import Worlds

/// A generated or imported example before it is written down.
public struct Example: Sendable {
  public let record: ExampleRecord
  public let exercise: Exercise

  init(exercise: Exercise, index: Int, split: Split, style: SolutionStyle, category: String? = nil) {
    self.exercise = exercise
    let problem = exercise.problem
    record = ExampleRecord(
      id: problem.id, index: index, world: problem.world.rawValue, goal: problem.goal.canonicalText,
      plan: exercise.plan(style: style).canonicalText, level: exercise.level, stepCount: exercise.stepCount,
      category: category ?? exercise.category.rawValue, split: split.rawValue)
  }
}

extension ExampleRecord {
  /// The problem and the plan that the record holds as text.
  ///
  /// - Throws: `DatasetsError.foreignRecord` for an unknown world or a plan of another problem; parser and world
  ///   errors.
  public func content() throws -> (problem: Problem, plan: PlanTree) {
    guard let kind = WorldKind(rawValue: world) else {
      let known = WorldKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw DatasetsError.foreignRecord(id: id.description, expected: "one of the worlds \(known)", got: "'\(world)'")
    }
    let tree = try PlanParser.parse(plan)
    guard tree.goal.canonicalText == goal else {
      throw DatasetsError.foreignRecord(
        id: id.description, expected: "a plan for \(goal)", got: tree.goal.canonicalText)
    }
    return (try kind.world.problem(stating: tree.goal), tree)
  }
}
