import Schemas

extension CadenceClause {
  /// Judges the clause: yes only if in every window a deployment of the pod was reported as applied, the newest is of the
  /// subject, all had the pod's pinned configuration, and nothing was overridden, neither in the records nor on the page
  /// of notes.
  ///
  /// - Parameters:
  ///   - overrides: Open lines of the page; nil for a page without that section.
  ///   - registered: When a tag first named a bundle.
  func judge(
    _ scene: MetricClause.Scene, overrides: [MilestonePages.OpenLine]?, registered: [Digest: Double]
  ) -> ClauseVerdict {
    let contents = scene.evidence.contents
    let applied = PodRollout.applied(pod, in: contents)
    func verdict(_ reason: GateReason, _ message: String) -> ClauseVerdict {
      ClauseVerdict(id, reason, message, applied.last?.report.head, count: applied.count)
    }
    do throws(GateRefusal) {
      guard !scene.evidence.isEmpty else {
        throw GateRefusal(.emptyLedger, "the ledger has no records. Deploy with 'codex deploy'.")
      }
      guard let newest = applied.last else { throw nothingApplied(contents) }
      guard newest.rendering.record.runID == scene.subject.runID else {
        throw GateRefusal(
          .otherRun,
          "the newest deployment of \(pod) is of run \(newest.rendering.record.runID), expected \(scene.subject.runID)."
        )
      }
      try checkWindows(applied, registered, scene)
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

  private func nothingApplied(_ contents: LedgerContents) -> GateRefusal {
    let rendered = contents.deployments.count { $0.record.pod == pod }
    guard rendered > 0 else {
      let others = Set(contents.deployments.map(\.record.pod)).sorted().joined(separator: ", ")
      return GateRefusal(
        .noDeployments,
        "no deployment of pod \(pod) is recorded\(others.isEmpty ? "" : ", only of \(others)"). "
          + "Deploy with 'codex deploy'.")
    }
    return GateRefusal(
      .notReported,
      "\(pod) was rendered \(rendered) times, and nobody reported that it was applied. Report it from the pipeline that "
        + "applies it: 'codex deploy --report applied --rendered sha256:…'.")
  }

  private func checkWindows(
    _ applied: [PodRollout], _ registered: [Digest: Double], _ scene: MetricClause.Scene
  ) throws(GateRefusal) {
    let week = 7 * 86_400.0
    let ages = applied.map { scene.now - $0.report.record.at }
    if let ahead = ages.first(where: { !($0 >= -MetricClause.clockTolerance) }) {
      throw GateRefusal(
        .fromTheFuture,
        "a deployment of \(pod) was applied \(GateText.number(-ahead)) s after now. Set the clocks right.")
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
    for (rollout, age) in zip(applied, ages) where age < Double(weeks) * week {
      let record = rollout.rendering.record
      try rollout.checkInstants(
        of: scene.subject(called: record.runID), registered: registered[record.bundleDigest], in: scene.evidence,
        now: scene.now)
      guard podConfig.map({ $0.digest == record.podConfigDigest }) ?? true else {
        throw GateRefusal(
          .wrongPodConfig,
          "a deployment of \(pod) \(GateText.number(age / 86_400)) days ago had the configuration "
            + "\(record.podConfigDigest), expected \(podConfig?.description ?? "any"). Deploy that one.")
      }
    }
    try checkOverrides(scene, since: scene.now - Double(weeks) * week)
  }

  /// Renderings with overrides count whether or not anybody reported them.
  private func checkOverrides(_ scene: MetricClause.Scene, since start: Double) throws(GateRefusal) {
    for deployment in scene.evidence.contents.deployments
    where deployment.record.pod == pod && deployment.record.recordedAt > start && !deployment.record.overrides.isEmpty {
      throw GateRefusal(
        .overridden,
        "a deployment of \(pod) \(GateText.number((scene.now - deployment.record.recordedAt) / 86_400)) days ago had "
          + "overrides: \(deployment.record.overrides.joined(separator: ", ")). Put them into the pod's configuration.")
    }
  }
}

extension MetricClause.Scene {
  /// The run of that name; the judged one where there is none.
  func subject(called id: String) -> GateSubject { others[id] ?? subject }
}
