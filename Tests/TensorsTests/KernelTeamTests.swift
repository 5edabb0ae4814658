import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct KernelTeamTests {
  /// m rows by n columns over k terms, `b` transposed, with `threads` threads.
  func product(
    _ kernels: any Kernels, threads: Int, m: Int, n: Int, k: Int, format: ProductFormat, seed: UInt64
  ) -> [Float] {
    var random = RandomStream(seed: seed, "team/product", m, n, k)
    let (a, b) = (FloatBuffer(random.normals(m * k)), FloatBuffer(random.normals(n * k)))
    let c = FloatBuffer(random.normals(m * n))
    KernelTeam(kernels: kernels, pool: ThreadPool(threads: threads)).product(
      MatrixView(a.pointer, stride: k), MatrixView(b.pointer, stride: k).transposed, RowsView(c.pointer, stride: n),
      m: m,
      n: n, k: k, beta: 0.5, format: format, scratch: PackedMatrix())
    return c.array
  }

  @Test(arguments: Implementation.fast) func product_hasTheSameBitsForAnyThreads(_ fast: Implementation) {
    for format in ProductFormat.allCases {
      for (m, n, k) in [(1, 70, 40), (47, 33, 5), (100, 200, 300), (400, 96, 64)] {
        let one = product(fast.kernels, threads: 1, m: m, n: n, k: k, format: format, seed: 1)
        for threads in [2, 3, 4] {
          let many = product(fast.kernels, threads: threads, m: m, n: n, k: k, format: format, seed: 1)
          #expect(many == one, "\(fast.name) \(format) m \(m) n \(n) k \(k), \(threads) threads")
        }
        let expected = product(Implementation.reference, threads: 2, m: m, n: n, k: k, format: format, seed: 1)
        // Sums of k products of normals have the size of √k.
        let size = Double(k).squareRoot()
        let tolerance = Tolerance.single(summedTerms: k)
        expectClose(
          one, expected, Tolerance(absolute: tolerance.absolute * size, relative: tolerance.relative),
          in: "\(fast.name) \(format) m \(m) n \(n) k \(k)")
      }
    }
  }

  @Test func control_anotherSeedGivesOtherBits() {
    let kernels = Implementation.builtIn[0].kernels
    let first = product(kernels, threads: 2, m: 9, n: 9, k: 9, format: .float32, seed: 1)
    #expect(first != product(kernels, threads: 2, m: 9, n: 9, k: 9, format: .float32, seed: 2))
  }

  @Test(arguments: [0, 1, 15, 16, 17, 1000]) func ranges_coverEveryIndexOnce(count: Int) {
    let seen = FloatBuffer(count: count)
    let team = KernelTeam(kernels: Implementation.reference, pool: ThreadPool(threads: 3))
    team.forRanges(of: count, grain: 7) { range in
      for index in range { seen[index] += 1 }
    }
    #expect(seen.array == [Float](repeating: 1, count: count))
  }
}
