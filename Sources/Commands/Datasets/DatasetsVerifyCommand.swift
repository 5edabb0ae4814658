import ArgumentParser
import Datasets
import Storage

/// `codex datasets verify`
struct DatasetsVerifyCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a dataset from its bytes up: checksums, disjoint splits, every solution; exit 1 when one fails.",
    discussion: Example.text("codex datasets verify datasets/reasoning/baseline/0123456789ab"))

  @Argument(help: ArgumentHelp("The dataset's directory.", valueName: "dir"), completion: .directory)
  var directory: String

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let place = try UserFile(directory, from: session.filesPath)
    let findings = try DatasetVerifier.findings(at: place.path, in: place.root)
    if session.wantsJSON {
      try session.output.json(
        "codex.dataset_verdict/1",
        .object(["findings": .array(findings.map(Self.json)), "sound": .bool(findings.isEmpty)]))
    } else if findings.isEmpty {
      try session.output.line(StyledText("sound", .green))
    } else {
      try Self.table(findings).write(to: session.output)
    }
    return findings.isEmpty ? .yes : .no
  }

  private static func json(_ finding: DatasetFinding) -> JSONValue {
    .object(["message": .string(finding.message), "place": .string(finding.place), "rule": .string(finding.rule)])
  }

  private static func table(_ findings: [DatasetFinding]) -> Table {
    var table = Table([.init("place"), .init("rule"), .init("finding")])
    for finding in findings {
      table.add([StyledText(finding.place, .cyan), StyledText(finding.rule, .red), StyledText(finding.message)])
    }
    return table
  }
}
