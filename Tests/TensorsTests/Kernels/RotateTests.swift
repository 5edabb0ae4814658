import Glibc
import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct RotateTests {
  func rotate(
    _ kernels: any Kernels, _ x: [Float], positions: [Int32], table: RotaryTable, stride: Int, heads: Int,
    inverse: Bool = false
  ) -> [Float] {
    let x = GuardedFloats(x)
    kernels.rotate(
      x.pointer, positions: positions, cosines: table.cosines.pointer, sines: table.sines.pointer,
      rows: positions.count, stride: stride, heads: heads, headWidth: table.headWidth, inverse: inverse)
    return x.checked()
  }

  @Test(arguments: Implementation.fast) func rotate_agreesWithReference(_ fast: Implementation) {
    for (headWidth, heads, gap) in [(2, 1, 0), (6, 3, 1), (16, 2, 5), (32, 4, 0), (64, 1, 64), (72, 2, 3)] {
      var random = RandomStream(seed: 1, "rotate", headWidth)
      let table = RotaryTable(positions: 40, headWidth: headWidth, theta: 10_000)
      let positions: [Int32] = [0, 1, 39, 7, 7]
      let stride = heads * headWidth + gap
      let x = random.normals(stride * positions.count)
      for inverse in [false, true] {
        let expected = rotate(
          Implementation.reference, x, positions: positions, table: table, stride: stride, heads: heads,
          inverse: inverse)
        let actual = rotate(
          fast.kernels, x, positions: positions, table: table, stride: stride, heads: heads, inverse: inverse)
        expectClose(actual, expected, .single(), in: "\(fast.name), head width \(headWidth), seed 1")
        // What lies between the heads of two rows is not touched.
        for row in positions.indices {
          let between = row * stride + heads * headWidth..<(row + 1) * stride
          #expect(actual[between] == x[between])
        }
      }
      #expect(rotate(fast.kernels, [], positions: [], table: table, stride: stride, heads: heads) == [])
    }
  }

  @Test(arguments: Implementation.fast) func rotate_thenInverse_isTheIdentity(_ fast: Implementation) {
    var random = RandomStream(seed: 2, "rotate/inverse")
    let table = RotaryTable(positions: 100, headWidth: 32, theta: 10_000)
    let x = random.normals(64)
    let turned = rotate(fast.kernels, x, positions: [99], table: table, stride: 64, heads: 2)
    #expect(!Tolerance.single().accepts(turned, x))
    expectClose(
      rotate(fast.kernels, turned, positions: [99], table: table, stride: 64, heads: 2, inverse: true), x)
  }

  @Test(arguments: Implementation.fast) func rotate_scoresDependOnDistanceAlone(_ fast: Implementation) {
    var random = RandomStream(seed: 3, "rotate/distance")
    let table = RotaryTable(positions: 60, headWidth: 16, theta: 10_000)
    let (q, k) = (random.normals(16), random.normals(16))
    func score(_ i: Int32, _ j: Int32) -> Float {
      let a = rotate(fast.kernels, q, positions: [i], table: table, stride: 16, heads: 1)
      let b = rotate(fast.kernels, k, positions: [j], table: table, stride: 16, heads: 1)
      return zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    expectClose([score(13, 4)], [score(50, 41)], .single(summedTerms: 64))
    #expect(!Tolerance.single(summedTerms: 64).accepts([score(13, 4)], [score(13, 5)]))
  }
}
