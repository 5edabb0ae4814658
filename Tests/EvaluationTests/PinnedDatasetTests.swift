import Datasets
import Evaluation
import Schemas
import Storage
import Testing
import Worlds

@Suite struct PinnedDatasetTests {  // Sources/Evaluation/PinnedDataset.swift
  private static let path: StoragePath = "benchmarks/b/v0"

  /// The frozen dataset of a seed, and what an evaluation pins of it.
  private func freeze(seed: Int = 1, in workspace: TemporaryWorkspace) throws -> PinnedDataset {
    try workspace.root.makeDirectory(Self.path.parent)
    let manifest = try Materializer.materialize(
      DatasetConfig(preset: "tests/frozen", world: .countdown, sizes: [.test: 5], seed: seed), at: Self.path,
      in: workspace.root, replacing: true)
    return PinnedDataset(preset: "tests/frozen", path: Self.path, digest: manifest.contentDigest)
  }

  @Test func open_givesTheProblems() throws {
    let workspace = try TemporaryWorkspace()
    let pinned = try freeze(in: workspace)
    let problems = try ProblemSet(.test, of: pinned.open(in: workspace.root), limit: 100)
    #expect(problems.problems.count == 5)
    #expect(problems.dataset == "tests/frozen" && problems.datasetDigest == pinned.digest)
  }

  @Test func open_saysHowToRegenerateWhatIsMissing() throws {
    let workspace = try TemporaryWorkspace()
    let pinned = PinnedDataset(preset: "tests/frozen", path: Self.path, digest: Digest(of: "x"))
    let error = #expect(throws: EvaluationError.self) { try pinned.open(in: workspace.root) }
    #expect(
      error?.description
        == "benchmarks/b/v0: no such dataset. Regenerate it with 'codex datasets materialize --preset tests/frozen "
        + "--output benchmarks/b/v0'.")
  }

  /// A sound dataset that is another one, and the same problems under another name.
  @Test func open_refusesOtherContents() throws {
    let workspace = try TemporaryWorkspace()
    let pinned = try freeze(in: workspace)
    let other = try freeze(seed: 2, in: workspace)
    #expect(
      throws: EvaluationError.otherDataset(
        path: "benchmarks/b/v0", preset: "tests/frozen", expected: pinned.digest.description,
        got: other.digest.description, gotPreset: "tests/frozen")
    ) { try pinned.open(in: workspace.root) }
    #expect(throws: EvaluationError.self) {
      try PinnedDataset(preset: "tests/thawed", path: Self.path, digest: other.digest).open(in: workspace.root)
    }
  }

  /// Every file, one byte changed. A manifest that agrees with changed examples does not help them.
  @Test func open_refusesChangedBytes() throws {
    let workspace = try TemporaryWorkspace()
    let root = workspace.root
    let pinned = try freeze(in: workspace)
    for name in try root.list(Self.path) {
      let file = Self.path.appending(name)
      let bytes = try root.read(file, limit: 1 << 20)
      guard !bytes.isEmpty else { continue }
      var changed = bytes
      changed[bytes.count / 2] ^= 1
      try root.atomicReplace(file, changed)
      #expect(throws: (any Error).self, "\(name)") { try pinned.open(in: root) }
      try root.atomicReplace(file, bytes)
    }
    _ = try pinned.open(in: root)
    let foreign = try freeze(seed: 2, in: workspace)
    let manifest = try root.read(DatasetManifestRecord.self, at: Self.path.appending("dataset_manifest.json"))
    let lying = DatasetManifestRecord(
      preset: manifest.preset, worlds: manifest.worlds, style: manifest.style, seed: manifest.seed,
      levels: manifest.levels, generatorVersion: manifest.generatorVersion, contentDigest: pinned.digest,
      exampleCount: manifest.exampleCount, source: nil, files: manifest.files)
    try root.atomicReplace(Self.path.appending("dataset_manifest.json"), record: lying)
    #expect(foreign.digest != pinned.digest)
    #expect(throws: EvaluationError.self) { try pinned.open(in: root) }
  }
}
