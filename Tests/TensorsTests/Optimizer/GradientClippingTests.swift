import Tensors
import Testing

@Suite struct GradientClippingTests {
  @Test func scale_bringsLongGradientsToTheNorm() {
    #expect(GradientClipping.scale(norm: 4, maximumNorm: 1) == 0.25)
    #expect(GradientClipping.scale(norm: 4, maximumNorm: 4) == 1)
    #expect(GradientClipping.scale(norm: 0, maximumNorm: 1) == 1)
  }

  @Test func scale_ofBrokenGradientsIsNotANumber() {
    #expect(GradientClipping.scale(norm: .infinity, maximumNorm: 1).isNaN)
    #expect(GradientClipping.scale(norm: .nan, maximumNorm: 1).isNaN)
  }
}
