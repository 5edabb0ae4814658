import Composition
import Deployment
import Testing

@Suite struct RolloutRingTests {
  @Test func order_isThatOfTheTemplates() {
    #expect(RolloutRing.allCases.map(\.rawValue) == TemplateSummary.rings)
    #expect(RolloutRing.allCases == RolloutRing.allCases.sorted())
    #expect(RolloutRing.base0D < .main)
  }
}
