import Composition
import Schemas
import Storage
import Training

/// Runs the jobs of a sweep in order, and remembers what is done.
struct Multirun {
  /// What a job makes.
  typealias Result = (runID: String, loss: Double?)

  let jobs: [MultirunJob]
  let ledger: MultirunLedger
  let failsFast: Bool
  let talk: Talk

  /// Does every job that was not completed before with the same configuration.
  ///
  /// - Parameters:
  ///   - compose: The configuration of a job.
  ///   - perform: Does the job.
  /// - Returns: The jobs that were met, in order; with `failsFast` none after the first that failed.
  /// - Throws: What ends the whole: an interruption, or a ledger that cannot be written.
  func run(
    compose: (MultirunJob) throws -> ResolvedConfig, perform: (MultirunJob, ResolvedConfig) throws -> Result
  ) throws -> [MultirunOutcome] {
    var outcomes: [MultirunOutcome] = []
    for job in jobs {
      let outcome = try outcome(of: job, compose, perform)
      outcomes.append(outcome)
      if let failure = outcome.failure {
        talk.warn("job \(job.index) failed: \(ErrorText.sentence(for: failure))")
        if failsFast { break }
      }
    }
    return outcomes
  }

  private func outcome(
    of job: MultirunJob, _ compose: (MultirunJob) throws -> ResolvedConfig,
    _ perform: (MultirunJob, ResolvedConfig) throws -> Result
  ) throws -> MultirunOutcome {
    var digest: Digest?
    do {
      let resolved = try compose(job)
      digest = resolved.digest
      if let known = ledger.completed(job, resolved.digest) {
        talk.say("\(job.title) (completed before)")
        return MultirunOutcome(job: job, state: .skipped, runID: known.runID, loss: known.loss)
      }
      talk.say("\(job.title) (\(job.index + 1) of \(jobs.count))")
      try ledger.record(job, digest, .running)
      let result = try perform(job, resolved)
      try ledger.record(job, digest, .completed, runID: result.runID, loss: result.loss)
      return MultirunOutcome(job: job, state: .completed, runID: result.runID, loss: result.loss)
    } catch  where Self.endsAll(error) {
      throw error
    } catch {
      try ledger.record(job, digest, .failed, message: ErrorText.sentence(for: error))
      return MultirunOutcome(job: job, state: .failed, failure: error)
    }
  }

  /// An interruption is about all jobs; what it cut off is done again, or gone on with, by the same command line.
  private static func endsAll(_ error: any Error) -> Bool {
    if case .interrupted? = ExitReason(for: error) { return true }
    return false
  }
}
