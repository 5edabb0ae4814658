import Runs
import Schemas
import Storage

/// The evaluations beside a run: `evaluations/<id>/`.
struct EvaluationFiles: Sendable {
  private let run: StoragePath
  private let root: StorageRoot

  init(of run: StoragePath, in root: StorageRoot) {
    self.run = run
    self.root = root
  }

  /// Nil where there is none of that id.
  func evaluation(_ id: String) throws -> StoredEvaluation? {
    guard let name = try? PathComponent(parsing: id) else { return nil }
    let path = run.appending(RunFolder.evaluations).appending(name)
    guard try root.kind(of: path) == .directory else { return nil }
    let summary = try root.read(EvaluationSummary.self, at: path.appending(EvaluationFolder.summary))
    var samples = try NDJSONReader(path.appending(EvaluationFolder.samples), in: root, mode: .strict)
    var traces = try NDJSONReader(path.appending(EvaluationFolder.traces), in: root, mode: .strict)
    return StoredEvaluation(
      summary: summary, samples: try samples.records(SampleRecord.self), traces: try traces.records(TraceRecord.self))
  }
}
