import Schemas

/// A gate's report as JUnit XML: a suite per milestone, a test case per clause.
///
/// Nothing judged is a suite with one error, never an empty report: readers take that for success.
package struct JUnitReport {
  private let report: GateReport

  package init(_ report: GateReport) { self.report = report }

  package var xml: String {
    var suites = report.verdicts.map(suite)
    if let failure = report.failure { suites.append(errorSuite(failure.reason, failure.message)) }
    let tests = report.verdicts.reduce(0) { $0 + $1.clauses.count } + (report.failure == nil ? 0 : 1)
    let failures = report.verdicts.reduce(0) { $0 + $1.clauses.count { !$0.passed } }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="codex gate" tests="\(tests)" failures="\(failures)" errors="\(report.failure == nil ? 0 : 1)">
      \(suites.joined(separator: "\n"))
      </testsuites>

      """
  }

  private func suite(_ verdict: VerdictRecord) -> String {
    let properties: [(String, String?)] = [
      ("run_id", verdict.runID), ("weights_digest", verdict.weightsDigest?.description),
      ("gates_config_digest", verdict.gatesConfigDigest.description),
      ("standard_gates", verdict.standardGates.map(String.init)),
      ("ledger_head", verdict.ledgerHead?.digest.description), ("codex_version", verdict.codexVersion),
    ]
    let failures = verdict.clauses.count { !$0.passed }
    var lines = [
      "  <testsuite\(Self.attributes([("name", verdict.milestone)])) tests=\"\(verdict.clauses.count)\" "
        + "failures=\"\(failures)\" errors=\"0\">",
      "    <properties>",
    ]
    for (name, value) in properties {
      if let value { lines.append("      <property\(Self.attributes([("name", name), ("value", value)]))/>") }
    }
    lines.append("    </properties>")
    for clause in verdict.clauses {
      let name = Self.attributes([("classname", "codex.gate.\(verdict.milestone)"), ("name", clause.clause)])
      if clause.passed {
        lines.append("    <testcase\(name)><system-out>\(XMLText.escaped(clause.message))</system-out></testcase>")
      } else {
        let failure = Self.attributes([("type", clause.reason), ("message", clause.message)])
        lines.append("    <testcase\(name)><failure\(failure)/></testcase>")
      }
    }
    lines.append("  </testsuite>")
    return lines.joined(separator: "\n")
  }

  private func errorSuite(_ reason: String, _ message: String) -> String {
    let name = Self.attributes([("name", report.name)])
    let place = Self.attributes([("classname", "codex.gate.\(report.name)"), ("name", "evidence")])
    let error = Self.attributes([("type", reason), ("message", message)])
    return """
        <testsuite\(name) tests="1" failures="0" errors="1">
          <testcase\(place)><error\(error)/></testcase>
        </testsuite>
      """
  }

  private static func attributes(_ pairs: [(String, String)]) -> String {
    pairs.map { " \($0)=\"\(XMLText.escaped($1))\"" }.joined()
  }
}

/// Text inside XML 1.0.
package enum XMLText {
  /// `text` for an element or an attribute in double quotes: markup and line ends as references, characters that XML 1.0
  /// cannot hold as U+FFFD.
  package static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&apos;"
      case "\t", "\n", "\r": "&#\(scalar.value);"
      default: isAllowed(scalar) ? String(scalar) : "\u{FFFD}"
      }
    }.joined()
  }

  /// The production `Char` of XML 1.0, section 2.2.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
