import Testing

/// Whether `analytic` is close enough to the numeric derivative: |a − n| ≤ 1e-5 + 1e-3·|n|.
func acceptsGradient(_ analytic: Float, _ numeric: Double) -> Bool {
  abs(Double(analytic) - numeric) <= 1e-5 + 1e-3 * abs(numeric)
}

/// The central difference of `loss` at `point` along coordinate `index`, in `Double`.
func centralDifference(_ loss: ([Double]) -> Double, at point: [Double], _ index: Int) -> Double {
  let step = 1e-5
  var moved = point
  moved[index] = point[index] + step
  let above = loss(moved)
  moved[index] = point[index] - step
  return (above - loss(moved)) / (2 * step)
}

/// Expects `analytic` to be the gradient of `loss` at `point`.
func expectGradient(
  _ analytic: [Float], of loss: ([Double]) -> Double, at point: [Float],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let point = point.map(Double.init)
  #expect(analytic.count == point.count, sourceLocation: sourceLocation)
  for index in point.indices {
    let numeric = centralDifference(loss, at: point, index)
    if !acceptsGradient(analytic[index], numeric) {
      Issue.record(
        "derivative [\(index)] is \(analytic[index]), differences say \(numeric)", sourceLocation: sourceLocation)
      return
    }
  }
}

@Suite struct GradientCheckTests {
  @Test func acceptsGradient_rejectsOnePercent() {
    let numeric = centralDifference({ $0[0] * $0[0] }, at: [3], 0)
    #expect(acceptsGradient(6, numeric))
    #expect(!acceptsGradient(6.06, numeric))
    #expect(!acceptsGradient(.nan, numeric))
  }
}

func dot(_ a: [Double], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * Double($1.1) } }
