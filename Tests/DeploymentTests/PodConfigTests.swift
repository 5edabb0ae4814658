import Composition
import Deployment
import Testing

@Suite struct PodConfigTests {
  @Test func init_readsTheBuiltInPod() throws {
    let pod = try Fixture.pod()
    #expect(pod.name == "codex-reasoning-pod" && pod.ring == .base0D && pod.gates == ["M0"])
    #expect(pod.processor.millicores == 2000 && pod.memory.byteCount == 512 << 20)
    #expect(pod.latency.p95Milliseconds == 700 && pod.latency.sampleCount == 200)
    #expect(pod.image == "codex:0.1.0" && pod.mode == .bestFirst)
  }

  @Test func digest_followsEverySetting() throws {
    #expect(try Fixture.pod().digest == Fixture.pod().digest)
    #expect(try Fixture.pod("pod.replicas=2").digest != Fixture.pod().digest)
  }

  @Test(arguments: [
    "pod.kind=Pod", "pod.name=Codex", "pod.name=-a", "pod.name=''", "pod.rollout_ring=0E_base_", "pod.image.tag='a b'",
    "pod.image.tag=''", "pod.replicas=0", "pod.port=80", "pod.resources.cpu=2", "pod.resources.cpu='-1'",
    "pod.resources.cpu='1.5'", "pod.resources.memory=512M", "pod.resources.memory=0Mi", "pod.resources.memory=Gi",
    "pod.resources.memory=99999999999999999999Gi", "pod.reasoning.mode=fast", "pod.reasoning.budget=0",
    "pod.latency.samples=199", "pod.latency.p95_ms=0", "pod.latency.p95_ms=.nan", "pod.latency.requests_per_second=0",
    "pod.gates=[m0]", "pod.gates=[M]", "pod.gates=[M01]", "pod.gates=[0]", "+pod.privileged=true",
    "~pod.latency.timeout_ms",
  ])
  func init_refuses(override: String) {
    #expect(throws: ConfigError.self) { try Fixture.pod(override) }
  }
}
