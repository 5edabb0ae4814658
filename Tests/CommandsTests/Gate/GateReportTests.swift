import Commands
import Ledger
import Runs
import Schemas
import Storage
import Testing

/// What a gate leaves for machines: Sources/Commands/Gate/.
@Suite struct GateReportTests {
  /// Markup, a workflow command, line ends, control characters.
  static let hostile = "a<b>&\"'\n::error::x\r\n%0A,:|`*_[l](u)\u{1B}[31m\u{0}é"

  private func verdict(passed: Bool, message: String = "too low") -> VerdictRecord {
    let digest = Digest(of: "d")
    func clause(_ name: String, _ passed: Bool) -> ClauseVerdict {
      ClauseVerdict(
        clause: name, passed: passed, reason: passed ? "ok" : "below_threshold", message: passed ? "holds" : message,
        metric: nil, value: nil, comparator: nil, threshold: nil, count: nil, evidence: nil)
    }
    return VerdictRecord(
      milestone: "M0", passed: passed, runID: "r", weightsDigest: nil,
      clauses: [clause("ledger_head", true), clause("trace_coverage", passed)], gatesConfigDigest: digest,
      ledgerHead: nil, codexVersion: "0", recordedAt: 0)
  }

  private func report(_ verdicts: VerdictRecord...) -> GateReport { GateReport(.success(verdicts), name: "M0") }

  private var failure: GateReport {
    GateReport(.failure(GateFailure(.tornTail, UsageError("the \"tail\" is torn"))), name: "M0")
  }

  @Test func passed_needsAVerdictAndAllOfThem() {
    #expect(report(verdict(passed: true)).passed)
    #expect(!report(verdict(passed: true), verdict(passed: false)).passed)
    #expect(!report().passed)
    #expect(!failure.passed)
  }

  @Test func junit_hasACasePerClause() {
    #expect(
      JUnitReport(report(verdict(passed: false))).xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="codex gate" tests="2" failures="1" errors="0">
          <testsuite name="M0" tests="2" failures="1" errors="0">
            <properties>
              <property name="run_id" value="r"/>
              <property name="gates_config_digest" value="\(Digest(of: "d"))"/>
              <property name="codex_version" value="0"/>
            </properties>
            <testcase classname="codex.gate.M0" name="ledger_head"><system-out>holds</system-out></testcase>
            <testcase classname="codex.gate.M0" name="trace_coverage"><failure type="below_threshold" message="too low"/></testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func junit_ofNothingJudgedIsAnError() {
    #expect(
      JUnitReport(failure).xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="codex gate" tests="1" failures="0" errors="1">
          <testsuite name="M0" tests="1" failures="0" errors="1">
            <testcase classname="codex.gate.M0" name="evidence"><error type="torn_tail" message="the &quot;tail&quot; is torn"/></testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func xml_escapesMarkupAndReplacesWhatItCannotHold() {
    #expect(
      XMLText.escaped(Self.hostile)
        == "a&lt;b&gt;&amp;&quot;&apos;&#10;::error::x&#13;&#10;%0A,:|`*_[l](u)\u{FFFD}[31m\u{FFFD}é")
    #expect(XMLText.escaped("\u{FFFE}\u{FFFF}\u{10FFFF}\u{D7FF}") == "\u{FFFD}\u{FFFD}\u{10FFFF}\u{D7FF}")
  }

  @Test func annotations_areOneLineEach() {
    let lines = GitHubAnnotations(report(verdict(passed: false, message: Self.hostile), verdict(passed: true))).lines
    #expect(
      lines == [
        "::error title=M0 trace_coverage%3A below_threshold::a<b>&\"'%0A::error::x%0D%0A%250A,:|`*_[l](u)\u{1B}[31m\u{0}é",
        "::notice title=M0 passed::all 2 clauses hold",
      ])
    #expect(
      GitHubAnnotations(failure).lines
        == ["::error title=M0 could not be judged%3A torn_tail::the \"tail\" is torn"])
    #expect(
      GitHubAnnotations(GateReport(.failure(UsageError("x, y: z")), name: "a,b:c")).lines.first?
        .hasPrefix("::error title=a%2Cb%3Ac could not be judged%3A error::") == true)
  }

  @Test func summary_isATableWhoseCellsAreText() {
    let markdown = GateSummary(report(verdict(passed: false, message: Self.hostile))).markdown
    let row = markdown.split(separator: "\n").last { $0.hasPrefix("| trace") } ?? ""
    #expect(
      row == "| trace\\_coverage | below\\_threshold | a&lt;b&gt;&amp;\"' ::error::x  %0A,:\\|\\`\\*\\_\\[l\\](u)\u{1B}"
        + "\\[31m\u{0}é |")
    #expect(GateSummary(failure).markdown == "### M0 could not be judged\n\ntorn\\_tail: the \"tail\" is torn\n\n")
  }

  @Test func failure_hasTheCodeOfItsCause() {
    let causes: [(GateFailure, ExitReason)] = [
      (GateFailure(readingLedger: StorageError.system(operation: "open", path: "l", code: 2)), .noInput),
      (GateFailure(.tornTail, StorageError.altered(path: "l", expected: "a", got: "b")), .badData),
      (GateFailure(.noWeights, RunError.noCheckpoint(run: "r", status: "running")), .noInput),
      (GateFailure(.verdictNotRecorded, StorageError.locked(path: "l")), .locked),
    ]
    for (failure, expected) in causes { #expect(ExitReason(for: failure) == expected, "\(failure)") }
  }
}
