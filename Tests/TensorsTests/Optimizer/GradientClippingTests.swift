import Tensors
import Testing

@Suite struct GradientClippingTests {
  @Test func scale_bringsLongGradientsToTheNorm() {
    #expect(GradientClipping.scale(sumOfSquares: 16, maximumNorm: 1) == 0.25)
    #expect(GradientClipping.scale(sumOfSquares: 16, maximumNorm: 4) == 1)
    #expect(GradientClipping.scale(sumOfSquares: 0, maximumNorm: 1) == 1)
  }

  @Test func scale_ofBrokenGradientsIsNotANumber() {
    #expect(GradientClipping.scale(sumOfSquares: .infinity, maximumNorm: 1).isNaN)
    #expect(GradientClipping.scale(sumOfSquares: .nan, maximumNorm: 1).isNaN)
  }
}
