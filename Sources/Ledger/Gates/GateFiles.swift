import Composition
import Schemas
import Storage

/// Reads what a gate judges by, apart from the ledger: the run, the other runs of the workspace, and the pages.
public struct GateFiles: Sendable {
  private let root: StorageRoot
  private let template: @Sendable (String) -> ResolvedConfig?
  private let findings: @Sendable (TraceRecord) -> [String]

  /// - Parameters:
  ///   - root: The workspace.
  ///   - template: Composes a template without overrides, as this workspace has it; nil where it has none of that name.
  ///   - findings: Everything wrong with a trace, judged from its record alone.
  public init(
    in root: StorageRoot, template: @escaping @Sendable (String) -> ResolvedConfig?,
    findings: @escaping @Sendable (TraceRecord) -> [String]
  ) {
    self.root = root
    self.template = template
    self.findings = findings
  }

  static let metadataName: StoragePath = "run_metadata.json"
  static let runs: StoragePath = "runs"
  static let weightsName: StoragePath = "model.safetensors"
  static let tags: StoragePath = "artifacts/tags.ndjson"
  static let pageByteCount = MarkdownPage.largestByteCount

  /// The run at `path` as a gate's subject.
  ///
  /// - Throws: `GateSubjectError.noWeights` before the first checkpoint; `StorageError.altered` if weights or `config.yaml`
  ///   are not those that the metadata name.
  public func subject(at path: StoragePath) throws -> GateSubject {
    let metadata = try root.read(RunMetadata.self, at: path.appending(Self.metadataName))
    guard let expected = metadata.weightsDigest, let weights = try weights(of: path, metadata) else {
      throw GateSubjectError.noWeights(run: metadata.runID)
    }
    guard weights.digest == expected else {
      throw StorageError.altered(path: weights.path, expected: "\(expected)", got: "\(weights.digest)")
    }
    return try subject(at: path, metadata, weights: weights.digest, RunDataset(of: metadata, in: root))
  }

  /// Every other run below `runs/`, in whichever directory, by id; those that are not there whole are left out: a clause
  /// that needs one says no, the others can still be judged.
  public func others(than subject: GateSubject) throws -> [String: GateSubject] {
    guard try root.kind(of: Self.runs) == .directory else { return [:] }
    var found: [String: GateSubject] = [:]
    var datasets: [PinnedName: RunDataset?] = [:]
    for family in try root.list(Self.runs).map({ Self.runs.appending($0) }) {
      guard try root.kind(of: family) == .directory else { continue }
      for name in try root.list(family) where name.text != subject.runID {
        if let run = try? other(named: name, at: family.appending(name), &datasets) { found[run.runID] = run }
      }
    }
    return found
  }

  /// Nil for what is no run of that name, and for one without weights.
  ///
  /// - Parameter datasets: What is known of datasets, by place and digest: runs share them, and each is read once.
  private func other(
    named name: PathComponent, at path: StoragePath, _ datasets: inout [PinnedName: RunDataset?]
  ) throws -> GateSubject? {
    guard try root.kind(of: path) == .directory, try root.exists(path.appending(Self.metadataName)) else { return nil }
    let metadata = try root.read(RunMetadata.self, at: path.appending(Self.metadataName))
    // What the run holds now, whatever its metadata say.
    guard metadata.runID == name.text, let weights = try weights(of: path, metadata) else { return nil }
    let key = PinnedName(metadata.dataset, metadata.datasetDigest)
    let dataset = datasets[key] ?? RunDataset(of: metadata, in: root)
    datasets.updateValue(dataset, forKey: key)
    return try subject(at: path, metadata, weights: weights.digest, dataset)
  }

  private func subject(
    at path: StoragePath, _ metadata: RunMetadata, weights: Digest, _ dataset: RunDataset?
  ) throws -> GateSubject {
    let config = try configuration(of: path, metadata)
    let store = EvaluationFiles(of: path, in: root)
    return GateSubject(
      metadata: metadata, weightsDigest: weights, config: config,
      facts: RunFacts(
        metadata, config: config, template: template(metadata.template), weights: weights,
        splitRule: dataset?.splitRule),
      heldOut: dataset?.heldOut ?? HeldOutProblems(),
      evaluations: StoredEvaluations(evaluation: { try store.evaluation($0) }, findings: findings))
  }

  /// What the workspace's pages say about the milestones of `config`.
  public func pages(for config: GatesConfig) throws -> MilestonePages {
    var actionItems: [String: [MilestonePages.OpenLine]] = [:]
    var waivers: [String: MilestonePages.WaiverPage] = [:]
    var overrides: [StoragePath: [MilestonePages.OpenLine]] = [:]
    let names = try root.kind(of: MilestonePages.directory) == .directory ? root.list(MilestonePages.directory) : []
    for milestone in config.milestones {
      let page = MilestonePages.directory.appending(try StoragePath(parsing: milestone.id + ".md"))
      if let text = try text(of: page) {
        actionItems[milestone.id] = MilestonePages.openItems(in: text, page: page.description)
      }
      actionItems[milestone.id, default: []] += MilestonePages.misnamedPages(of: milestone.id, among: names)
      if let waiver = milestone.waiver { waivers[milestone.id] = try self.waiver(at: waiver) }
      for notes in milestone.cadence.map(\.notes) {
        if let text = try text(of: notes) {
          overrides[notes] = MilestonePages.openOverrides(in: text, page: notes.description)
        }
      }
    }
    return MilestonePages(
      actionItems: actionItems, waivers: waivers, overrides: overrides, registered: try registered())
  }

  /// When a tag first named each bundle.
  private func registered() throws -> [Digest: Double] {
    guard try root.exists(Self.tags) else { return [:] }
    let lines = try ChainedLog(Self.tags, in: root).read()
    let movements = try lines.filter { $0.schema == TagRecord.schema }.map { try $0.record(TagRecord.self) }
    return Dictionary(movements.map { ($0.bundleDigest, $0.recordedAt) }) { first, _ in first }
  }

  /// The weights of the run's newest checkpoint, read and hashed; nil before the first.
  private func weights(of run: StoragePath, _ metadata: RunMetadata) throws -> (path: String, digest: Digest)? {
    guard let checkpoint = metadata.checkpoint else { return nil }
    let path = run.appending(try StoragePath(parsing: checkpoint)).appending(Self.weightsName)
    return (root.name(path), try MappedFile(path, in: root).digest())
  }

  private func configuration(of run: StoragePath, _ metadata: RunMetadata) throws -> ConfigNode {
    let resolved = try Composer(ConfigSources(directory: run, in: root)).compose(config: "config")
    guard resolved.digest == metadata.configDigest else {
      throw StorageError.altered(
        path: root.name(run.appending("config.yaml")), expected: metadata.configDigest.description,
        got: resolved.digest.description)
    }
    return resolved.root
  }

  /// Nil where there is no such page.
  private func text(of page: StoragePath) throws -> String? {
    guard try root.exists(page) else { return nil }
    let bytes = try root.read(page, limit: Self.pageByteCount)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw StorageError.malformed(path: root.name(page), line: nil, offset: 0, expected: "UTF-8", got: "other bytes")
    }
    return text
  }

  private func waiver(at page: StoragePath) throws -> MilestonePages.WaiverPage {
    guard try root.exists(page) else { return .missing(page: page.description) }
    do {
      let bytes = try root.read(page, limit: Self.pageByteCount)
      return .found(try Waiver(markdown: bytes, file: page.description), page: page.description)
    } catch let error as ConfigError {
      return .unreadable(page: page.description, problem: "\(error)")
    }
  }
}

/// Why a run cannot be judged.
public enum GateSubjectError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It has not come to its first checkpoint.
  case noWeights(run: String)

  public var description: String {
    switch self {
    case .noWeights(let run):
      "run \(run): no checkpoint yet, so there is nothing to judge. Train it further with 'codex train --resume \(run)'."
    }
  }
}
