import Schemas
import Storage
import TestSupport
import Testing

/// docs/reference/trace.md documents exactly the keys that `TraceRecord` writes.
@Suite struct TraceReferenceTests {
  private let full = TraceRecord(
    traceID: "0", runID: "r", phase: "train", stage: "a", step: 1, template: "t",
    problem: TraceRecord.Problem(
      id: Digest(of: "p"), world: "arithmetic", goal: "evaluate(1,add,2)", level: 1, stepCount: 1, category: "additive"),
    mode: "greedy", seed: 0, budget: 1, search: "s", dataset: "d", weightsDigest: Digest(of: "w"), verdict: .verified,
    abstention: .budget, plan: "p", planDigest: Digest(of: "p"),
    nodeCount: 3, outcome: "return", refused: "q",
    findings: [TraceRecord.Finding(path: "/", rule: "r", message: "m")], repaired: false, modelEvaluations: 1,
    logProbability: -1)

  @Test func page_documentsEveryKey() throws {
    let root = try StorageRoot(
      opening: String(#filePath.dropLast("Tests/PlanningTests/TraceReferenceTests.swift".count)))
    let page = ReferencePage(
      markdown: String(decoding: try root.read("docs/reference/trace.md", limit: 1 << 20), as: UTF8.self))
    guard case .object(let object) = try RecordEncoder().value(of: full),
      case .object(let problem)? = object["problem"],
      case .array(let findings)? = object["findings"], case .object(let finding)? = findings.first
    else { throw CancellationError() }
    #expect(page.disagreements(in: TraceRecord.schema, with: object.members.map(\.key)) == [])
    #expect(page.disagreements(in: "problem", with: problem.members.map(\.key)) == [])
    #expect(page.disagreements(in: "findings", with: finding.members.map(\.key)) == [])
  }
}
