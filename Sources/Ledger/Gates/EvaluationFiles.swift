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
    let path = run.appending("evaluations").appending(name)
    guard try root.kind(of: path) == .directory else { return nil }
    let summary = try root.read(EvaluationSummary.self, at: path.appending("summary.json"))
    var samples = try NDJSONReader(path.appending("samples.ndjson"), in: root, mode: .strict)
    var traces = try NDJSONReader(path.appending("traces.ndjson"), in: root, mode: .strict)
    return StoredEvaluation(
      summary: summary, samples: try samples.records(SampleRecord.self), traces: try traces.records(TraceRecord.self))
  }
}
