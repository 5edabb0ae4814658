import Schemas
import Storage

/// The evaluations beside a run: `evaluations/<id>/` below its directory, strictly read.
public struct EvaluationCatalog: Sendable {
  /// Where they are, relative to the workspace; it need not exist.
  public let directory: StoragePath
  private let workspace: StorageRoot

  /// - Parameter run: The run's directory below `workspace`.
  public init(of run: StoragePath, in workspace: StorageRoot) {
    directory = run.appending(RunFolder.evaluations)
    self.workspace = workspace
  }

  /// The summaries of all complete evaluations, newest first.
  public func summaries() throws -> [EvaluationSummary] {
    guard try workspace.exists(directory) else { return [] }
    let found = try workspace.list(directory).compactMap { name -> EvaluationSummary? in
      let path = directory.appending(name).appending(EvaluationFolder.summary)
      return try workspace.exists(path) ? try workspace.read(EvaluationSummary.self, at: path) : nil
    }
    return found.sorted { ($1.recordedAt, $0.evaluationID) < ($0.recordedAt, $1.evaluationID) }
  }

  /// Every sample of the evaluation with this id.
  public func samples(of id: PathComponent) throws -> [SampleRecord] {
    try records(SampleRecord.self, id, EvaluationFolder.samples)
  }

  /// Every trace of the evaluation with this id.
  public func traces(of id: PathComponent) throws -> [TraceRecord] {
    try records(TraceRecord.self, id, EvaluationFolder.traces)
  }

  /// Everything that the evaluation with this id left; nil where there is none.
  public func evaluation(_ id: PathComponent) throws -> StoredEvaluation? {
    let path = directory.appending(id)
    guard try workspace.kind(of: path) == .directory else { return nil }
    return StoredEvaluation(
      summary: try workspace.read(EvaluationSummary.self, at: path.appending(EvaluationFolder.summary)),
      samples: try samples(of: id), traces: try traces(of: id))
  }

  private func records<R: Record>(_ type: R.Type, _ id: PathComponent, _ file: StoragePath) throws -> [R] {
    var reader = try NDJSONReader(directory.appending(id).appending(file), in: workspace, mode: .strict)
    return try reader.records(type)
  }
}
