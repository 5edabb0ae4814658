import Ledger
import Schemas

/// What came out of judging: verdicts, or why there are none.
package struct GateReport {
  package let outcome: Result<[VerdictRecord], any Error>
  /// What was asked for: a milestone's id, or `all`.
  package let name: String

  package init(_ outcome: Result<[VerdictRecord], any Error>, name: String) {
    self.outcome = outcome
    self.name = name
  }

  /// Judges.
  init(request: GateRequest, recording: Bool, in session: Session) {
    self.init(Result { try request.verdicts(recording: recording, in: session) }, name: request.milestone ?? "all")
  }

  /// The verdicts; empty where nothing could be judged.
  package var verdicts: [VerdictRecord] { (try? outcome.get()) ?? [] }

  /// Whether something was judged and all of it passed.
  package var passed: Bool { !verdicts.isEmpty && verdicts.allSatisfy(\.passed) }

  /// Why nothing could be judged: a word of docs/reference/gates.md and a sentence.
  package var failure: (reason: String, message: String)? {
    guard case .failure(let error) = outcome else { return nil }
    guard let failure = error as? GateFailure else { return ("error", ErrorText.sentence(for: error)) }
    return (failure.reason.rawValue, failure.message)
  }
}
