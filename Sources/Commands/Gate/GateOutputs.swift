import Schemas
import Storage

/// Where a gate's report goes, besides the exit code.
struct GateOutputs {
  let junit: String?
  let github: Bool

  /// Bytes of a job's summary that are read to append to it; GitHub cuts summaries off there.
  static let summaryByteCount = 1 << 20

  func write(_ report: GateReport, in session: Session) throws {
    if let junit { try replace(junit, with: JUnitReport(report).xml, in: session) }
    if github { try appendSummary(GateSummary(report).markdown, in: session) }
    if session.wantsJSON {
      for verdict in report.verdicts {
        try session.output.text(String(decoding: RecordEncoder().bytes(of: verdict), as: UTF8.self) + "\n")
      }
    } else {
      for verdict in report.verdicts { try GateTable(verdict).write(to: session.output) }
    }
    if github {
      for line in GitHubAnnotations(report).lines { try session.output.line(StyledText(line)) }
    }
  }

  private func appendSummary(_ markdown: String, in session: Session) throws {
    guard let path = session.environment.githubStepSummary else { return }
    let file = try UserFile(path, from: session.filesPath)
    let before = try file.root.exists(file.path) ? file.read(limit: Self.summaryByteCount) : []
    try file.root.atomicReplace(file.path, before + Array(markdown.utf8))
  }

  private func replace(_ path: String, with text: String, in session: Session) throws {
    let file = try UserFile(path, from: session.filesPath, makingDirectory: true)
    try file.root.atomicReplace(file.path, Array(text.utf8))
  }
}
