import Schemas

/// A gate's report as Markdown, for a job's summary page.
package struct GateSummary {
  private let report: GateReport

  package init(_ report: GateReport) { self.report = report }

  package var markdown: String {
    var lines: [String] = []
    for verdict in report.verdicts {
      lines += ["### \(verdict.milestone) \(verdict.passed ? "passed" : "did not pass")", ""]
      lines += ["| clause | reason | why |", "|---|---|---|"]
      lines += verdict.clauses.map {
        "| \(Self.cell($0.clause)) | \(Self.cell($0.reason)) | \(Self.cell($0.message)) |"
      }
      lines.append("")
      if let standing = verdict.gatesStanding { lines += ["Gates: \(Self.cell(standing))", ""] }
    }
    if let failure = report.failure {
      lines += ["### \(Self.cell(report.name)) could not be judged", ""]
      lines += ["\(Self.cell(failure.reason)): \(Self.cell(failure.message))", ""]
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// `text` on one line, with everything that Markdown or HTML would read as markup escaped.
  package static func cell(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "!", "~": "\\" + String(scalar)
      case "\n", "\r": " "
      default: String(scalar)
      }
    }.joined()
  }
}
