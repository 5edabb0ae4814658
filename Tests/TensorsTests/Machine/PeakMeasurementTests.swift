import Tensors
import Testing

@Suite struct PeakMeasurementTests {
  @Test func fusedMultiplyAddRate_isPlausible() {
    let rate = PeakMeasurement.fusedMultiplyAddRate(threads: 1, seconds: 0.02)
    #expect(rate > 0.5 && rate < 2000, "\(rate) GFLOP/s")
  }
}
