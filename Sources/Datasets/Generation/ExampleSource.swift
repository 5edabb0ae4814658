import Plans
import Randomness
import Schemas
import Worlds

/// The endless stream of examples of each split: example *i* of preset *P* under seed *s* is a pure function of (P, s,
/// i).
///
/// Nothing is stored and nothing depends on earlier examples, so training may also read fresh problems from here
/// without a file. The same problem may come twice; `Materializer` keeps the first.
public struct ExampleSource: Sendable {
  public let config: DatasetConfig
  private let teacher: any Teacher

  /// Raised when a change of a generator changes what equal seeds give.
  public static let generatorVersion = 1

  public init(_ config: DatasetConfig) {
    self.config = config
    teacher = config.world.teacher
  }

  /// Example `index` of a split. Its level is `levels[index mod count]`; draws from its own stream
  /// `(seed, "datasets/<split>", preset, index)` until a problem falls into the split.
  ///
  /// - Complexity: 1.1 draws on average for train, 20 for validation and test.
  public func example(_ split: Split, _ index: Int) -> Example {
    Example(exercise: exercise(split, index), index: index, split: split, style: config.style)
  }

  /// The first `count` examples of a split that are different problems, in order.
  ///
  /// - Throws: `DatasetsError.exhausted` when the levels have no more.
  public func distinctExamples(_ split: Split, count: Int) throws -> [ExampleRecord] {
    var records: [ExampleRecord] = []
    records.reserveCapacity(count)
    var seen = Set<PlanCall>(minimumCapacity: count)
    var index = 0
    var vainDraws = 0
    while records.count < count {
      let exercise = exercise(split, index)
      if seen.insert(exercise.problem.canonicalGoal).inserted {
        records.append(Example(exercise: exercise, index: index, split: split, style: config.style).record)
        vainDraws = 0
      } else {
        vainDraws += 1
        guard vainDraws < Self.maximumVainDraws else {
          throw DatasetsError.exhausted(
            preset: config.preset, split: split, found: records.count, wanted: count, draws: vainDraws)
        }
      }
      index += 1
    }
    return records
  }

  private func exercise(_ split: Split, _ index: Int) -> Exercise {
    precondition(index >= 0, "examples are counted from 0")
    let level = config.levels[index % config.levels.count]
    var random = RandomStream(seed: UInt64(config.seed), "datasets/\(split.rawValue)", config.preset, index)
    while true {
      let exercise = teacher.exercise(level: level, random: &random)
      if config.splitRule.split(of: exercise.problem) == split { return exercise }
    }
  }

  private static let maximumVainDraws = 10_000
}
