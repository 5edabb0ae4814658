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
    guard let levels = Self.levels(manifest), let style = SolutionStyle(rawValue: manifest.style),
      let seed = manifest.seed, seed >= 0
    else {
      (source, problem) = (nil, "its worlds, style, seed or levels are none that can be generated")
      return
    }
    problem = nil
    source = ExampleSource(
      DatasetConfig(
        preset: manifest.preset, levels: levels, style: style, sizes: [:],
        splitRule: SplitRule(salt: dataset.splitManifest.salt), seed: seed))
  }

  /// The manifest's levels by world, or `nil` unless each world is known, in order, and has levels that it knows.
  private static func levels(_ manifest: DatasetManifestRecord) -> [WorldKind: [Int]]? {
    let worlds = WorldKind.allCases.filter { manifest.levels[$0.rawValue] != nil }
    guard !worlds.isEmpty, worlds.map(\.rawValue) == manifest.worlds, worlds.count == manifest.levels.count else {
      return nil
    }
    var levels: [WorldKind: [Int]] = [:]
    for world in worlds {
      let numbers = manifest.levels[world.rawValue] ?? []
      guard !numbers.isEmpty, Set(numbers).isSubset(of: world.teacher.levels.map(\.number)) else { return nil }
      levels[world] = numbers
    }
    return levels
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
