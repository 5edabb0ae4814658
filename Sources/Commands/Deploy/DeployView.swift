import Deployment
import Schemas
import Storage

/// What `codex deploy` found, for people and as JSON.
struct DeployView {
  let review: DeploymentReview
  let findings: [DeploymentFinding]
  /// Where the manifest was written, and its digest.
  let manifest: (path: StoragePath, digest: Digest)?
  let isDryRun: Bool

  func render(to session: Session) throws {
    guard !session.wantsJSON else {
      try session.output.json("codex.deployment_verdict/1", json)
      return
    }
    try facts.write(to: session.output)
    try session.output.line()
    try renderOutcome(to: session)
    for note in review.pod.notes { session.talk.say("note: \(note)") }
    if review.latency == nil { session.talk.say("latency was not measured; add --latency-report") }
  }

  private func renderOutcome(to session: Session) throws {
    guard findings.isEmpty else { return try table.write(to: session.output) }
    guard let manifest else { return try session.output.line(StyledText("may be deployed", .green)) }
    try session.output.sentence(StyledText("rendered: \(manifest.path)", .green))
    session.talk.say("apply it, then report it: codex deploy --report applied --rendered \(manifest.digest)")
  }

  private var facts: Table {
    var table = Table([.init("pod"), .init(review.pod.name)])
    func row(_ name: String, _ value: String) { table.add([StyledText(name, .dim), StyledText(value)]) }
    row("run", review.metadata.runID)
    row("ring", "\(review.pod.ring.rawValue), run up to \(review.metadata.rolloutRing)")
    row("weights", review.bundle.weightsDigest.description)
    row(
      "gates",
      review.verdicts.map { "\($0.milestone) \($0.passed ? "holds" : "does not hold")" }.joined(separator: ", "))
    if let latency = review.latency {
      let figures =
        "p50 \(Self.milliseconds(latency.p50Milliseconds)), p95 \(Self.milliseconds(latency.p95Milliseconds))"
      row("latency", "\(figures) over \(latency.samples.count) requests, \(latency.failureCount) failed")
      row("budget", "p95 \(Self.milliseconds(review.pod.latency.p95Milliseconds))")
    }
    return table
  }

  private var table: Table {
    var table = Table([.init("check"), .init("place"), .init("finding")])
    for finding in findings {
      table.add([
        StyledText(finding.check.rawValue, .red), StyledText(finding.place, .cyan), StyledText(finding.message),
      ])
    }
    return table
  }

  private var json: JSONValue {
    let list = findings.map {
      JSONValue.object([
        "check": .string($0.check.rawValue), "message": .string($0.message), "place": .string($0.place),
      ])
    }
    let latency = review.latency.map { report in
      JSONValue.object([
        "budget_p95_ms": .double(review.pod.latency.p95Milliseconds), "failures": .int(Int64(report.failureCount)),
        "measurement_id": .string(report.measurementID), "n": .int(Int64(report.samples.count)),
        "p50_ms": report.p50Milliseconds.isFinite ? .double(report.p50Milliseconds) : .null,
        "p95_ms": report.p95Milliseconds.isFinite ? .double(report.p95Milliseconds) : .null,
      ])
    }
    return .object([
      "accepted": .bool(findings.isEmpty), "dry_run": .bool(isDryRun), "findings": .array(list),
      "latency": latency ?? .null, "manifest": manifest.map { .string($0.path.description) } ?? .null,
      "manifest_digest": manifest.map { .string($0.digest.description) } ?? .null,
      "pod": .string(review.pod.name), "run_id": .string(review.metadata.runID),
      "weights_digest": .string(review.bundle.weightsDigest.description),
    ])
  }

  private static func milliseconds(_ value: Double) -> String {
    value.isFinite ? Decimal.text(value, places: 1) + " ms" : "∞"
  }
}
