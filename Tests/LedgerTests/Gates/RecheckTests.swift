import Ledger
import Schemas
import Storage
import Testing

/// A model that is asked again must answer as its traces say.
@Suite struct RecheckTests {  // Sources/Ledger/Gates/Recheck.swift
  /// The clause `recheck` of a verdict on `milestone`.
  private func clause(
    _ milestone: String, count: Int, difference: @escaping @Sendable (TraceRecord, MetricIdentity) throws -> String?
  ) throws -> (clause: ClauseVerdict, passed: Bool) {
    let recheck = Recheck(count: count, choice: { count, of in Array((0..<of).suffix(count)) }, difference: difference)
    guard case .verdict(let verdict) = try Scene().judge(milestone, rechecking: recheck) else {
      throw CancellationError()
    }
    return (try #require(verdict.clauses.last { $0.clause == "recheck" }), verdict.passed)
  }

  @Test func answers_thatAreTheSameHold() throws {
    let found = try clause("M0", count: 7) { trace, identity in
      trace.mode == Evidence.mode && identity[.run] == Scene.run ? nil : "another"
    }
    #expect(found.passed && found.clause.reason == "ok" && found.clause.count == 7)
  }

  @Test func oneAnswerThatDiffers_isANo() throws {
    let found = try clause("M0", count: 7) { trace, _ in
      trace.problem.id == Evidence.problem(Scene.count - 1) ? "no plan" : nil
    }
    #expect(!found.passed && found.clause.reason == "recheck_disagrees" && found.clause.message.contains("no plan"))
  }

  @Test func aModelThatCannotBeAsked_isANo() throws {
    let found = try clause("M0", count: 1) { _, _ in throw CancellationError() }
    #expect(!found.passed && found.clause.reason == "recheck_disagrees")
  }

  /// Deployments and latencies have no traces: nothing asked is no yes.
  @Test func nothingToAsk_isANo() throws {
    let found = try clause("M2", count: 3) { _, _ in nil }
    #expect(!found.passed && found.clause.count == 0)
  }
}
