import Composition
import Ledger
import Schemas
import Storage
import TestSupport
import Testing

/// docs/reference/gates.md documents exactly the reasons, keys and exit codes that there are.
@Suite struct GatesReferenceTests {
  private let markdown: String
  private let page: ReferencePage

  init() throws {
    let here = "Tests/LedgerTests/Gates/GatesReferenceTests.swift"
    let root = try StorageRoot(opening: String(#filePath.dropLast(here.count)))
    markdown = String(decoding: try root.read("docs/reference/gates.md", limit: 1 << 20), as: UTF8.self)
    page = ReferencePage(markdown: markdown)
  }

  private func keys(_ value: some Encodable) throws -> [String] {
    guard case .object(let object) = try RecordEncoder().value(of: value) else { return [] }
    return object.members.map(\.key)
  }

  @Test func page_documentsEveryReason() {
    #expect(page.disagreements(in: "Reasons", with: GateReason.allCases.map(\.rawValue)) == [])
  }

  @Test func page_documentsEveryKeyOfTheConfiguration() throws {
    let text = Array((BuiltInConfigs.files["gates/milestones.yaml"] ?? "").utf8)
    let milestones = try YAMLReader.read(text, file: "milestones.yaml")[path: "gates.milestones"]
    func keys(_ path: String) -> [String] { milestones?[path: path]?.entries.map { Array($0.keys) } ?? [] }
    #expect(page.disagreements(in: "Milestones", with: keys("0")) == [])
    #expect(page.disagreements(in: "Clauses", with: keys("0.clauses.0")) == [])
    #expect(page.disagreements(in: "Identity", with: IdentityField.allCases.map(\.rawValue)) == [])
    #expect(page.disagreements(in: "Cadence", with: keys("3.cadence.0")) == [])
  }

  @Test func page_documentsEveryKeyOfAVerdict() throws {
    let head = LedgerHead(sequence: 0, digest: Digest(of: "h"))
    let clause = ClauseVerdict(
      clause: "c", passed: true, reason: "ok", message: "m", metric: "m", value: 1, comparator: ">=", threshold: 1,
      count: 1, evidence: head)
    let verdict = VerdictRecord(
      milestone: "M0", passed: true, runID: "r", weightsDigest: head.digest, clauses: [clause],
      gatesConfigDigest: head.digest, standardGates: true, ledgerHead: head, codexVersion: "0", recordedAt: 1)
    #expect(page.disagreements(in: VerdictRecord.schema, with: try keys(verdict)) == [])
    #expect(page.disagreements(in: "clauses", with: try keys(clause)) == [])
  }

  /// The table of reasons for which nothing could be judged says the exit codes that the cases found.
  @Test func page_saysTheExitCodesOfTheCases() {
    for evidence in BadEvidence.all where evidence.exitCode != 1 {
      let row = markdown.split(separator: "\n").first { $0.hasPrefix("| `\(evidence.reason.rawValue)` |") } ?? ""
      let codes = row.split(separator: "|").dropFirst().first ?? ""
      #expect(codes.contains("\(evidence.exitCode)"), "\(evidence.description): \(row)")
    }
  }

  @Test func control_aReasonThatIsNotDocumentedIsFound() {
    #expect(page.disagreements(in: "Reasons", with: GateReason.allCases.map(\.rawValue) + ["new"]) != [])
  }
}
