import Composition
import Schemas
import Storage
import Training

/// Runs the jobs of a sweep in order, and remembers what is done.
struct Multirun {
  /// What a job makes.
  typealias Result = (runID: String, loss: Double?)

  /// What a job is made of.
  struct Work {
    /// The configuration of a job.
    let compose: (MultirunJob) throws -> ResolvedConfig
    /// Whether what the ledger remembers of a job is still there.
    let stands: (MultirunJobRecord, ResolvedConfig) throws -> Bool
    /// Does the job.
    let perform: (MultirunJob, ResolvedConfig) throws -> Result
  }

  let jobs: [MultirunJob]
  let ledger: MultirunLedger
  let failsFast: Bool
  let talk: Talk

  /// Does every job that was not completed before with the same configuration.
  ///
  /// - Returns: The jobs that were met, in order: with `failsFast` none after the first that failed, and none after one
  ///   that was interrupted.
  /// - Throws: For a ledger that cannot be written.
  func run(_ work: Work) throws -> [MultirunOutcome] {
    var outcomes: [MultirunOutcome] = []
    for job in jobs {
      let outcome = try outcome(of: job, work)
      outcomes.append(outcome)
      if outcome.state == .interrupted { break }
      if let failure = outcome.failure {
        talk.warn("job \(job.index) failed: \(ErrorText.sentence(for: failure))")
        if failsFast { break }
      }
    }
    return outcomes
  }

  private func outcome(of job: MultirunJob, _ work: Work) throws -> MultirunOutcome {
    var digest: Digest?
    do {
      let resolved = try work.compose(job)
      digest = resolved.digest
      if let known = ledger.completed(job, resolved.digest), try work.stands(known, resolved) {
        talk.say("\(job.title) (completed before)")
        return MultirunOutcome(job: job, state: .skipped, runID: known.runID, loss: known.loss)
      }
      talk.say("\(job.title) (\(job.index + 1) of \(jobs.count))")
      try ledger.record(job, digest, .running)
      let result = try work.perform(job, resolved)
      try ledger.record(job, digest, .completed, runID: result.runID, loss: result.loss)
      return MultirunOutcome(job: job, state: .completed, runID: result.runID, loss: result.loss)
    } catch  where Self.isInterruption(error) {
      // Its line says 'running': the same command line goes on with it.
      return MultirunOutcome(job: job, state: .interrupted, failure: error)
    } catch {
      try ledger.record(job, digest, .failed, message: ErrorText.sentence(for: error))
      return MultirunOutcome(job: job, state: .failed, failure: error)
    }
  }

  /// An interruption is about all jobs.
  private static func isInterruption(_ error: any Error) -> Bool {
    if case .interrupted? = ExitReason(for: error) { return true }
    return false
  }
}
