import Composition
import Datasets
import Schemas
import Storage

/// A dataset as a configuration asks for it, and where it is kept unless the user says otherwise.
struct DatasetRequest {
  let config: DatasetConfig
  let curriculum: CurriculumConfig

  /// Reads the sections `dataset` and, where there is one, `curriculum`: presets have a single stage.
  init(_ resolved: ResolvedConfig) throws {
    config = try DatasetConfig(resolved)
    curriculum = try resolved.subtree("curriculum") == nil ? .single : CurriculumConfig(resolved)
  }

  /// `dataset.path` where that is set; else `datasets/<preset>/<12 digits>`: the digits are a digest over everything that decides the bytes, so another
  /// seed, size or stage is another directory and none is ever taken for another.
  var path: StoragePath { get throws { try config.path ?? StoragePath(parsing: "datasets/\(name)") } }

  /// Its place below `datasets/`.
  var name: String { "\(config.preset)/\(identity.hexadecimal.prefix(12))" }

  private var identity: Digest {
    let stages = curriculum.stages.map { stage in
      "stage \(stage.id) \(stage.categories?.joined(separator: ",") ?? "*") \(stage.stepCounts)"
    }
    let lines =
      [
        "generator \(ExampleSource.generatorVersion)", "preset \(config.preset)", "style \(config.style.rawValue)",
        "salt \(config.splitRule.salt)",
        // Controls are trained on the curriculum's files. The word stays, so that datasets keep their places.
        "seed \(config.seed)", "shuffled false",
      ] + config.worlds.map { "world \($0.rawValue) levels \(config.levels[$0] ?? [])" }
      + Split.allCases.map { "\($0.rawValue) \(config.sizes[$0] ?? 0)" } + stages
    return Digest(of: lines.joined(separator: "\n"))
  }

  var exampleCount: Int { config.sizes.values.reduce(0, +) }

  /// Writes the dataset to its own path unless it is there already, or `dataset.path` names another.
  ///
  /// - Returns: Where it is, and whether it was written now.
  /// - Throws: `DatasetsError.missing` if nothing stands at `dataset.path`.
  func materialize(in workspace: StorageRoot, talk: Talk) throws -> (path: StoragePath, isNew: Bool) {
    let path = try path
    if config.path != nil, try workspace.kind(of: path) == nil {
      throw DatasetsError.missing(path: workspace.name(path))
    }
    if try workspace.kind(of: path) != nil { return (path, false) }
    talk.say("materialising \(exampleCount) problems in \(path)")
    try workspace.makeDirectory(path.parent)
    do {
      try Materializer.materialize(config, curriculum: curriculum, at: path, in: workspace)
    } catch StorageError.alreadyExists {
      return (path, false)  // somebody else was faster, with the same bytes
    }
    return (path, true)
  }

  /// The dataset, materialised if it is not there yet, with every file checked.
  func open(in workspace: StorageRoot, talk: Talk) throws -> (dataset: Dataset, path: StoragePath) {
    let path = try materialize(in: workspace, talk: talk).path
    return (try Dataset(at: path, in: workspace), path)
  }
}
