import Randomness
import TestSupport
import Testing

@Suite struct RandomStreamNormalTests {
  /// Computed by the independent Python implementation; the tolerance allows another logarithm in the last places.
  @Test func normal_givesKnownAnswers() {
    var stream = RandomStream(seed: 7, "normal")
    let tolerance = Tolerance(absolute: 1e-15, relative: 1e-14)
    for expected in [-0.1855804162430437, 0.35511099883114133, -1.400307194500539] {
      #expect(tolerance.accepts(stream.normal(), expected))
    }
  }

  /// Moments of 100,000 draws within five standard errors: √(1/n), √(2/n), √(15/n), √(96/n).
  @Test func normal_hasNormalMoments() {
    let n = 100_000.0
    var stream = RandomStream(seed: 19, "moments")
    let draws = (0..<Int(n)).map { _ in stream.normal() }
    func moment(_ power: Int) -> Double {
      draws.reduce(0) { sum, draw in sum + (0..<power).reduce(1.0) { product, _ in product * draw } } / n
    }
    #expect(abs(moment(1)) < 5 * (1 / n).squareRoot())
    #expect(abs(moment(2) - 1) < 5 * (2 / n).squareRoot())
    #expect(abs(moment(3)) < 5 * (15 / n).squareRoot())
    #expect(abs(moment(4) - 3) < 5 * (96 / n).squareRoot())
    #expect(abs(moment(4) - 1.8) > 5 * (96 / n).squareRoot(), "control: a uniform variate would be seen")
  }

  @Test func normals_areSuccessiveNormals() {
    var one = RandomStream(seed: 23)
    var other = one
    #expect(one.normals(5) == (0..<5).map { _ in Float(other.normal()) })
    #expect(one == other)
  }

  @Test func indexWeightedBy_followsWeights() {
    var stream = RandomStream(seed: 29)
    let weights = [0, 1, 0, 3, 0]
    var counts = [0, 0, 0, 0, 0]
    for _ in 0..<8_000 { counts[stream.index(weightedBy: weights.map(Double.init))] += 1 }
    #expect(counts[0] + counts[2] + counts[4] == 0)
    let chi = (0..<5).filter { weights[$0] > 0 }.reduce(0.0) { sum, index in
      let expected = Double(weights[index]) * 2_000
      return sum + (Double(counts[index]) - expected) * (Double(counts[index]) - expected) / expected
    }
    #expect(chi < 10.83)  // one degree of freedom, 0.1 %
  }
}
