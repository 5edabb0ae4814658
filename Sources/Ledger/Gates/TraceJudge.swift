import Schemas

/// Who judges a trace again, from its record alone: the worlds' verifiers and teachers, which this module does not know.
public struct TraceJudge: Sendable {
  /// Everything wrong with a trace.
  let findings: @Sendable (TraceRecord) -> [String]
  /// Whether the problem of a trace has no solution, so that saying so is right.
  let isUnsolvable: @Sendable (TraceRecord) -> Bool

  public init(
    findings: @escaping @Sendable (TraceRecord) -> [String], isUnsolvable: @escaping @Sendable (TraceRecord) -> Bool
  ) {
    self.findings = findings
    self.isUnsolvable = isUnsolvable
  }
}
