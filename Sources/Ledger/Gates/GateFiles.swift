import Composition
import Runs
import Schemas
import Storage

/// Reads what a gate judges by, apart from the ledger: the run, the other runs of the workspace, and the pages.
public struct GateFiles: Sendable {
  private let root: StorageRoot
  private let template: @Sendable (String) -> ResolvedConfig?
  private let judge: TraceJudge

  /// - Parameters:
  ///   - root: The workspace.
  ///   - template: Composes a template without overrides, as this workspace has it; nil where it has none of that name.
  ///   - judge: Of the traces beside the runs.
  public init(
    in root: StorageRoot, template: @escaping @Sendable (String) -> ResolvedConfig?,
    judge: TraceJudge
  ) {
    self.root = root
    self.template = template
    self.judge = judge
  }

  static let tags: StoragePath = "artifacts/tags.ndjson"
  static let pageByteCount = MarkdownPage.largestByteCount

  /// The run at `path` as a gate's subject.
  ///
  /// - Throws: `RunError.noCheckpoint` before the first checkpoint; `StorageError.altered` if weights or `config.yaml` are not
  ///   those that the metadata name.
  public func subject(at path: StoragePath) throws -> GateSubject {
    let run = try StoredRun(at: path, in: root)
    guard let expected = run.metadata.weightsDigest, let weights = try weights(of: run) else {
      throw RunError.noCheckpoint(run: run.metadata.runID, status: run.metadata.status.rawValue)
    }
    guard weights.digest == expected else {
      throw StorageError.altered(path: weights.path, expected: "\(expected)", got: "\(weights.digest)")
    }
    return try subject(run, weights: weights.digest, RunDataset(of: run.metadata, in: root))
  }

  /// Every other run of the workspace by id; those that are not there whole are left out, as are those of an id under which
  /// there are different weights: a clause that needs one says no, the others can still be judged.
  public func others(than subject: GateSubject) throws -> [String: GateSubject] {
    var found: [String: GateSubject] = [:]
    var disputed: Set<String> = []
    var datasets: [PinnedName: RunDataset?] = [:]
    for path in try RunCatalog(in: root).directories() where path.lastComponent?.text != subject.runID {
      guard let run = try? other(at: path, &datasets) else { continue }
      if let twin = found[run.runID], twin.weightsDigest != run.weightsDigest { disputed.insert(run.runID) }
      found[run.runID] = run
    }
    return found.filter { !disputed.contains($0.key) }
  }

  /// Nil for a run of another name than its directory, and for one without weights.
  ///
  /// - Parameter datasets: What is known of datasets, by place and digest: runs share them, and each is read once.
  private func other(at path: StoragePath, _ datasets: inout [PinnedName: RunDataset?]) throws -> GateSubject? {
    let run = try StoredRun(at: path, in: root)
    // What the run holds now, whatever its metadata say.
    guard run.metadata.runID == path.lastComponent?.text, let weights = try weights(of: run) else { return nil }
    let key = PinnedName(run.metadata.dataset, run.metadata.datasetDigest)
    let dataset = datasets[key] ?? RunDataset(of: run.metadata, in: root)
    datasets.updateValue(dataset, forKey: key)
    return try subject(run, weights: weights.digest, dataset)
  }

  private func subject(_ run: StoredRun, weights: Digest, _ dataset: RunDataset?) throws -> GateSubject {
    let config = try run.configuration().root
    let store = EvaluationCatalog(of: run.path, in: root)
    return GateSubject(
      metadata: run.metadata, weightsDigest: weights, config: config,
      facts: RunFacts(
        run.metadata, config: config, template: template(run.metadata.template), weights: weights,
        splitRule: dataset?.splitRule),
      heldOut: dataset?.heldOut ?? HeldOutProblems(),
      evaluations: StoredEvaluations(evaluation: { try store.evaluation($0) }, judgedBy: judge))
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
  private func weights(of run: StoredRun) throws -> (path: String, digest: Digest)? {
    guard let path = try run.weightsPath() else { return nil }
    return (root.name(path), try MappedFile(path, in: root).digest())
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
