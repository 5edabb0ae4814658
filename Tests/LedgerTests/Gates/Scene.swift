import Composition
import Foundation
import Ledger
import Runs
import Schemas
import Storage

/// A workspace with two pairs of runs, and a ledger of evidence on which M0 to M3 pass; cases spoil one thing.
struct Scene: Sendable {
  static let now = 1_800_000_000.0
  static let count = 100
  static let run = "curriculum-aaaaaaaaaaaa"
  static let control = "curriculum-bbbbbbbbbbbb"
  static let run1 = "curriculum-cccccccccccc"
  static let control1 = "curriculum-dddddddddddd"
  static let weights = Digest(of: "weights")
  static let controlWeights = Digest(of: "control's weights")
  static let weightTexts = ["weights", "control's weights", "weights 1", "control's weights 1", "further"]
  static let dataset = SceneDataset.digest
  static let benchmark = Digest(of: "benchmark")

  var lines: [SceneLine] = []
  /// The second pair, which no case spoils.
  let second: [SceneRun]
  var metadata: RunMetadata
  var controlMetadata: RunMetadata
  var runConfig = Self.config(shuffled: false, output: "runs/train_loop")
  var controlConfig = Self.config(shuffled: true, output: "runs/control")
  /// What evaluations left beside the runs.
  var evaluations: [Evidence.Files] = []
  /// Nil is a workspace without the run's template.
  var templateConfig: String? = Self.config(shuffled: false, output: "runs/train_loop")
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
  /// When the bundle was registered.
  var tagged = Self.now - 25 * 86_400
  var now = Self.now

  init() throws { self = try Self.good.get() }

  /// Made once: every case begins with a copy.
  private static let good = Result { try Scene(building: ()) }

  private init(building: Void) throws {
    milestones = try Self.standardMilestones()
    metadata = try Self.metadata(Self.run, Self.weights, Self.configDigest(of: runConfig), seed: 0)
    controlMetadata = try Self.metadata(
      Self.control, Self.controlWeights, Self.configDigest(of: controlConfig), seed: 0)
    let others = try [(Self.run1, false, "train_loop", 2), (Self.control1, true, "control", 3)].map {
      id, shuffled, family, weights in
      let config = Self.config(shuffled: shuffled, output: "runs/\(family)", seed: 1)
      return SceneRun(
        metadata: try Self.metadata(id, Digest(of: Self.weightTexts[weights]), Self.configDigest(of: config), seed: 1),
        config: config, family: family)
    }
    second = others
    let evidence = try Evidence(
      clause: Self.gates(milestones).milestones[1].clauses[0].digest,
      pairs: [
        (
          Self.subject(metadata, "train_loop", ""),
          Self.subject(controlMetadata, "control", "curriculum.shuffled,training.output_dir")
        ),
        (
          Self.subject(others[0].metadata, "train_loop", "training.seed"),
          Self.subject(others[1].metadata, "control", "curriculum.shuffled,training.output_dir,training.seed")
        ),
      ])
    lines = try evidence.lines()
    evaluations = evidence.files
  }

  private static func subject(_ metadata: RunMetadata, _ family: String, _ overrides: String) -> Evidence.Subject {
    Evidence.Subject(
      id: metadata.runID, family: family, seed: metadata.seed, weights: metadata.weightsDigest ?? Digest(of: ""),
      config: metadata.configDigest, overrides: overrides)
  }

  /// The shipped milestones, pinned to what the scene has, in its mode.
  static func standardMilestones() throws -> String {
    var text = BuiltInConfigs.files["gates/milestones.yaml"] ?? ""
    for (name, digest) in [
      ("curriculum", template.digest), ("reasoning", Digest(of: "reasoning")), ("cot_lite", Digest(of: "cot_lite")),
      ("reasoning_pod", Digest(of: "reasoning_pod")), ("reasoning/cot_lite", benchmark),
    ] {
      text = text.replacing(try Regex(" \(name)@sha256:[0-9a-f]{64}"), with: " \(name)@\(digest)")
    }
    text = text.replacing(
      try Regex("reasoning/curriculum/[0-9a-f]{12}@sha256:[0-9a-f]{64}"), with: "x@\(Self.dataset)")
    let problems = Digest(ofLines: (0..<count).map(Evidence.problem))
    text = text.replacing(try Regex("problems: sha256:[0-9a-f]{64}"), with: "problems: \(problems)")
      .replacing("mode: greedy\n          budget: 320\n", with: "mode: \(Evidence.mode)\n")
      .replacing("seeds: [0, 1, 2, 3, 4]", with: "seeds: [0, 1]")
    return ["500", "1000", "200"].reduce(text) { $0.replacing("min_n: \($1)\n", with: "min_n: \(count)\n") }
  }

  static func gates(_ milestones: String?) throws -> GatesConfig {
    try GatesConfig(
      Composer(ConfigSources(builtIn: ["gates/milestones.yaml": milestones ?? ""])).compose(
        config: GatesConfig.standardName))
  }

  /// The runs' template.
  static let template = PinnedName(
    "curriculum",
    (try? configDigest(of: config(shuffled: false, output: "runs/train_loop"))) ?? Digest(of: "no template"))

  static func config(shuffled: Bool, output: String, seed: Int = 0) -> String {
    """
    curriculum:
      shuffled: \(shuffled)
    dataset:
      preset: reasoning/curriculum
      split_salt: codex-1
    training:
      output_dir: \(output)
      seed: \(seed)

    """
  }

  static func configDigest(of text: String) throws -> Digest { try resolved(text).digest }

  static func resolved(_ text: String) throws -> ResolvedConfig {
    try Composer(ConfigSources(builtIn: ["config.yaml": text])).compose(config: "config")
  }

  static func metadata(
    _ id: String, _ weights: Digest, _ config: Digest, seed: UInt64, status: RunMetadata.Status = .completed,
    step: Int = 7
  ) throws -> RunMetadata {
    RunMetadata(
      runID: id, template: "curriculum", status: status, startedAt: now - 3e6, updatedAt: now - 2.9e6,
      codexVersion: "0", configDigest: config, datasetDigest: dataset, dataset: "datasets/x", seed: seed,
      worlds: ["arithmetic"], parameterCount: 1, totalSteps: 7, step: step, stages: [], checkpoint: "checkpoints/1",
      weightsDigest: weights, numericsFingerprint: "f", rolloutRing: "0D_base_", owner: "o",
      evaluationPreset: "reasoning", deploymentPreset: "reasoning_pod", performance: nil)
  }

  // MARK: Spoiling

  static let metrics = [
    "M0": "reasoning.trace_coverage", "M1": "reasoning.win_rate", "M2": "reasoning.shadow_latency_p95",
  ]

  /// The position of the record that decides a milestone: for M1, of the first pair.
  func position(of milestone: String) -> Int {
    let metric = Self.metrics[milestone].map { JSONValue.string($0) }
    if milestone == "M1" {
      return lines.lastIndex { $0.data[at: "metric"] == metric && $0.data[at: "identity.run_id"] == .string(Self.run) }
        ?? -1
    }
    return lines.lastIndex { $0.data[at: "metric"] == metric } ?? -1
  }

  /// The position of the first answer of the first pair's control, and of the record behind its answers.
  var controlStart: Int { Evidence.preambleCount }
  var controlRecord: Int { Evidence.preambleCount + Self.count }

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

  /// The positions of the renderings, the oldest first; each report stands right behind.
  var renderings: [Int] { lines.indices.filter { lines[$0].schema == DeploymentRecord.schema } }
  var reports: [Int] { lines.indices.filter { lines[$0].schema == RolloutRecord.schema } }

  // MARK: Judging

  enum Outcome {
    case verdict(VerdictRecord)
    case failure(GateFailure)
  }

  /// Writes everything to an empty directory and judges through the files.
  func judge(_ milestone: String, recording: Bool = false, rechecking recheck: Recheck? = nil) throws -> Outcome {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("gates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try write(to: directory)
    let root = try StorageRoot(opening: directory.path)
    let files = try gateFiles(in: root)
    let judgement = GateJudgement(ledger: MetricsLedger(in: root), files: files, codexVersion: "0")
    do {
      let verdicts = try judgement.verdicts(
        on: milestone,
        config: { try Composer(ConfigSources(workspace: root, builtIn: [:])).compose(config: "gates/milestones") },
        run: { "runs/train_loop/curriculum-aaaaaaaaaaaa" }, recheck: { _ in recheck }, recording: recording, now: now)
      guard let verdict = verdicts.first, verdicts.count == 1 else { throw CocoaError(.featureUnsupported) }
      return .verdict(verdict)
    } catch let failure as GateFailure { return .failure(failure) }
  }

  /// The runs of the scene as its files describe them, read once.
  private static let subjects = Result<(subject: GateSubject, others: [String: GateSubject]), any Error> {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("gates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let scene = try Scene()
    try scene.write(to: directory)
    let files = try scene.gateFiles(in: StorageRoot(opening: directory.path))
    let evaluations = scene.evaluations
    func remembering(_ run: GateSubject) -> GateSubject {
      // The directory is gone when they are asked for.
      GateSubject(
        metadata: run.metadata, weightsDigest: run.weightsDigest, config: run.config, facts: run.facts,
        heldOut: run.heldOut,
        evaluations: StoredEvaluations(
          evaluation: { id in
            evaluations.first { $0.subject.id == run.runID && $0.stored.summary.evaluationID == id.text }?.stored
          }, judgedBy: TraceJudge(findings: { _ in [] }, isUnsolvable: { _ in false })))
    }
    let subject = try files.subject(at: "runs/train_loop/curriculum-aaaaaaaaaaaa")
    return (remembering(subject), try files.others(than: subject).mapValues(remembering))
  }

  /// Judges the scene's lines without writing them: for what is spoiled in the ledger's records alone.
  func judgeInMemory(_ milestone: String) throws -> VerdictRecord {
    let runs = try Self.subjects.get()
    let entries = try lines.map { line -> LedgerEntry in
      let bytes = try CanonicalJSON.write(.object(["data": line.data, "schema": .string(line.schema)]))
      func record<R: Record>(_ type: R.Type) throws -> R { try RecordDecoder().record(type, from: bytes) }
      return switch line.schema {
      case ItemRecord.schema: .item(try record(ItemRecord.self))
      case MetricRecord.schema: .metric(try record(MetricRecord.self))
      case DeploymentRecord.schema: .deployment(try record(DeploymentRecord.self))
      case RolloutRecord.schema: .rollout(try record(RolloutRecord.self))
      case IntentionRecord.schema: .intention(try record(IntentionRecord.self))
      default: .runEvent(try record(RunEventRecord.self))
      }
    }
    let contents = LedgerContents(
      lines: entries.enumerated().map {
        LedgerContents.Line(head: LedgerHead(sequence: $0, digest: Digest(of: "line \($0)")), entry: $1)
      })
    let gates = try Self.gates(milestones)
    let gate = MilestoneGate(
      config: gates, pages: MilestonePages(registered: [Evidence.bundle: tagged]), codexVersion: "0")
    guard let asked = gates.milestone(milestone) else { throw CocoaError(.featureUnsupported) }
    return gate.judge([asked], subject: runs.subject, others: runs.others, contents: contents, now: now)[0]
  }

  func gateFiles(in root: StorageRoot) throws -> GateFiles {
    let template = try templateConfig.map(Self.resolved)
    return GateFiles(
      in: root, template: { $0 == "curriculum" ? template : nil },
      judge: TraceJudge(
        findings: { trace in trace.plan == "unsound" ? ["/0: wrong_value"] : [] },
        isUnsolvable: { trace in trace.problem.goal != "solvable" }))
  }

  func write(to directory: URL) throws {
    func plant(_ path: String, _ bytes: [UInt8]) throws {
      let file = directory.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    let (texts, heads) = try SceneLine.chain(lines, reportingOnRenderings: true)
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
    for run in second {
      try plant("runs/\(run.family)/\(run.metadata.runID)/run_metadata.json", RecordEncoder().bytes(of: run.metadata))
      try plant("runs/\(run.family)/\(run.metadata.runID)/config.yaml", Array(run.config.utf8))
    }
    let runs = [("train_loop", metadata), ("control", controlMetadata)] + second.map { ($0.family, $0.metadata) }
    for (family, metadata) in runs {
      // Files of these texts have the digests that cases write into metadata.
      let text = Self.weightTexts.first { Digest(of: $0) == metadata.weightsDigest }
      if let text {
        try plant("runs/\(family)/\(metadata.runID)/checkpoints/1/model.safetensors", Array(text.utf8))
      }
    }
    for evaluation in evaluations {
      for (name, bytes) in try evaluation.contents() { try plant("\(evaluation.path)/\(name)", bytes) }
    }
    for (path, bytes) in SceneDataset.files { try plant("datasets/x/" + path, bytes) }
    if let milestones { try plant("configs/gates/milestones.yaml", Array(milestones.utf8)) }
    try plant("artifacts/tags.ndjson", Evidence.tags(at: tagged))
    for (path, text) in files { try plant(path, Array(text.utf8)) }
    try afterwards(directory)
  }
}
