import Composition
import Runs
import Schemas
import Storage

/// A run's directory while it is written: `RunFolder` says what stands where.
///
/// `latest` beside the runs is a relative link to the newest.
final class RunDirectory {
  let id: RunID
  /// Relative to the workspace.
  let path: StoragePath
  let root: StorageRoot
  let metrics: NDJSONWriter
  let traces: NDJSONWriter
  private let lock: FileLock

  /// Makes the directory if it is not there and takes its lock: whoever holds it may read where the run stands.
  static func lock(_ path: StoragePath, in workspace: StorageRoot) throws -> FileLock {
    try workspace.makeDirectory(path)
    return try FileLock(path.appending(RunFolder.lock), in: workspace)
  }

  /// Opens the directory for writing and cuts its ledgers to `ledgers` bytes: call it once all that a resume needs was read.
  init(
    id: RunID, at path: StoragePath, in workspace: StorageRoot, holding lock: FileLock,
    ledgers: (metrics: Int, traces: Int)
  ) throws {
    self.id = id
    self.path = path
    self.lock = lock
    root = try workspace.subroot(path)
    try root.removeLeftovers(in: .root, holding: lock)
    if try root.exists(RunFolder.checkpoints) { try root.removeLeftovers(in: RunFolder.checkpoints, holding: lock) }
    for (name, count) in [(RunFolder.metrics, ledgers.metrics), (RunFolder.traces, ledgers.traces)] {
      // Lines after the checkpoint are written again, byte for byte; a torn tail goes with them.
      if try root.exists(name) { try root.truncate(name, to: count) }
    }
    metrics = try NDJSONWriter(appendingTo: RunFolder.metrics, in: root)
    traces = try NDJSONWriter(appendingTo: RunFolder.traces, in: root)
  }

  /// Writes what a new run was asked to do.
  func describe(_ resolved: ResolvedConfig) throws {
    try root.atomicReplace(RunFolder.config, Array(resolved.resolvedYAML.utf8))
    var lines: [UInt8] = []
    for parameter in try resolved.parameters() {
      lines += try RecordEncoder().bytes(of: parameter) + [UInt8(ascii: "\n")]
    }
    try root.atomicReplace(RunFolder.parameters, lines)
  }

  func write(_ metadata: RunMetadata) throws { try root.atomicReplace(RunFolder.metadata, record: metadata) }

  /// Points `latest` at this run.
  ///
  /// A directory in its place, which an archive made of the link, is kept under the first of `latest-1`, `latest-2`, … that
  /// is free.
  ///
  /// - Returns: Where that directory is now, if there was one.
  func becomeLatest(in workspace: StorageRoot) throws -> (path: StoragePath, aside: StoragePath)? {
    guard let name = path.lastComponent else { return nil }
    let latest = path.parent.appending(PathComponent(checked: RunCatalog.latestName))
    var moved: (StoragePath, StoragePath)?
    if try workspace.kind(of: latest) == .directory {
      var number = 1
      var aside = latest
      repeat {
        aside = path.parent.appending(PathComponent(checked: "\(RunCatalog.latestName)-\(number)"))
        number += 1
      } while try workspace.kind(of: aside) != nil
      try workspace.renameDirectory(latest, to: aside.components[aside.components.count - 1])
      moved = (latest, aside)
    }
    try workspace.replaceLink(latest, to: StoragePath([name]))
    return moved
  }

  /// Forces both ledgers to the device.
  func synchroniseLedgers() throws {
    try metrics.synchronise()
    try traces.synchronise()
  }
}

extension ResolvedConfig {
  /// Every leaf as a record, in the order of the configuration.
  func parameters() throws -> [ParameterRecord] {
    var records: [ParameterRecord] = []
    func collect(_ node: ConfigNode, _ path: String) throws {
      if case .mapping(let entries) = node.value, !entries.isEmpty {
        for (key, child) in entries { try collect(child, path.isEmpty ? key : "\(path).\(key)") }
        return
      }
      records.append(
        ParameterRecord(
          key: path, value: String(decoding: try CanonicalJSON.write(node.json), as: UTF8.self),
          origin: node.origin.description))
    }
    try collect(root, "")
    return records
  }
}
