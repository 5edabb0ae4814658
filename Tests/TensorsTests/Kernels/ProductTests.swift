import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct ProductTests {
  enum Layout: String, CaseIterable { case nt, nn, tn }

  func product(
    _ kernels: any Kernels, _ layout: Layout, _ a: [Float], _ b: [Float], into c: [Float], m: Int, n: Int, k: Int,
    beta: Float, format: ProductFormat = .float32
  ) -> [Float] {
    let (a, b, c) = (GuardedFloats(a), GuardedFloats(b), GuardedFloats(c))
    let (left, right) = views(layout, a, b, m: m, n: n, k: k)
    kernels.product(left, right, c.pointer, m: m, n: n, k: k, beta: beta, format: format)
    return c.checked()
  }

  func views(
    _ layout: Layout, _ a: GuardedFloats, _ b: GuardedFloats, m: Int, n: Int, k: Int
  ) -> (MatrixView, MatrixView) {
    (
      layout == .tn ? MatrixView(a.pointer, stride: m).transposed : MatrixView(a.pointer, stride: k),
      layout == .nt ? MatrixView(b.pointer, stride: k).transposed : MatrixView(b.pointer, stride: n)
    )
  }

  /// The product with `b` packed, its columns in two parts.
  func packedProduct(
    _ kernels: any Kernels, _ layout: Layout, _ a: [Float], _ b: [Float], into c: [Float], m: Int, n: Int, k: Int,
    beta: Float, format: ProductFormat
  ) -> [Float] {
    let (a, b, c) = (GuardedFloats(a), GuardedFloats(b), GuardedFloats(c))
    let (left, right) = views(layout, a, b, m: m, n: n, k: k)
    var packed = [UInt32](repeating: .max, count: max(1, kernels.packedWords(n: n, k: k, format: format)))
    let panels = (n + kernels.panelWidth - 1) / kernels.panelWidth
    for range in [panels / 2..<panels, 0..<panels / 2] {
      kernels.pack(right, into: &packed, n: n, k: k, panels: range, format: format)
    }
    let middle = min(n, panels / 2 * kernels.panelWidth)
    for columns in [0..<middle, middle..<n] {
      kernels.product(
        left, packed: packed, c.pointer, stride: n, m: m, n: n, k: k, columns: columns, beta: beta, format: format)
    }
    return c.checked()
  }

  @Test(arguments: Implementation.fast) func product_agreesWithReference(_ fast: Implementation) {
    let betas: [Float] = [0, 1, 0.5]
    var index = 0
    for m in [0, 1, 2, 3, 5, 8, 9, 13, 50] {
      for n in [0, 1, 3, 31, 33, 64] {
        for k in [0, 1, 7, 16, 65] {
          for layout in Layout.allCases {
            expectAgreement(fast, layout, m, n, k, betas[index % 3], seed: UInt64(index))
            index += 1
          }
        }
      }
    }
  }

  @Test(arguments: Implementation.fast) func product_agreesWithReference_acrossBlocks(_ fast: Implementation) {
    for layout in Layout.allCases {
      for (m, n, k) in [(13, 515, 259), (64, 1030, 515), (8, 5, 700)] {
        expectAgreement(fast, layout, m, n, k, 0.25, seed: 1)
      }
    }
  }

  @Test(arguments: Implementation.builtIn) func packedProduct_hasTheBitsOfTheWhole(_ fast: Implementation) {
    for format in ProductFormat.allCases {
      for (seed, (m, n, k)) in [(1, 1, 1), (3, 70, 33), (13, 33, 515), (50, 129, 1031), (7, 5, 0)].enumerated() {
        for layout in Layout.allCases {
          var random = RandomStream(seed: UInt64(seed), "product/packed", m, n, k)
          let (a, b, c) = (random.normals(m * k), random.normals(k * n), random.normals(m * n))
          let whole = product(fast.kernels, layout, a, b, into: c, m: m, n: n, k: k, beta: 0.5, format: format)
          let parts = packedProduct(fast.kernels, layout, a, b, into: c, m: m, n: n, k: k, beta: 0.5, format: format)
          #expect(parts == whole, "\(fast.name) \(layout) \(format), m \(m) n \(n) k \(k), seed \(seed)")
        }
      }
    }
  }

  @Test(arguments: Implementation.fast) func bfloat16_agreesWithRoundedOperands(_ fast: Implementation) {
    for (seed, (m, n, k)) in [(1, 1, 1), (5, 37, 64), (12, 32, 7), (13, 70, 515), (25, 64, 1030)].enumerated() {
      for layout in Layout.allCases {
        var random = RandomStream(seed: UInt64(seed), "product/bfloat16", m, n, k)
        let unit = 1 / Float(k).squareRoot()
        let (a, b) = (random.normals(m * k).map { $0 * unit }, random.normals(k * n))
        let c = random.normals(m * n)
        let arguments = "\(fast.name) \(layout), m \(m) n \(n) k \(k), seed \(seed)"
        let expected = product(
          Implementation.reference, layout, a, b, into: c, m: m, n: n, k: k, beta: 1, format: .bfloat16)
        let actual = product(fast.kernels, layout, a, b, into: c, m: m, n: n, k: k, beta: 1, format: .bfloat16)
        // Products of two bfloat16 are exact in single precision, so only sums round.
        expectClose(actual, expected, .single(summedTerms: k + 1), in: arguments)
      }
    }
  }

  @Test(arguments: Implementation.builtIn + [Implementation(name: "reference", kernels: Implementation.reference)])
  func storedOperands_haveTheBitsOfRoundedOnes(_ implementation: Implementation) {
    let kernels = implementation.kernels
    for (seed, (m, n, k)) in [(1, 1, 1), (5, 37, 64), (12, 32, 7), (13, 70, 515), (25, 64, 1030)].enumerated() {
      for layout in Layout.allCases {
        var random = RandomStream(seed: UInt64(seed), "product/stored", m, n, k)
        let (a, b, c) = (random.normals(m * k), random.normals(k * n), random.normals(m * n))
        let expected = product(kernels, layout, a, b, into: c, m: m, n: n, k: k, beta: 1, format: .bfloat16)
        let (left, right) = (
          StoredRows(a, width: layout == .tn ? m : k), StoredRows(b, width: layout == .nt ? k : n)
        )
        let result = GuardedFloats(c)
        kernels.product(
          layout == .tn ? left.view.matrix.transposed : left.view.matrix,
          layout == .nt ? right.view.matrix.transposed : right.view.matrix, result.pointer, m: m, n: n, k: k, beta: 1,
          format: .bfloat16)
        #expect(
          result.checked() == expected, "\(implementation.name) \(layout), m \(m) n \(n) k \(k), seed \(seed)")
      }
    }
  }

  @Test func control_bfloat16IsNotSinglePrecision() {
    var random = RandomStream(seed: 4, "product/bfloat16/control")
    let (a, b) = (random.normals(9 * 64), random.normals(7 * 64))
    let c = [Float](repeating: 0, count: 63)
    let exact = product(Implementation.reference, .nt, a, b, into: c, m: 9, n: 7, k: 64, beta: 0)
    let rounded = product(Implementation.reference, .nt, a, b, into: c, m: 9, n: 7, k: 64, beta: 0, format: .bfloat16)
    #expect(!Tolerance.single(summedTerms: 64).accepts(rounded, exact))
  }

  @Test(arguments: Implementation.builtIn) func bfloat16_keepsInfinityAndNaN(_ fast: Implementation) {
    let one = [Float](repeating: 1, count: 4)
    for value in [Float.infinity, -.infinity, .nan, Float(bitPattern: 0x7f80_0001)] {
      let c = product(
        fast.kernels, .nt, [value, 1, 1, 1], one, into: [0], m: 1, n: 1, k: 4, beta: 0, format: .bfloat16)
      #expect(value.isNaN ? c[0].isNaN : c[0] == value, "\(fast.name): \(value) gave \(c[0])")
    }
  }

  func expectAgreement(
    _ fast: Implementation, _ layout: Layout, _ m: Int, _ n: Int, _ k: Int, _ beta: Float, seed: UInt64
  ) {
    var random = RandomStream(seed: seed, "product", m, n, k)
    // Sums of order one, for which the tolerance is meant.
    let unit = 1 / Float(max(k, 1)).squareRoot()
    let (a, b) = (random.normals(m * k).map { $0 * unit }, random.normals(k * n))
    // With beta 0 the output is not to be read.
    let c = beta == 0 ? [Float](repeating: .nan, count: m * n) : random.normals(m * n)
    let expected = product(Implementation.reference, layout, a, b, into: c, m: m, n: n, k: k, beta: beta)
    let actual = product(fast.kernels, layout, a, b, into: c, m: m, n: n, k: k, beta: beta)
    expectClose(
      actual, expected, .single(summedTerms: k + 1),
      in: "\(fast.name) \(layout), m \(m) n \(n) k \(k), beta \(beta), seed \(seed)")
  }

  @Test func tolerance_rejectsAMissingTerm() {
    var random = RandomStream(seed: 3, "product/control")
    let (a, b) = (random.normals(9 * 64), random.normals(7 * 64))
    let zeros = [Float](repeating: 0, count: 63)
    let expected = product(Implementation.reference, .nt, a, b, into: zeros, m: 9, n: 7, k: 64, beta: 0)
    var shorter = a
    for row in 0..<9 { shorter[row * 64 + 63] = 0 }
    let actual = product(Implementation.fast[0].kernels, .nt, shorter, b, into: zeros, m: 9, n: 7, k: 64, beta: 0)
    #expect(!Tolerance.single(summedTerms: 64).accepts(actual, expected))
  }

  @Test func reference_isTheFormula() {
    // a = [1 2; 3 4], b = [5 6; 7 8]: a·bᵀ, a·b, aᵀ·b by hand.
    for (layout, expected) in [
      (Layout.nt, [17, 23, 39, 53] as [Float]), (.nn, [19, 22, 43, 50]), (.tn, [26, 30, 38, 44]),
    ] {
      let c = product(
        Implementation.reference, layout, [1, 2, 3, 4], [5, 6, 7, 8], into: [1, 1, 1, 1], m: 2, n: 2, k: 2, beta: 2)
      #expect(c == expected.map { $0 + 2 })
    }
  }

  @Test(arguments: Implementation.builtIn) func builtIn_rowsDoNotDependOnRowCount(_ fast: Implementation) {
    let (n, k) = (37, 300)
    var random = RandomStream(seed: 5, "product/rows")
    let (a, b) = (random.normals(64 * k), random.normals(n * k))
    func rows(_ m: Int, from first: Int) -> [Float] {
      product(
        fast.kernels, .nt, Array(a[first * k..<(first + m) * k]), b, into: .init(repeating: 0, count: m * n), m: m,
        n: n, k: k, beta: 0)
    }
    let all = rows(64, from: 0)
    for (first, count) in [(0, 1), (1, 2), (3, 5), (0, 9), (9, 13), (22, 42)] {
      #expect(rows(count, from: first) == Array(all[first * n..<(first + count) * n]))
    }
  }
}
