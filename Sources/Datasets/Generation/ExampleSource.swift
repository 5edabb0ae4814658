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
  private let worlds: [(teacher: any Teacher, levels: [Int])]

  /// Raised when a change of a generator changes what equal seeds give.
  public static let generatorVersion = 1

  public init(_ config: DatasetConfig) {
    self.config = config
    worlds = config.worlds.map { ($0.teacher, config.levels[$0] ?? []) }
  }

  /// Example `index` of a split. Worlds take turns, and each world's levels on its turns: of k worlds it is the
  /// (index mod k)-th, and of that world's n levels the (⌊index / k⌋ mod n)-th. Draws from its own stream
  /// `(seed, "datasets/<split>", preset, index)` until a problem falls into the split.
  ///
  /// - Complexity: 1.1 draws on average for train, 20 for validation and test.
  public func example(_ split: Split, _ index: Int) -> Example {
    Example(exercise: exercise(split, index), index: index, split: split, style: config.style)
  }

  /// The first `count` examples of a split that are different problems, in order; of each world the same number, or
  /// one less.
  ///
  /// - Throws: `DatasetsError.exhausted` when the levels have no more.
  public func distinctExamples(_ split: Split, count: Int) throws -> [ExampleRecord] {
    var records: [ExampleRecord] = []
    records.reserveCapacity(count)
    var seen = Set<PlanCall>(minimumCapacity: count)
    // What each world still owes; the first ones bear the remainder.
    var shares = worlds.indices.map { (count + worlds.count - 1 - $0) / worlds.count }
    var index = 0
    var vainDraws = 0
    while records.count < count {
      defer { index += 1 }
      guard shares[index % worlds.count] > 0 else { continue }
      let exercise = exercise(split, index)
      if seen.insert(exercise.problem.canonicalGoal).inserted {
        shares[index % worlds.count] -= 1
        records.append(Example(exercise: exercise, index: index, split: split, style: config.style).record)
        vainDraws = 0
      } else {
        vainDraws += 1
        guard vainDraws < Self.maximumVainDraws else {
          throw DatasetsError.exhausted(
            preset: config.preset, split: split, found: records.count, wanted: count, draws: vainDraws)
        }
      }
    }
    return records
  }

  private func exercise(_ split: Split, _ index: Int) -> Exercise {
    precondition(index >= 0, "examples are counted from 0")
    let (teacher, levels) = worlds[index % worlds.count]
    let level = levels[index / worlds.count % levels.count]
    var random = RandomStream(seed: UInt64(config.seed), "datasets/\(split.rawValue)", config.preset, index)
    while true {
      let exercise = teacher.exercise(level: level, random: &random)
      if config.splitRule.split(of: exercise.problem) == split { return exercise }
    }
  }

  private static let maximumVainDraws = 10_000
}
