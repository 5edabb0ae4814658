import Glibc
import Tensors
import TestSupport
import Testing

@Suite struct RotaryTableTests {
  @Test func init_hasHuggingFaceFrequencies() {
    // inv_freq = 1 / theta^(arange(0, 8, 2) / 8) for theta 10000: 1, 0.1, 0.01, 0.001.
    let table = RotaryTable(positions: 3, headWidth: 8, theta: 10_000)
    let angles: [Double] = [2, 0.2, 0.02, 0.002]
    expectClose((8..<12).map { table.cosines[$0] }, angles.map { Float(cos($0)) })
    expectClose((8..<12).map { table.sines[$0] }, angles.map { Float(sin($0)) })
    #expect((0..<4).allSatisfy { table.cosines[$0] == 1 && table.sines[$0] == 0 })
  }

  @Test func tolerance_rejectsAnotherTheta() {
    let table = RotaryTable(positions: 2, headWidth: 4, theta: 10_000)
    let other = RotaryTable(positions: 2, headWidth: 4, theta: 9_000)
    #expect(!Tolerance.single().accepts(table.sines.array, other.sines.array))
  }

  @Test func init_acceptsNoPositions() {
    #expect(RotaryTable(positions: 0, headWidth: 4, theta: 10_000).cosines.count == 0)
  }
}
