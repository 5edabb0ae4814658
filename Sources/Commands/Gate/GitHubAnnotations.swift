import Schemas

/// A gate's report as GitHub workflow commands: an error per clause that does not hold, a notice per milestone that passed.
package struct GitHubAnnotations {
  private let report: GateReport

  package init(_ report: GateReport) { self.report = report }

  package var lines: [String] {
    var lines = report.verdicts.flatMap { verdict in
      verdict.passed
        ? [Self.command("notice", title: "\(verdict.milestone) passed", Self.praise(verdict))]
        : verdict.clauses.filter { !$0.passed }.map {
          Self.command("error", title: "\(verdict.milestone) \($0.clause): \($0.reason)", $0.message)
        }
    }
    if let failure = report.failure {
      lines.append(
        Self.command("error", title: "\(report.name) could not be judged: \(failure.reason)", failure.message))
    }
    return lines
  }

  private static func praise(_ verdict: VerdictRecord) -> String {
    "all \(verdict.clauses.count) clauses hold"
      + (verdict.standardGates == false
        ? "; of gates that are not the built-in ones: \(verdict.gatesConfigDigest)" : "")
  }

  private static func command(_ name: String, title: String, _ message: String) -> String {
    "::\(name) title=\(property(title))::\(data(message))"
  }

  /// As `escapeData` of actions/toolkit, `packages/core/src/command.ts`.
  static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r\n", with: "%0D%0A").replacing("\r", with: "%0D")
      .replacing("\n", with: "%0A")
  }

  /// As `escapeProperty` there.
  static func property(_ text: String) -> String { data(text).replacing(":", with: "%3A").replacing(",", with: "%2C") }
}
