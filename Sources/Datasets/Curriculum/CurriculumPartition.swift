import Randomness
import Schemas

/// Divides training examples into the stages of a curriculum.
public enum CurriculumPartition {
  /// One list per stage, in the curriculum's order; within a stage examples keep their order.
  ///
  /// Each example goes to the first stage that takes its category and its number of steps. Under `isShuffled` the sizes
  /// stay and the examples are dealt at random.
  ///
  /// - Parameter seed: Of the deal; unused otherwise.
  /// - Throws: `DatasetsError.unassigned` if some example belongs to no stage.
  public static func divide(
    _ records: [ExampleRecord], by curriculum: CurriculumConfig, seed: Int
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
    guard curriculum.isShuffled else { return stages }
    var dealt = records
    var random = RandomStream(seed: UInt64(seed), "datasets/shuffled_stages")
    random.shuffle(&dealt)
    var start = 0
    return stages.map { stage in
      defer { start += stage.count }
      return Array(dealt[start..<start + stage.count])
    }
  }
}
