import Schemas

/// Divides training examples into the stages of a curriculum.
public enum CurriculumPartition {
  /// One list per stage, in the curriculum's order; within a stage examples keep their order.
  ///
  /// Each example goes to the first stage that takes its category and its number of steps, under `isShuffled` too: a
  /// control is trained on the curriculum's own files.
  ///
  /// - Throws: `DatasetsError.unassigned` if some example belongs to no stage.
  public static func divide(
    _ records: [ExampleRecord], by curriculum: CurriculumConfig
  ) throws -> [[ExampleRecord]] {
    var stages = [[ExampleRecord]](repeating: [], count: curriculum.stages.count)
    var unassigned: [ExampleRecord] = []
    for record in records {
      let index = curriculum.stages.firstIndex { $0.takes(category: record.category, stepCount: record.stepCount) }
      if let index { stages[index].append(record) } else { unassigned.append(record) }
    }
    if let first = unassigned.first {
      throw DatasetsError.unassigned(
        count: unassigned.count, example: first.goal, category: first.category, stepCount: first.stepCount)
    }
    return stages
  }
}
