import Serving
import Testing

@Suite struct ServingLimitsTests {
  @Test func defaults_boundEveryRequest() {
    let limits = ServingLimits()
    #expect(limits.bodyByteCount <= 1 << 20 && limits.headerByteCount <= 16 << 10 && limits.headerCount <= 64)
    #expect(limits.queueLength > 0 && limits.workers > 0)
  }
}
