import Schemas

/// A verdict for people: one row per clause, and why.
struct GateTable {
  private let verdict: VerdictRecord

  init(_ verdict: VerdictRecord) { self.verdict = verdict }

  func write(to output: Output) throws {
    let run = verdict.runID.map { ", run \($0)" } ?? ""
    try output.sentence(
      StyledText(verdict.milestone, .bold)
        + (verdict.passed ? StyledText(" passed", .green) : StyledText(" did not pass", .red)) + StyledText(run))
    try table.write(to: output)
    if let standing = verdict.gatesStanding { try output.sentence(StyledText("gates: \(standing)")) }
    try output.line()
  }

  private var table: Table {
    var table = Table([
      .init("clause"), .init("reason"), .init("value", .right), .init("asked", .right), .init("n", .right),
      .init("seq", .right), .init("why"),
    ])
    for clause in verdict.clauses {
      table.add([
        StyledText(clause.clause), StyledText(clause.reason, clause.passed ? .green : .red),
        StyledText(clause.value.map { Decimal.text($0, places: 4) } ?? "—"), StyledText(asked(clause)),
        StyledText(clause.count.map(String.init) ?? "—"),
        StyledText(clause.evidence.map { String($0.sequence) } ?? "—"), StyledText(clause.message),
      ])
    }
    return table
  }

  private func asked(_ clause: ClauseVerdict) -> String {
    guard let comparator = clause.comparator, let threshold = clause.threshold else { return "—" }
    return "\(comparator) \(Decimal.text(threshold, places: 4))"
  }
}
