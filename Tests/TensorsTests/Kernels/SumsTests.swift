import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct SumsTests {
  static let counts = [0, 1, 3, 16, 31, 1000, 4096, 4097, 12_345]

  @Test(arguments: Implementation.fast) func add_isExact(_ fast: Implementation) {
    for count in Self.counts {
      var random = RandomStream(seed: 1, "add", count)
      let (x, y) = (random.normals(count), random.normals(count))
      let sum = GuardedFloats(y)
      fast.kernels.add(x, to: sum.pointer, count: count)
      #expect(sum.checked() == zip(x, y).map { $0 + $1 })
    }
  }

  @Test(arguments: Implementation.fast) func sumOfSquares_hasTheSameBitsOnEveryInstructionSet(_ fast: Implementation) {
    for count in Self.counts {
      var random = RandomStream(seed: 2, "squares", count)
      let x = random.normals(count)
      let sum = fast.kernels.sumOfSquares(x, count: count)
      #expect(sum == Implementation.fast[0].kernels.sumOfSquares(x, count: count))
      let expected = Implementation.reference.sumOfSquares(x, count: count)
      #expect(abs(sum - expected) <= 1e-12 * expected)
      if count > 0 { #expect(abs(sum - Double(x[0]) * Double(x[0]) - expected) > 1e-12 * expected) }
    }
  }
}
