import Schemas

/// Asks a model again what an evaluation says that it answered: a few traces of every figure that a verdict rests on.
public struct Recheck: Sendable {
  /// Traces asked again, of each figure.
  let count: Int
  /// Which of `of` traces are asked; the same for nobody who wrote them beforehand.
  let choice: @Sendable (_ count: Int, _ of: Int) -> [Int]
  /// What the model of the run makes of a trace's problem now: nil if the same, else what differs.
  let difference: @Sendable (_ trace: TraceRecord, _ identity: MetricIdentity) throws -> String?

  public init(
    count: Int, choice: @escaping @Sendable (_ count: Int, _ of: Int) -> [Int],
    difference: @escaping @Sendable (TraceRecord, MetricIdentity) throws -> String?
  ) {
    self.count = count
    self.choice = choice
    self.difference = difference
  }

  /// The verdict with one clause more, which holds if every trace asked again came out the same.
  func adding(to verdict: VerdictRecord, _ subject: GateSubject, _ evidence: GateEvidence) -> VerdictRecord {
    let clauses = verdict.clauses + [clause(on: verdict, subject, evidence)]
    return VerdictRecord(
      milestone: verdict.milestone, passed: clauses.allSatisfy(\.passed), runID: verdict.runID,
      weightsDigest: verdict.weightsDigest, clauses: clauses, gatesConfigDigest: verdict.gatesConfigDigest,
      standardGates: verdict.standardGates, ledgerHead: verdict.ledgerHead, codexVersion: verdict.codexVersion,
      recordedAt: verdict.recordedAt)
  }

  private func clause(on judged: VerdictRecord, _ subject: GateSubject, _ evidence: GateEvidence) -> ClauseVerdict {
    func verdict(_ reason: GateReason, _ message: String, _ count: Int) -> ClauseVerdict {
      ClauseVerdict("recheck", reason, message, count: count)
    }
    var asked = 0
    do {
      for record in records(behind: judged, subject, evidence) {
        let traces = try subject.evaluations.traces(of: record)
        for index in choice(count, traces.count) where traces.indices.contains(index) {
          asked += 1
          guard let difference = try difference(traces[index], record.identity) else { continue }
          return verdict(
            .recheckDisagrees,
            "asked again, the model answers problem \(traces[index].problem.id) otherwise than its trace: \(difference). "
              + "The evidence is not this model's; measure again.", asked)
        }
      }
    } catch {
      return verdict(.recheckDisagrees, "the model could not be asked again: \(error)", asked)
    }
    guard asked > 0 else {
      return verdict(.recheckDisagrees, "there was nothing to ask again: no figure of this run has traces.", asked)
    }
    return verdict(.ok, "\(asked) problems, asked again, came out as their traces say.", asked)
  }

  /// The measurements of the subject that the verdict's clauses rest on, once each.
  private func records(
    behind verdict: VerdictRecord, _ subject: GateSubject, _ evidence: GateEvidence
  ) -> [MetricRecord] {
    let heads = verdict.clauses.compactMap { $0.metric == nil ? nil : $0.evidence }
    var seen: Set<String> = []
    return evidence.contents.metrics.filter { metric in
      heads.contains(metric.head) && metric.record.identity.runID == subject.runID
        && MetricName(rawValue: metric.record.metric)?.isShadow == false
    }.map(\.record).filter { seen.insert($0.measurementID + $0.mode).inserted }
  }
}

extension StoredEvaluations {
  /// The traces behind a figure, in order; empty where there are none.
  func traces(of record: MetricRecord) throws -> [TraceRecord] {
    try evaluation(of: record.measurementID)?.traces.filter { $0.mode == record.mode } ?? []
  }
}
