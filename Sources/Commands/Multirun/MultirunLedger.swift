import Schemas
import Storage

/// What became of the jobs of one multirun: `runs/multirun/<id>/jobs.ndjson`, every line on disk before the next job.
///
/// The id is a digest of the command line, so the same line again finds what it did before.
final class MultirunLedger {
  let path: StoragePath
  private let workspace: StorageRoot
  /// Held while this object lives: two processes of one multirun would do each job twice.
  private let lock: FileLock
  private let writer: NDJSONWriter
  private let now: () -> Double
  private var last: [[String]: MultirunJobRecord] = [:]

  /// - Parameters:
  ///   - name: What is run, e.g. a template's name.
  ///   - overrides: As typed, sweeps included.
  /// - Throws: `StorageError.locked` if another process is at it; what reading and creating the file throws.
  init(of name: String, overrides: [String], in workspace: StorageRoot, now: @escaping () -> Double) throws {
    let identity = Digest(of: ([name] + overrides).joined(separator: "\n"))
    let folder = try Self.folder.appending(StoragePath(parsing: "\(name)-\(identity.hexadecimal.prefix(12))"))
    try workspace.makeDirectory(folder)
    path = folder.appending("jobs.ndjson")
    lock = try FileLock(folder.appending("jobs.lock"), in: workspace)
    if try workspace.exists(path) {
      try workspace.quarantineTornTail(of: path)
      var reader = try NDJSONReader(path, in: workspace, mode: .strict)
      for record in try reader.records(MultirunJobRecord.self) { last[record.overrides] = record }
    }
    writer = try NDJSONWriter(appendingTo: path, in: workspace)
    self.workspace = workspace
    self.now = now
  }

  static let folder: StoragePath = "runs/multirun"

  /// The record of a job that was completed with this configuration; nil if it is still to be done.
  func completed(_ job: MultirunJob, _ digest: Digest) -> MultirunJobRecord? {
    last[job.overrides].flatMap { $0.state == .completed && $0.configDigest == digest ? $0 : nil }
  }

  /// Appends a line, on disk when this returns.
  func record(
    _ job: MultirunJob, _ digest: Digest?, _ state: MultirunJobRecord.State, runID: String? = nil, loss: Double? = nil,
    message: String? = nil
  ) throws {
    let record = MultirunJobRecord(
      job: job.index, overrides: job.overrides, configDigest: digest, state: state, runID: runID, loss: loss,
      message: message, recordedAt: now())
    try writer.append(record)
    try writer.synchronise()
    last[job.overrides] = record
  }
}
