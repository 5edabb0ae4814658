import Composition
import Foundation
import Ledger
import Schemas
import Storage

/// A workspace with a run, its shuffled control, and a ledger of evidence on which M0 to M3 pass; cases spoil one thing.
struct Scene: Sendable {
  static let now = 1_800_000_000.0
  static let count = 100
  static let run = "curriculum-aaaaaaaaaaaa"
  static let control = "curriculum-bbbbbbbbbbbb"
  static let weights = Digest(of: "weights")
  static let controlWeights = Digest(of: "control's weights")
  static let dataset = Digest(of: "dataset")
  static let benchmark = Digest(of: "benchmark")

  var lines: [SceneLine] = []
  var metadata: RunMetadata
  var controlMetadata: RunMetadata
  var runConfig = Self.config(shuffled: false, output: "runs/train_loop")
  var controlConfig = Self.config(shuffled: true, output: "runs/control")
  /// Nil writes none.
  var milestones: String?
  /// Further files by path.
  var files = ["docs/deployment/reasoning_pod.md": "# Pod\n\n## Overrides\n\nNone.\n"]
  /// Damages the sealed lines.
  var damage: @Sendable (inout [String]) -> Void = { _ in }
  /// Damages the file's bytes.
  var damageBytes: @Sendable (inout [UInt8]) -> Void = { _ in }
  /// Runs last, for what is no file.
  var afterwards: @Sendable (URL) throws -> Void = { _ in }
  var pinsHead = true
  var now = Self.now

  init() throws { self = try Self.good.get() }

  /// Made once: every case begins with a copy.
  private static let good = Result { try Scene(building: ()) }

  private init(building: Void) throws {
    milestones = try Self.standardMilestones()
    metadata = try Self.metadata(Self.run, Self.weights, Self.configDigest(of: runConfig))
    controlMetadata = try Self.metadata(Self.control, Self.controlWeights, Self.configDigest(of: controlConfig))
    lines = try Evidence(
      run: Evidence.Subject(id: Self.run, weights: Self.weights, config: metadata.configDigest),
      control: Evidence.Subject(id: Self.control, weights: Self.controlWeights, config: controlMetadata.configDigest)
    ).lines()
  }

  /// The shipped milestones, asking for as many items as the scene has, in its mode.
  static func standardMilestones() throws -> String {
    let text = BuiltInConfigs.files["gates/milestones.yaml"] ?? ""
    let digests = text.split(separator: "digest: ").dropFirst().compactMap { $0.split(separator: "\n").first }
    return ["500", "1000", "200"].reduce(text) { $0.replacing("min_n: \($1)\n", with: "min_n: \(count)\n") }
      .replacing(digests.first ?? "?", with: benchmark.description)
      .replacing("mode: greedy", with: "mode: \(Evidence.mode)")
  }

  static func config(shuffled: Bool, output: String) -> String {
    """
    curriculum:
      shuffled: \(shuffled)
    training:
      output_dir: \(output)
      seed: 0

    """
  }

  static func configDigest(of text: String) throws -> Digest {
    try Composer(ConfigSources(builtIn: ["config.yaml": text])).compose(config: "config").digest
  }

  private static func metadata(_ id: String, _ weights: Digest, _ config: Digest) throws -> RunMetadata {
    RunMetadata(
      runID: id, template: "curriculum", status: .completed, startedAt: now - 9e5, updatedAt: now - 8e5,
      codexVersion: "0", configDigest: config, datasetDigest: dataset, dataset: "datasets/x", seed: 0,
      worlds: ["arithmetic"], parameterCount: 1, totalSteps: 1, step: 1, stages: [], checkpoint: "checkpoints/1",
      weightsDigest: weights, numericsFingerprint: "f", rolloutRing: "0D_base_", owner: "o",
      evaluationPreset: "reasoning", deploymentPreset: "reasoning_pod", performance: nil)
  }

  // MARK: Spoiling

  static let metrics = [
    "M0": "reasoning.trace_coverage", "M1": "reasoning.win_rate", "M2": "reasoning.shadow_latency_p95",
  ]

  /// The position of the record that decides a milestone.
  func position(of milestone: String) -> Int {
    lines.lastIndex { $0.data[at: "metric"] == Self.metrics[milestone].map { .string($0) } } ?? -1
  }

  /// Changes the record that decides a milestone.
  mutating func set(_ path: String, _ value: JSONValue?, in milestone: String) {
    lines[position(of: milestone)].data[at: path] = value
  }

  /// Changes every record of the metric that a milestone asks for.
  mutating func setAll(_ path: String, _ value: JSONValue?, in milestone: String) {
    let metric = Self.metrics[milestone].map { JSONValue.string($0) }
    for index in lines.indices where lines[index].data[at: "metric"] == metric { lines[index].data[at: path] = value }
  }

  /// The positions of the items of a milestone's measurement.
  func itemPositions(of milestone: String) -> [Int] {
    let id = lines[position(of: milestone)].data[at: "measurement_id"]
    return lines.indices.filter {
      lines[$0].schema == ItemRecord.schema && lines[$0].data[at: "measurement_id"] == id
    }
  }

  // MARK: Judging

  enum Outcome {
    case verdict(VerdictRecord)
    case failure(GateFailure)
  }

  /// Writes everything to an empty directory and judges through the files.
  func judge(_ milestone: String, recording: Bool = false) throws -> Outcome {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("gates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try write(to: directory)
    let root = try StorageRoot(opening: directory.path)
    let judgement = GateJudgement(in: root, ledger: MetricsLedger(in: root), codexVersion: "0")
    do {
      let verdicts = try judgement.verdicts(
        on: milestone,
        config: { try Composer(ConfigSources(workspace: root, builtIn: [:])).compose(config: "gates/milestones") },
        run: { "runs/train_loop/curriculum-aaaaaaaaaaaa" }, recording: recording, now: now)
      guard let verdict = verdicts.first, verdicts.count == 1 else { throw CocoaError(.featureUnsupported) }
      return .verdict(verdict)
    } catch let failure as GateFailure { return .failure(failure) }
  }

  func write(to directory: URL) throws {
    func plant(_ path: String, _ bytes: [UInt8]) throws {
      let file = directory.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    let (texts, heads) = try SceneLine.chain(lines)
    var sealed = texts
    damage(&sealed)
    var bytes = Array(sealed.map { $0 + "\n" }.joined().utf8)
    damageBytes(&bytes)
    try plant(".codex/metrics/reasoning.ndjson", bytes)
    var subject = metadata
    subject.ledgerHead = pinsHead ? heads.last : nil
    try plant("runs/train_loop/\(Self.run)/run_metadata.json", RecordEncoder().bytes(of: subject))
    try plant("runs/train_loop/\(Self.run)/config.yaml", Array(runConfig.utf8))
    try plant("runs/control/\(Self.control)/run_metadata.json", RecordEncoder().bytes(of: controlMetadata))
    try plant("runs/control/\(Self.control)/config.yaml", Array(controlConfig.utf8))
    for (folder, metadata) in [("train_loop/\(Self.run)", metadata), ("control/\(Self.control)", controlMetadata)] {
      // Files of these texts have the digests that cases write into metadata.
      let text = ["weights", "control's weights", "further"].first { Digest(of: $0) == metadata.weightsDigest }
      if let text { try plant("runs/\(folder)/checkpoints/1/model.safetensors", Array(text.utf8)) }
    }
    if let milestones { try plant("configs/gates/milestones.yaml", Array(milestones.utf8)) }
    for (path, text) in files { try plant(path, Array(text.utf8)) }
    try afterwards(directory)
  }
}
