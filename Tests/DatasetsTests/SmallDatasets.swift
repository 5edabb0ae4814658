import Composition
import Datasets
import Schemas
import Storage
import Worlds

/// The small presets of these tests.
enum SmallDatasets {
  static func config(_ world: WorldKind = .arithmetic, train: Int = 60, heldOut: Int = 10, seed: Int = 3)
    -> DatasetConfig
  {
    DatasetConfig(
      preset: "tests/small", world: world, sizes: [.train: train, .validation: heldOut, .test: heldOut], seed: seed)
  }

  static let bothWorlds = DatasetConfig(
    preset: "tests/both", levels: [.arithmetic: [2, 5, 7], .countdown: [1, 2, 3]],
    sizes: [.train: 60, .validation: 10, .test: 10], seed: 3)

  /// Category first, then steps.
  static let threeStages = CurriculumConfig(stages: [
    CurriculumStage(id: "A", categories: ["additive"], stepCounts: 0...3, duration: .epochs(2)),
    CurriculumStage(
      id: "B", categories: ["additive", "mixed"], stepCounts: 0...4, duration: .epochs(2), replayRatio: 0.1),
    CurriculumStage(id: "C", duration: .epochs(3), replayRatio: 0.1),
  ])

  static func composed(_ yaml: String) throws -> ResolvedConfig {
    try Composer(ConfigSources(builtIn: ["small.yaml": yaml])).compose(config: "small")
  }
}

/// Every file of a directory of the root, by name.
func allBytes(_ path: StoragePath, in root: StorageRoot) throws -> [String: [UInt8]] {
  try root.list(path).reduce(into: [:]) { $0[$1.text] = try root.read(path.appending($1), limit: 1 << 26) }
}
