import Planning
import Plans
import Schemas
import Storage
import Testing
import Worlds

@Suite struct TraceAuditTests {  // Sources/Planning/TraceAudit.swift, PlanningResult+Trace.swift
  private func released() throws -> TraceRecord {
    let planner = try Fixture.planner(
      SearchConfig(mode: .greedy), favouring: [Fixture.wrongLast, Fixture.right])
    return try planner.plan(Fixture.request(Fixture.problem(.arithmetic, Fixture.chain)))
      .trace(in: TraceContext(runID: "run-1", phase: "evaluate", template: "baseline"))
  }

  private func abstained() throws -> TraceRecord {
    let planner = try Fixture.planner(SearchConfig(mode: .greedy, budget: 2), favouring: [Fixture.right])
    return try planner.plan(Fixture.request(Fixture.problem(.arithmetic, Fixture.chain)))
      .trace(in: TraceContext(runID: nil, phase: "plan"))
  }

  @Test func trace_leadsFromTheProblemToAnOutcome() throws {
    let trace = try released()
    #expect(trace.problem.goal == "evaluate(3,add,4,mul,2)")
    #expect(trace.plan == Fixture.right)
    #expect(trace.planDigest == Digest(of: Fixture.right))
    #expect(trace.nodeCount == 4)
    #expect(trace.outcome == "return")
    #expect(trace.refused == Fixture.wrongLast)
    #expect(trace.findings.map(\.path) == ["/1"])
    #expect(trace.repaired)
    #expect(trace.traceID.count == 32)
  }

  @Test func traceID_dependsOnEverythingThatThePlanFollowsFrom() throws {
    let problem = try Fixture.problem(.arithmetic, Fixture.chain)
    let other = try Fixture.problem(.arithmetic, "(3 + 5) * 2")
    func id(
      _ problem: Problem, _ mode: PlanningMode, seed: UInt64, run: String, budget: Int = 1, beam: Int = 4,
      dataset: String = "d", weights: String = "w"
    ) throws -> String {
      let context = TraceContext(
        runID: run, phase: "plan", dataset: PinnedName(dataset, Digest(of: dataset)), weightsDigest: Digest(of: weights)
      )
      return try Fixture.planner(SearchConfig(mode: mode, budget: budget, beam: beam), favouring: [])
        .plan(Fixture.request(problem, seed: seed)).trace(in: context).traceID
    }
    let ids = try [
      id(problem, .greedy, seed: 1, run: "a"), id(other, .greedy, seed: 1, run: "a"),
      id(problem, .sampling, seed: 1, run: "a"), id(problem, .greedy, seed: 2, run: "a"),
      id(problem, .greedy, seed: 1, run: "b"), id(problem, .greedy, seed: 1, run: "a", budget: 2),
      id(problem, .greedy, seed: 1, run: "a", beam: 3), id(problem, .greedy, seed: 1, run: "a", dataset: "e"),
      id(problem, .greedy, seed: 1, run: "a", weights: "v"),
    ]
    #expect(Set(ids).count == ids.count)
    #expect(try id(problem, .greedy, seed: 1, run: "a") == ids[0])
  }

  @Test func findings_acceptReleasesAndAbstentions() throws {
    #expect(TraceAudit.findings(in: try released()).isEmpty)
    #expect(TraceAudit.covers(try released()))
    #expect(TraceAudit.findings(in: try abstained()).isEmpty)
    #expect(!TraceAudit.covers(try abstained()))
  }

  /// Every field that a coverage claim rests on, falsified one at a time in the record's JSON.
  @Test(arguments: [
    ("plan", #""goal evaluate(3,add,4,mul,2){action add(3,4)->7;action mul(7,2)->15;terminal return();}""#),
    ("plan", #""goal evaluate(3,add,4,mul,2){action add(3,4)->7; action mul(7,2)->14;terminal return();}""#),
    ("plan", #""goal evaluate(3,add,4){action add(3,4)->7;terminal return();}""#),
    ("plan", #""goal""#), ("plan", nil), ("plan_digest", nil), ("node_count", "5"), ("node_count", nil),
    ("outcome", #""unsolvable""#), ("outcome", nil), ("abstention", #""budget""#), ("log_probability", nil),
    ("verdict", #""abstained""#),
  ]) func findings_catchAFalsifiedField(key: String, value: String?) throws {
    let falsified = try falsify(try released(), key, value)
    #expect(!TraceAudit.findings(in: falsified).isEmpty)
    #expect(!TraceAudit.covers(falsified))
  }

  @Test(arguments: [
    ("world", #""chess""#), ("world", #""countdown""#), ("goal", #""evaluate(3,add,4)""#), ("goal", #""x""#),
  ])
  func findings_catchAFalsifiedProblem(key: String, value: String) throws {
    let falsified = try falsify(try released(), "problem." + key, value)
    #expect(!TraceAudit.covers(falsified))
  }

  @Test func findings_nameTheNodeThatIsWrong() throws {
    let falsified = try falsify(
      try released(), "plan",
      #""goal evaluate(3,add,4,mul,2){action add(3,4)->7;action mul(7,2)->15;terminal return();}""#)
    #expect(
      TraceAudit.findings(in: falsified).map(\.description).last
        == "'plan': /1: wrong_value: 7 * 2: expected 14, got 15")
  }

  /// `trace` with the JSON text `value` at `key`, or without the key.
  private func falsify(_ trace: TraceRecord, _ key: String, _ value: String?) throws -> TraceRecord {
    guard case .object(let object) = try RecordEncoder().value(of: trace) else { throw CancellationError() }
    let replacement = try value.map { try JSONReader.parse(Array($0.utf8)) }
    func replace(_ object: JSONObject, _ path: ArraySlice<Substring>) -> JSONObject {
      var members = object.members.filter { $0.key != path.first.map(String.init) }
      guard let name = path.first.map(String.init) else { return object }
      if path.count > 1, case .object(let inner)? = object[name] {
        members.append(.init(name, .object(replace(inner, path.dropFirst()))))
      } else if let replacement {
        members.append(.init(name, replacement))
      }
      return JSONObject(members)
    }
    return try RecordDecoder().value(
      TraceRecord.self, from: .object(replace(object, key.split(separator: ".")[...])))
  }
}
