import Runs
import Schemas
import Storage

/// Where the evaluations of one run are written, and found again by what was asked.
public struct EvaluationStore: Sendable {
  let root: StorageRoot
  let run: StoragePath
  /// What is there to read.
  public let catalog: EvaluationCatalog

  /// - Parameter run: The run's directory below `root`.
  public init(_ run: StoragePath, in root: StorageRoot) {
    self.root = root
    self.run = run
    catalog = EvaluationCatalog(of: run, in: root)
  }

  /// A name for the evaluation that none has yet: every measurement of a question is kept.
  public func freeID(for result: EvaluationResult) throws -> PathComponent {
    var id = result.id
    var number = 1
    while try root.kind(of: catalog.directory.appending(id)) != nil {
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
    try root.makeDirectory(catalog.directory)
    let path = catalog.directory.appending(try PathComponent(parsing: summary.evaluationID))
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

  /// The newest evaluation of `weights` that was asked exactly `problems` under the configuration `config`: what a win rate
  /// compares with.
  ///
  /// - Throws: `EvaluationError.nothingToCompare` if there is none.
  public func newest(on problems: ProblemSet, config: Digest, weights: Digest?) throws -> EvaluationSummary {
    let all = try catalog.summaries()
    let matching = all.first {
      $0.problemSetDigest == problems.digest && $0.evaluationConfigDigest == config && $0.weightsDigest == weights
    }
    guard let matching else {
      throw EvaluationError.nothingToCompare(reference: root.name(run), found: all.count)
    }
    return matching
  }
}
