import CKernels
import Glibc
import Tensors
import TestSupport
import Testing

/// The exponential inside attention, SwiGLU and cross-entropy (Sources/CKernels/templates/exponential.h).
@Suite struct ExponentialTests {
  func exponential(_ x: [Float], _ set: InstructionSet) -> [Float] {
    let y = GuardedFloats(unwritten: x.count)
    set.table?.pointee.exponential(x, y.pointer, x.count)
    return y.checked()
  }

  static func ulps(_ actual: Float, _ expected: Double) -> Double {
    abs(Double(actual) - expected) / Double(Float(expected).ulp)
  }

  @Test(arguments: InstructionSet.allCases.filter(\.isSupported)) func exponential_isWithinTwoUlps(
    _ set: InstructionSet
  ) {
    let x = (0...176_000).map { Float(-86.63) + Float($0) * 0.001 }.filter { $0 < 88.72 }
    let worst = zip(exponential(x, set), x).map { Self.ulps($0, exp(Double($1))) }.max() ?? 0
    #expect(worst <= 2, "worst error \(worst) ulp")
    #expect(Self.ulps(Float(exp(1.0)) * (1 + 4 * Float.ulpOfOne), exp(1.0)) > 2)
  }

  @Test(arguments: InstructionSet.allCases.filter(\.isSupported)) func exponential_handlesTheEnds(_ set: InstructionSet)
  {
    let y = exponential([-.infinity, -1e9, -88, 0, -0.0, 89, .infinity, .nan, 1], set)
    #expect(y[0..<3] == [0, 0, 0])
    #expect(y[3] == 1 && y[4] == 1)
    #expect(y[5] == .infinity && y[6] == .infinity && y[7].isNaN)
  }
}
