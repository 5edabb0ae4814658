import Runs
import Schemas
import Storage

/// The evaluations of one run: `evaluations/<id>/` below its directory.
public struct EvaluationStore: Sendable {
  let root: StorageRoot
  let run: StoragePath

  /// - Parameter run: The run's directory below `root`.
  public init(_ run: StoragePath, in root: StorageRoot) {
    self.root = root
    self.run = run
  }

  /// A name for the evaluation that none has yet: every measurement of a question is kept.
  public func freeID(for result: EvaluationResult) throws -> PathComponent {
    let directory = run.appending(RunFolder.evaluations)
    var id = result.id
    var number = 1
    while try root.kind(of: directory.appending(id)) != nil {
      number += 1
      id = PathComponent(checked: "\(result.id.text)-\(number)")
    }
    return id
  }

  /// Writes samples, traces and, last, the summary as one directory that appears complete or not at all, called as the
  /// summary says.
  ///
  /// - Returns: The directory, relative to the root.
  @discardableResult
  public func publish(_ result: EvaluationResult, _ summary: EvaluationSummary) throws -> StoragePath {
    try root.makeDirectory(run.appending(RunFolder.evaluations))
    let path = run.appending(RunFolder.evaluations)
      .appending(try StoragePath(parsing: summary.evaluationID))
    try root.publishDirectory(path, replacing: false) { staging in
      try staging.writeFile(EvaluationFolder.samples) { file in
        for answer in result.answers { try file.append(record: answer.sample) }
      }
      try staging.writeFile(EvaluationFolder.traces) { file in
        for trace in result.answers.compactMap(\.trace) { try file.append(record: trace) }
      }
      try staging.seal(EvaluationFolder.summary, manifest: summary)
    }
    return path
  }

  /// The summaries of all complete evaluations, newest first.
  public func summaries() throws -> [EvaluationSummary] {
    let directory = run.appending(RunFolder.evaluations)
    guard try root.exists(directory) else { return [] }
    let found = try root.list(directory).compactMap { name -> EvaluationSummary? in
      let path = directory.appending(name).appending(EvaluationFolder.summary)
      return try root.exists(path) ? try root.read(EvaluationSummary.self, at: path) : nil
    }
    return found.sorted { ($1.recordedAt, $0.evaluationID) < ($0.recordedAt, $1.evaluationID) }
  }

  /// Every sample of an evaluation, strictly read.
  public func samples(of summary: EvaluationSummary) throws -> [SampleRecord] {
    try records(SampleRecord.self, EvaluationFolder.samples, of: summary)
  }

  /// Every trace of an evaluation, strictly read.
  public func traces(of summary: EvaluationSummary) throws -> [TraceRecord] {
    try records(TraceRecord.self, EvaluationFolder.traces, of: summary)
  }

  /// The newest evaluation that was asked exactly `problems` under the configuration `config`: what a win rate compares
  /// with.
  ///
  /// - Throws: `EvaluationError.nothingToCompare` if there is none.
  public func newest(on problems: ProblemSet, config: Digest) throws -> EvaluationSummary {
    let all = try summaries()
    let matching = all.first { $0.problemSetDigest == problems.digest && $0.evaluationConfigDigest == config }
    guard let matching else {
      throw EvaluationError.nothingToCompare(reference: root.name(run), found: all.count)
    }
    return matching
  }

  private func records<R: Record>(_ type: R.Type, _ file: StoragePath, of summary: EvaluationSummary) throws -> [R] {
    let path = run.appending(RunFolder.evaluations).appending(try StoragePath(parsing: summary.evaluationID)).appending(
      file)
    var reader = try NDJSONReader(path, in: root, mode: .strict)
    return try reader.records(type)
  }
}
