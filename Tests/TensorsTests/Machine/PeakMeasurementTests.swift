import Tensors
import Testing

@Suite struct PeakMeasurementTests {
  @Test(arguments: ProductFormat.allCases) func fusedMultiplyAddRate_isPlausible(format: ProductFormat) {
    let rate = PeakMeasurement.fusedMultiplyAddRate(threads: 1, seconds: 0.02, format: format)
    #expect(rate > 0.5 && rate < 8000, "\(rate) GFLOP/s")
  }

  @Test func readRate_isPlausible() {
    for bytes in [0, 100_000, 50_000_000] {
      let rate = PeakMeasurement.readRate(threads: 2, bytes: bytes, seconds: 0.02)
      #expect(rate > 0.1 && rate < 5000, "\(rate) GB/s of \(bytes) bytes")
    }
  }
}
