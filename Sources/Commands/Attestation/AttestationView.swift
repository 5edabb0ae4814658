import Ledger
import Storage

/// What a file of attestations claims, and what is wrong with it.
struct AttestationView {
  private let audit: AttestationAudit

  init(_ audit: AttestationAudit) { self.audit = audit }

  func render(to session: Session) throws {
    if session.wantsJSON { return try session.output.json("codex.attestation_verdict/1", json) }
    try claims.write(to: session.output)
    if audit.findings.isEmpty {
      try session.output.line(
        StyledText("sound: ", .green) + StyledText("\(audit.statements.count) statements, signed by the key"))
    } else {
      try findings.write(to: session.output)
    }
  }

  private var json: JSONValue {
    let statements = audit.statements.map { line, statement in
      JSONValue.object([
        "line": .int(Int64(line)), "predicate": statement.predicate,
        "predicate_type": .string(statement.predicateType),
        "subjects": .array(
          statement.subjects.map {
            .object(["digest": .string($0.digest.description), "name": .string($0.name)])
          }),
      ])
    }
    let findings = audit.findings.map { finding in
      JSONValue.object([
        "line": finding.line.map { .int(Int64($0)) } ?? .null, "message": .string(finding.message),
        "rule": .string(finding.rule.rawValue),
      ])
    }
    return .object([
      "findings": .array(findings), "sound": .bool(findings.isEmpty), "statements": .array(statements),
    ])
  }

  private var claims: Table {
    var table = Table([.init("line", .right), .init("predicate"), .init("claim"), .init("subject"), .init("digest")])
    for (line, statement) in audit.statements {
      for subject in statement.subjects {
        table.add([
          StyledText(String(line)), StyledText(statement.predicateType, .dim), StyledText(Self.claim(statement)),
          StyledText(subject.name, .cyan), StyledText(subject.digest.description),
        ])
      }
    }
    return table
  }

  private var findings: Table {
    var table = Table([.init("line", .right), .init("rule"), .init("finding")])
    for finding in audit.findings {
      table.add([
        StyledText(finding.line.map(String.init) ?? "-"), StyledText(finding.rule.rawValue, .red),
        StyledText(finding.message),
      ])
    }
    return table
  }

  /// A test result's `result`, an SVR's `properties`; of other predicates only the type is known.
  private static func claim(_ statement: InTotoStatement) -> String {
    if case .string(let result)? = statement.predicate["result"] { return result }
    guard case .array(let properties)? = statement.predicate["properties"] else { return "-" }
    let texts = properties.compactMap { property -> String? in
      guard case .string(let text) = property else { return nil }
      return text
    }
    return texts.isEmpty ? "nothing" : texts.joined(separator: " ")
  }
}
