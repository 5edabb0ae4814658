import Schemas

/// Judges whether a bundle may become a pod, from facts that others gathered. Pure: a dry run and a deployment ask the same.
public struct DeploymentReview: Sendable {
  public let pod: PodConfig
  /// Where the pod's configuration came from, for findings.
  public let podPath: String
  /// The run's metadata as found beside the run, and the digest of its bytes.
  public let metadata: RunMetadata
  public let metadataDigest: Digest
  /// Where that file is, for findings.
  public let metadataPath: String
  public let bundle: BundleManifest
  /// Digest of the run metadata inside the bundle.
  public let packedMetadataDigest: Digest
  /// Bytes that serving needs beside the program: weights and cache.
  public let servingByteCount: Int
  /// What is between the run and its template.
  public let template: TemplateParity
  /// One per milestone that the pod names, judged now.
  public let verdicts: [VerdictRecord]
  /// Absent where latency was not asked for.
  public let latency: LatencyReport?

  public init(
    pod: PodConfig, podPath: String, metadata: RunMetadata, metadataDigest: Digest, metadataPath: String,
    bundle: BundleManifest, packedMetadataDigest: Digest, servingByteCount: Int,
    template: TemplateParity, verdicts: [VerdictRecord], latency: LatencyReport?
  ) {
    self.pod = pod
    self.podPath = podPath
    self.metadata = metadata
    self.metadataDigest = metadataDigest
    self.metadataPath = metadataPath
    self.bundle = bundle
    self.packedMetadataDigest = packedMetadataDigest
    self.servingByteCount = servingByteCount
    self.template = template
    self.verdicts = verdicts
    self.latency = latency
  }

  /// Every reason against the deployment; none means yes.
  public func findings() -> [DeploymentFinding] {
    ringFindings() + parityFindings() + templateFindings() + evaluationFindings() + gateFindings() + limitFindings()
      + latencyFindings()
  }

  private func ringFindings() -> [DeploymentFinding] {
    let place = "\(podPath): pod.rollout_ring"
    guard let runRing = RolloutRing(rawValue: metadata.rolloutRing) else {
      return [.init(.ring, at: "\(metadataPath): rollout_ring", "'\(metadata.rolloutRing)' is no ring. Train again.")]
    }
    guard pod.ring <= runRing else {
      return [
        .init(
          .ring, at: place,
          "the pod stands on \(pod.ring.rawValue), its run reaches \(runRing.rawValue) at most. "
            + "Lower the pod's ring, or raise 'metadata.rollout_ring' in the template and train again.")
      ]
    }
    return []
  }

  private func parityFindings() -> [DeploymentFinding] {
    var findings: [DeploymentFinding] = []
    func expect(_ what: String, _ packed: String, _ found: String) {
      guard packed != found else { return }
      findings.append(
        .init(
          .parity, at: "\(metadataPath): \(what)",
          "the bundle has \(packed), the run's metadata \(found). Register the run again: 'codex register'."))
    }
    expect("run_id", bundle.runID, metadata.runID)
    expect("weights_digest", bundle.weightsDigest.description, metadata.weightsDigest?.description ?? "none")
    expect("config_digest", bundle.configDigest.description, metadata.configDigest.description)
    expect("dataset_digest", bundle.datasetDigest.description, metadata.datasetDigest.description)
    // Last, since it says least: any other byte of the metadata.
    if findings.isEmpty { expect("the whole file", packedMetadataDigest.description, metadataDigest.description) }
    if metadata.status != .completed {
      findings.append(
        .init(
          .parity, at: "\(metadataPath): status",
          "the run is '\(metadata.status.rawValue)', not completed. Finish it with 'codex train --resume \(metadata.runID)'."
        ))
    }
    return findings
  }

  private func templateFindings() -> [DeploymentFinding] {
    template.faults.map { .init(.template, at: "\(metadataPath): template", $0) }
  }

  private func evaluationFindings() -> [DeploymentFinding] {
    guard pod.evaluationPreset != metadata.evaluationPreset else { return [] }
    return [
      .init(
        .evaluation, at: "\(podPath): pod.reasoning.evaluation_preset",
        "the pod asks for evaluation '\(pod.evaluationPreset)', the run was made for '\(metadata.evaluationPreset)'. "
          + "Name the run's preset, or deploy another run.")
    ]
  }

  private func gateFindings() -> [DeploymentFinding] {
    pod.gates.flatMap { milestone -> [DeploymentFinding] in
      let place = "\(podPath): pod.gates"
      guard let verdict = verdicts.first(where: { $0.milestone == milestone }) else {
        return [.init(.gates, at: place, "\(milestone) was not judged. Run 'codex gate --milestone \(milestone)'.")]
      }
      guard verdict.weightsDigest == bundle.weightsDigest else {
        return [.init(.gates, at: place, "\(milestone) was judged for other weights. Register the run again.")]
      }
      guard !verdict.passed else { return [] }
      let reasons = verdict.clauses.filter { !$0.passed }
      guard !reasons.isEmpty else { return [.init(.gates, at: place, "\(milestone) does not hold.")] }
      return reasons.map { .init(.gates, at: place, "\(milestone), \($0.clause): \($0.message)") }
    }
  }

  private func limitFindings() -> [DeploymentFinding] {
    guard servingByteCount > pod.memory.byteCount else { return [] }
    return [
      .init(
        .limits, at: "\(podPath): pod.resources.memory",
        "serving takes \(servingByteCount >> 20) MiB, the pod has \(pod.memory.text). Raise 'pod.resources.memory'.")
    ]
  }

  private func latencyFindings() -> [DeploymentFinding] {
    guard let latency else { return [] }
    let limit = pod.latency.p95Milliseconds
    guard latency.p95Milliseconds.isFinite, latency.samples.count >= pod.latency.sampleCount,
      latency.p95Milliseconds <= limit
    else {
      let found =
        latency.p95Milliseconds.isFinite
        ? "\(latency.p95Milliseconds) ms"
        : "infinite: \(latency.failureCount) of \(latency.samples.count) requests failed"
      return [
        .init(
          .latency, at: "\(podPath): pod.latency.p95_ms",
          "p95 is \(found), the budget \(limit) ms. Lower 'pod.reasoning.budget', or deploy where there is more room.")
      ]
    }
    return []
  }
}
