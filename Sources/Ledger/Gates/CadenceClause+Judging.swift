import Schemas

extension CadenceClause {
  /// Judges the clause: yes only if every window has a deployment of the pod, the newest is of the subject, and nothing
  /// was overridden, neither in the records nor on the page of notes.
  func judge(
    _ subject: GateSubject, evidence: GateEvidence, overrides: [MilestonePages.OpenLine]?, now: Double
  ) -> ClauseVerdict {
    let all = evidence.contents.deployments
    let ofPod = all.filter { $0.record.pod == pod }
    func verdict(_ reason: GateReason, _ message: String) -> ClauseVerdict {
      ClauseVerdict(
        clause: id, passed: reason.isPassing, reason: reason.rawValue, message: message, metric: nil, value: nil,
        comparator: nil, threshold: nil, count: ofPod.count, evidence: ofPod.last?.head)
    }
    do throws(GateRefusal) {
      guard !evidence.isEmpty else {
        throw GateRefusal(.emptyLedger, "the ledger has no records. Deploy with 'codex deploy'.")
      }
      guard let newest = ofPod.last else {
        let others = Set(all.map(\.record.pod)).sorted().joined(separator: ", ")
        throw GateRefusal(
          .noDeployments,
          "no deployment of pod \(pod) is recorded\(others.isEmpty ? "" : ", only of \(others)"). "
            + "Deploy with 'codex deploy'.")
      }
      guard newest.record.runID == subject.runID else {
        throw GateRefusal(
          .otherRun, "the newest deployment of \(pod) is of run \(newest.record.runID), expected \(subject.runID).")
      }
      try checkWindows(ofPod.map(\.record), now: now)
      guard let overrides else {
        throw GateRefusal(
          .openOverride,
          "\(notes) is not there or has no section 'Overrides'. Restore it; an empty section says 'None.'.")
      }
      if let open = overrides.first {
        throw open.refusal(.openOverride, remedy: "Resolve the override and tick it.")
      }
      return verdict(.ok, "\(pod) was deployed in each of the last \(weeks) weeks, nothing was overridden.")
    } catch {
      return verdict(error.reason, error.message)
    }
  }

  private func checkWindows(_ deployments: [DeploymentRecord], now: Double) throws(GateRefusal) {
    let week = 7 * 86_400.0
    let ages = deployments.map { now - $0.recordedAt }
    if let ahead = ages.first(where: { !($0 >= -MetricClause.clockTolerance) }) {
      throw GateRefusal(
        .fromTheFuture,
        "a deployment of \(pod) was recorded \(GateText.number(-ahead)) s after now. Set the clocks right.")
    }
    for window in 0..<weeks {
      // Whole weeks back from now; a deployment a moment ahead of this clock counts as now.
      let covered = ages.contains { max(0, $0) >= Double(window) * week && max(0, $0) < Double(window + 1) * week }
      guard covered else {
        throw GateRefusal(
          .missedWindow,
          "\(pod) was not deployed between \(7 * (window + 1)) and \(7 * window) days ago; asked: once in each of the last "
            + "\(weeks) weeks. Deploy weekly.")
      }
    }
    for (deployment, age) in zip(deployments, ages) where age < Double(weeks) * week {
      guard deployment.overrides.isEmpty else {
        throw GateRefusal(
          .overridden,
          "a deployment of \(pod) \(GateText.number(age / 86_400)) days ago had overrides: "
            + "\(deployment.overrides.joined(separator: ", ")). Put them into the pod's configuration.")
      }
    }
  }
}
