/// Why a question to the ledger has no answer. A missing answer is an error, never an empty one.
public enum LedgerError: Error, Hashable, Sendable {
  /// No measurement of the metric fits what was asked for.
  case notMeasured(metric: String, run: String?, mode: String?)
  /// The reference has no measurement of the same problems.
  case notPaired(run: String, reference: String, mode: String)
  /// The ledger lacks the line that a run was evaluated into last.
  case headLost(ledger: String, sequence: Int)
  /// The metric compares two runs, or asks a problem repeatedly: it has no such groups or pairs.
  case unsuitable(metric: String, use: String, remedy: String)
  /// The ledger to be merged begins otherwise: it is of no copy of this workspace.
  case nothingInCommon(ledger: String, source: String)
  /// Two ledgers say different things of one run, measurement or intention.
  case contradictory(ledger: String, line: Int, source: String, sourceLine: Int)
}

extension LedgerError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notMeasured(let metric, let run, let mode):
      "the ledger has no measurement of \(metric)\(run.map { " of run \($0)" } ?? "")\(mode.map { " in mode \($0)" } ?? ""); "
        + "expected one. Measure it with 'codex evaluate'."
    case .notPaired(let run, let reference, let mode):
      "the reference \(reference) was not asked the problems of run \(run) in mode \(mode). "
        + "Evaluate both with the same configuration on the same dataset."
    case .headLost(let ledger, let sequence):
      "\(ledger): the run's metadata name its line \(sequence), which is not there: the ledger was cut or exchanged. Restore "
        + "it, or name another with '--ledger'."
    case .nothingInCommon(let ledger, let source):
      "\(source): expected a ledger that begins as \(ledger) does, got another one. Merge the ledger of a copy of this "
        + "workspace that was made after its first line was written, e.g. by 'codex gate declare'."
    case .contradictory(let ledger, let line, let source, let sourceLine):
      "line \(sourceLine) of \(source) says something else than line \(line) of \(ledger) of the same run or measurement; "
        + "nothing was merged. Find out which is wrong: neither is evidence."
    case .unsuitable(let metric, let use, let remedy): "\(metric) cannot be \(use). \(remedy)"
    }
  }
}
