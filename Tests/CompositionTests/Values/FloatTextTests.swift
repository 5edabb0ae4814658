import Composition
import Randomness
import TestSupport
import Testing

/// Sources/Composition/Values/FloatText.swift. The texts were printed by Python 3.11 and PyYAML 6.
@Suite struct FloatTextTests {
  @Test(arguments: [
    (1.0, "1.0"), (0.1, "0.1"), (1e-4, "0.0001"), (1e-5, "1e-05"), (2.5e-7, "2.5e-07"), (1e15, "1000000000000000.0"),
    (1e16, "1e+16"), (123456789012345680.0, "1.2345678901234568e+17"), (1e22, "1e+22"), (1.5e300, "1.5e+300"),
    (.leastNonzeroMagnitude, "5e-324"), (-0.0, "-0.0"), (-2.5, "-2.5"), (Double.infinity, "inf"), (Double.nan, "nan"),
  ])
  func python(value: Double, text: String) { #expect(FloatText.python(value) == text) }

  @Test func yaml_hasAPointEverywhere() {
    #expect(
      [1e-5, 1e16, -Double.infinity, .nan, 2.5e-7].map(FloatText.yaml) == [
        "1.0e-05", "1.0e+16", "-.inf", ".nan", "2.5e-07",
      ])
  }

  @Test func python_readsBackEqual() {
    withEvery("seed", in: 0..<500) { seed in
      var random = RandomStream(seed: UInt64(seed), "float text")
      let value = Double(bitPattern: random.next())
      if value.isFinite { #expect(Double(FloatText.python(value)) == value) }
    }
  }
}
