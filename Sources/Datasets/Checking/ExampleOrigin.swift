import Schemas
import Worlds

/// Checks that a generated dataset comes from the preset, seed and levels that its manifest names: an example is a pure
/// function of them, so it can be made again.
struct ExampleOrigin {
  /// Examples compared per file: any other preset, seed, style or list of levels shows in the first few.
  private static let sampleCount = 50

  /// `nil` where the manifest names no generator, or one of another version.
  private let source: ExampleSource?
  private let problem: String?

  init(_ dataset: Dataset) {
    let manifest = dataset.manifest
    guard manifest.source == nil, manifest.generatorVersion == ExampleSource.generatorVersion else {
      (source, problem) = (nil, nil)
      return
    }
    guard let world = WorldKind(rawValue: manifest.world), let style = SolutionStyle(rawValue: manifest.style),
      let seed = manifest.seed, seed >= 0, !manifest.levels.isEmpty,
      Set(manifest.levels).isSubset(of: world.teacher.levels.map(\.number))
    else {
      (source, problem) = (nil, "its world, style, seed or levels are none that can be generated")
      return
    }
    problem = nil
    source = ExampleSource(
      DatasetConfig(
        preset: manifest.preset, world: world, style: style, levels: manifest.levels, sizes: [:],
        splitRule: SplitRule(salt: dataset.splitManifest.salt), seed: seed))
  }

  func findings(in file: SplitStatsRecord.File, _ records: [ExampleRecord]) -> [DatasetFinding] {
    if let problem { return [DatasetFinding("wrong_origin", "\(DatasetFiles.manifest)", problem)] }
    guard let source, let split = Split(rawValue: file.split) else { return [] }
    for (line, record) in zip(1..., records.prefix(Self.sampleCount)) {
      guard record.index >= 0, source.example(split, record.index).record == record else {
        let message =
          "preset '\(source.config.preset)' under seed \(source.config.seed) gives another example \(record.index)"
        return [DatasetFinding("wrong_origin", "\(file.path):\(line)", message)]
      }
    }
    return []
  }
}
