import Composition
import Schemas
import Storage

/// Reads what a gate judges by, apart from the ledger: the run, the runs it was compared with, and the pages.
public struct GateFiles: Sendable {
  private let root: StorageRoot

  /// - Parameter root: The workspace.
  public init(in root: StorageRoot) { self.root = root }

  static let metadataName: StoragePath = "run_metadata.json"
  static let runs: StoragePath = "runs"
  static let weightsName: StoragePath = "model.safetensors"
  static let pageByteCount = MarkdownPage.largestByteCount

  /// The run at `run` as a gate's subject.
  ///
  /// - Parameter contents: Names the runs that it was compared with.
  /// - Throws: `GateSubjectError.noWeights` before the first checkpoint; `StorageError.altered` if `config.yaml` is not
  ///   the one that the metadata name.
  public func subject(at run: StoragePath, comparedIn contents: LedgerContents) throws -> GateSubject {
    let metadata = try root.read(RunMetadata.self, at: run.appending(Self.metadataName))
    guard let expected = metadata.weightsDigest, let weights = try weights(of: run, metadata) else {
      throw GateSubjectError.noWeights(run: metadata.runID)
    }
    guard weights.digest == expected else {
      throw StorageError.altered(path: weights.path, expected: "\(expected)", got: "\(weights.digest)")
    }
    let config = try configuration(of: run, metadata)
    let names = contents.lines.compactMap { line -> String? in
      guard case .metric(let record) = line.entry, record.identity.runID == metadata.runID else { return nil }
      return record.reference?.runID
    }
    return GateSubject(
      runID: metadata.runID, template: metadata.template, weightsDigest: expected,
      runConfigDigest: metadata.configDigest, datasetDigest: metadata.datasetDigest,
      ledgerHead: metadata.ledgerHead, config: config, references: try references(Set(names)))
  }

  /// The runs called `names`, in whichever directory of `runs/` they are; those that are not there whole are left out: a
  /// clause that needs one says no, the others can still be judged.
  private func references(_ names: Set<String>) throws -> [String: GateSubject.Reference] {
    guard !names.isEmpty, try root.kind(of: Self.runs) == .directory else { return [:] }
    let families = try root.list(Self.runs).map { Self.runs.appending($0) }
    var found: [String: GateSubject.Reference] = [:]
    for name in names {
      guard let id = try? RunID(parsing: name) else { continue }
      for family in families {
        if let run = try? reference(named: name, at: family.appending(StoragePath(parsing: id.text))) {
          found[name] = run
        }
      }
    }
    return found
  }

  /// Nil for a run of another name, and for one without weights.
  private func reference(named name: String, at path: StoragePath) throws -> GateSubject.Reference? {
    let metadata = try root.read(RunMetadata.self, at: path.appending(Self.metadataName))
    // What the control holds now, whatever its metadata say.
    guard metadata.runID == name, let weights = try weights(of: path, metadata) else { return nil }
    return GateSubject.Reference(
      weightsDigest: weights.digest, runConfigDigest: metadata.configDigest,
      config: try configuration(of: path, metadata))
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
    return MilestonePages(actionItems: actionItems, waivers: waivers, overrides: overrides)
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
