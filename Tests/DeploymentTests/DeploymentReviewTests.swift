import Deployment
import Schemas
import Storage
import Testing

@Suite struct DeploymentReviewTests {
  /// The control of every refusal below.
  @Test func findings_ofASoundDeploymentAreNone() throws {
    let fast = try Fixture.report(Array(repeating: 12, count: 200))
    #expect(try Fixture.review(latency: fast).findings() == [])
    #expect(try Fixture.review().findings() == [])
  }

  @Test func ring_aboveTheRunsIsRefused() throws {
    let findings = try Fixture.review(pod: Fixture.pod("pod.rollout_ring=main")).findings()
    #expect(findings.map(\.check) == [.ring])
    #expect(findings[0].place == "pod.yaml: pod.rollout_ring")
    #expect(
      findings[0].message == "the pod stands on main, its run reaches 0D_base_ at most. Lower the pod's ring, or raise "
        + "'metadata.rollout_ring' in the template and train again.")
    #expect(try Fixture.review(pod: Fixture.pod("pod.rollout_ring=0A_base_")).findings() == [])
    #expect(try Fixture.review(metadata: Fixture.metadata(ring: "0E_base_")).findings().map(\.check) == [.ring])
  }

  @Test func parity_namesTheDigestThatDiffers() throws {
    let other = Digest(of: "other")
    let cases: [(RunMetadata, String)] = [
      (Fixture.metadata(runID: "other-run"), "run_id"), (Fixture.metadata(weights: other), "weights_digest"),
      (Fixture.metadata(config: other), "config_digest"), (Fixture.metadata(dataset: other), "dataset_digest"),
    ]
    for (metadata, key) in cases {
      let findings = try Fixture.review(metadata: metadata).findings()
      #expect(findings.map(\.place) == ["run_metadata.json: \(key)"])
      #expect(findings.map(\.check) == [.parity])
    }
    let bytes = try Fixture.review(metadataDigest: other).findings()
    #expect(bytes.map(\.place) == ["run_metadata.json: the whole file"])
    let running = try Fixture.review(metadata: Fixture.metadata(status: .running)).findings()
    #expect(running.map(\.place) == ["run_metadata.json: status"])
  }

  @Test func evaluation_ofAnotherPresetIsRefused() throws {
    let findings = try Fixture.review(metadata: Fixture.metadata(evaluation: "cot_lite")).findings()
    #expect(findings.map(\.check) == [.evaluation])
  }

  @Test func gates_mustHoldForTheseWeights() throws {
    #expect(try Fixture.review(verdicts: []).findings().map(\.check) == [.gates])
    let failed = try Fixture.review(verdicts: [Fixture.verdict(passed: false)]).findings()
    #expect(failed.map(\.message) == ["M0, trace_coverage: the figure is low"])
    let foreign = [Fixture.verdict(weights: Digest(of: "other"))]
    #expect(try Fixture.review(verdicts: foreign).findings().map(\.check) == [.gates])
    let both = try Fixture.review(pod: Fixture.pod("pod.gates=[M0,M1]")).findings()
    #expect(both.map(\.message) == ["M1 was not judged. Run 'codex gate --milestone M1'."])
  }

  @Test func limits_areThePods() throws {
    #expect(try Fixture.review(servingByteCount: 512 << 20).findings() == [])
    let findings = try Fixture.review(servingByteCount: 512 << 20 + 1).findings()
    #expect(findings.map(\.check) == [.limits])
  }

  @Test func latency_atTheBudgetPassesAndBeyondDoesNot() throws {
    func findings(_ milliseconds: [Double?]) throws -> [DeploymentFinding.Check] {
      try Fixture.review(latency: Fixture.report(milliseconds)).findings().map(\.check)
    }
    #expect(try findings(Array(repeating: 700, count: 200)) == [])
    #expect(try findings(Array(repeating: 700.001, count: 200)) == [.latency])
    // 95 % of 200 are 190: ten failures may hide behind the quantile, eleven may not.
    let failing: (Int) -> [Double?] = { Array(repeating: nil, count: $0) + Array(repeating: 1, count: 200 - $0) }
    #expect(try findings(failing(10)) == [])
    #expect(try findings(failing(11)) == [.latency])
    #expect(try findings(Array(repeating: 1, count: 199)) == [.latency])
  }

  @Test func template_mustBeTheRuns() throws {
    func checks(_ template: TemplateParity) throws -> [DeploymentFinding.Check] {
      try Fixture.review(template: template).findings().map(\.check)
    }
    #expect(try checks(TemplateParity(name: "t", isRecorded: true, overrides: [])) == [])
    #expect(try checks(TemplateParity(name: "t", isRecorded: true, overrides: ["training.output_dir"])) == [])
    #expect(try checks(TemplateParity(name: "t", isRecorded: false, overrides: [])) == [.template])
    #expect(try checks(TemplateParity(name: "t", isRecorded: true, overrides: ["dataset.levels"])) == [.template])
    #expect(try checks(TemplateParity(name: "t", isRecorded: false, overrides: ["model.x"])) == [.template, .template])
    #expect(try checks(TemplateParity(name: "t", problem: "gone", isRecorded: true, overrides: [])) == [.template])
  }
}
