import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct PackedProductTests {  // Sources/Tensors/Kernels/Product.swift
  /// `c = beta·c + a·bᵀ` with `b` (n, k) packed whole, computed for `columns` of rows `rows`.
  func product(
    _ kernels: any Kernels, _ format: ProductFormat, _ a: [Float], _ b: [Float], into c: [Float], m: Int, n: Int,
    k: Int,
    beta: Float, rows: Range<Int>? = nil, columns: Range<Int>? = nil
  ) -> [Float] {
    let (a, b, c) = (GuardedFloats(a), GuardedFloats(b), GuardedFloats(c))
    let words = GuardedFloats([Float](repeating: 0, count: kernels.packedWords(n: n, k: k, format: format)))
    words.pointer.withMemoryRebound(to: UInt32.self, capacity: words.count) { packed in
      let panels = (n + kernels.panelWidth - 1) / kernels.panelWidth
      // In two pieces, the second one first: panels are independent.
      for range in [panels / 2..<panels, 0..<panels / 2] {
        kernels.pack(
          MatrixView(b.pointer, stride: k).transposed, into: packed, n: n, k: k, panels: range, format: format)
      }
      let rows = rows ?? 0..<m
      kernels.product(
        MatrixView(a.pointer + rows.lowerBound * k, stride: k), packed: packed, c.pointer + rows.lowerBound * n,
        stride: n, m: rows.count, n: n, k: k, columns: columns ?? 0..<n, beta: beta, format: format)
    }
    _ = words.checked()
    return c.checked()
  }

  @Test(arguments: Implementation.builtIn, ProductFormat.allCases)
  func product_agreesWithReference(_ fast: Implementation, _ format: ProductFormat) {
    let betas: [Float] = [0, 1, 0.5]
    var index = 0
    for m in [1, 2, 3, 5, 6, 7, 12, 13, 50, 101] {
      for n in [1, 31, 64, 70] {
        for k in [0, 1, 7, 63, 64, 65, 130, 1100] where m < 50 || k < 130 {
          var random = RandomStream(seed: UInt64(index), "packed", m, n, k)
          let unit = 1 / Float(max(k, 1)).squareRoot()
          let (a, b) = (random.normals(m * k).map { $0 * unit }, random.normals(k * n))
          let beta = betas[index % 3]
          let c = beta == 0 ? [Float](repeating: .nan, count: m * n) : random.normals(m * n)
          let expected = product(Implementation.reference, format, a, b, into: c, m: m, n: n, k: k, beta: beta)
          expectClose(
            product(fast.kernels, format, a, b, into: c, m: m, n: n, k: k, beta: beta), expected,
            .single(summedTerms: k + 1), in: "\(fast.name) \(format), m \(m) n \(n) k \(k), beta \(beta), seed \(index)"
          )
          index += 1
        }
      }
    }
  }

  @Test(arguments: Implementation.builtIn, ProductFormat.allCases)
  func product_bitsDoNotDependOnRowsOrColumns(_ fast: Implementation, _ format: ProductFormat) {
    let (m, n, k) = (101, 203, 1100)
    var random = RandomStream(seed: 5, "packed/rows")
    let (a, b) = (random.normals(m * k), random.normals(n * k))
    let zeros = [Float](repeating: 0, count: m * n)
    let all = product(fast.kernels, format, a, b, into: zeros, m: m, n: n, k: k, beta: 0)
    for (first, count) in [(0, 1), (1, 2), (3, 5), (8, 12), (20, 13), (33, 48), (81, 20)] {
      let rows = first..<first + count
      let part = product(fast.kernels, format, a, b, into: zeros, m: m, n: n, k: k, beta: 0, rows: rows)
      #expect(part[first * n..<(first + count) * n] == all[first * n..<(first + count) * n], "rows \(rows)")
    }
    let middle = 2 * fast.kernels.panelWidth
    for columns in [0..<middle, middle..<n] {
      let part = product(fast.kernels, format, a, b, into: zeros, m: m, n: n, k: k, beta: 0, columns: columns)
      for row in 0..<m {
        #expect(
          part[row * n + columns.lowerBound..<row * n + columns.upperBound]
            == all[row * n + columns.lowerBound..<row * n + columns.upperBound])
      }
    }
  }

  /// Within one group there is one integer sum and one scaling: all instruction sets must have the same bits.
  @Test func int8_sumsAreTheSameIntegersEverywhere() {
    for k in [1, 4, 63, 64] {
      var random = RandomStream(seed: 9, "packed/int8", k)
      let (a, b) = (random.normals(7 * k), random.normals(37 * k))
      let zeros = [Float](repeating: 0, count: 7 * 37)
      let all = Implementation.builtIn.map {
        product($0.kernels, .int8, a, b, into: zeros, m: 7, n: 37, k: k, beta: 0)
      }
      for other in all.dropFirst() { #expect(other == all[0], "k \(k)") }
    }
  }

  @Test(arguments: [(ProductFormat.bfloat16, 0.0024), (.int8, 0.0078)])
  func format_isAsAccurateAsItSays(_ format: ProductFormat, _ error: Double) {
    let (m, n, k) = (8, 64, 1024)
    var random = RandomStream(seed: 4, "packed/accuracy")
    let (a, b) = (random.normals(m * k), random.normals(n * k))
    let zeros = [Float](repeating: 0, count: m * n)
    let kernels = FastKernels(backend: .builtIn)
    let exact = product(kernels, .float32, a, b, into: zeros, m: m, n: n, k: k, beta: 0)
    let rounded = product(kernels, format, a, b, into: zeros, m: m, n: n, k: k, beta: 0)
    func norm(_ values: [Float]) -> Double { values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
    let relative = norm(zip(exact, rounded).map { $0 - $1 }) / norm(exact)
    #expect(relative < 1.15 * error && relative > 0.85 * error, "off by \(relative)")
  }

  @Test func int8_isExactForItsOwnNumbers() {
    // Multiples of one scale with 127 among them are what they are.
    let a: [Float] = [127, -3, 0, 64], b: [Float] = [1, 127, -127, 2]
    let c = product(
      FastKernels(backend: .builtIn), .int8, a, b, into: [0], m: 1, n: 1, k: 4, beta: 0)
    #expect(c == [127 - 381 + 128])
    // Zeros have no scale to divide by.
    #expect(
      product(FastKernels(backend: .builtIn), .int8, [0, 0], [0, 0], into: [7], m: 1, n: 1, k: 2, beta: 1) == [7])
  }
}
