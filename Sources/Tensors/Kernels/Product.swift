import CKernels

// c (m, n) = beta·c + a·b with b or a transposed; k is summed. With beta 0, c is written without being read.

extension ReferenceKernels {
  /// `c[i,j] = beta·c[i,j] + Σₖ a[i,k]·b[j,k]`
  public func productNT(_ a: Input, _ b: Input, _ c: Output, m: Int, n: Int, k: Int, beta: Float) {
    product(c, m, n, k, beta) { i, j, l in Double(a[i * k + l]) * Double(b[j * k + l]) }
  }

  /// `c[i,j] = beta·c[i,j] + Σₖ a[i,k]·b[k,j]`
  public func productNN(_ a: Input, _ b: Input, _ c: Output, m: Int, n: Int, k: Int, beta: Float) {
    product(c, m, n, k, beta) { i, j, l in Double(a[i * k + l]) * Double(b[l * n + j]) }
  }

  /// `c[i,j] = beta·c[i,j] + Σₖ a[k,i]·b[k,j]`
  public func productTN(_ a: Input, _ b: Input, _ c: Output, m: Int, n: Int, k: Int, beta: Float) {
    product(c, m, n, k, beta) { i, j, l in Double(a[l * m + i]) * Double(b[l * n + j]) }
  }

  private func product(
    _ c: Output, _ m: Int, _ n: Int, _ k: Int, _ beta: Float, term: (_ i: Int, _ j: Int, _ l: Int) -> Double
  ) {
    requireSizes(m, n, k)
    for i in 0..<m {
      for j in 0..<n {
        var sum = beta == 0 ? 0 : Double(beta) * Double(c[i * n + j])
        for l in 0..<k { sum += term(i, j, l) }
        c[i * n + j] = Float(sum)
      }
    }
  }
}

extension FastKernels {
  /// Few rows stream `b` once; more go to the backend.
  public func productNT(_ a: Input, _ b: Input, _ c: Output, m: Int, n: Int, k: Int, beta: Float) {
    requireSizes(m, n, k)
    if m <= Self.fewRows {
      table.pointee.product_few_rows(a, b, c, m, n, k, beta)
    } else if let sgemm = blas(m, n, k) {
      sgemm(rowMajor, plain, transposed, Int32(m), Int32(n), Int32(k), 1, a, Int32(k), b, Int32(k), beta, c, Int32(n))
    } else {
      table.pointee.product(a, k, 1, b, 1, k, c, m, n, k, beta)
    }
  }

  public func productNN(_ a: Input, _ b: Input, _ c: Output, m: Int, n: Int, k: Int, beta: Float) {
    requireSizes(m, n, k)
    if let sgemm = blas(m, n, k) {
      sgemm(rowMajor, plain, plain, Int32(m), Int32(n), Int32(k), 1, a, Int32(k), b, Int32(n), beta, c, Int32(n))
    } else {
      table.pointee.product(a, k, 1, b, n, 1, c, m, n, k, beta)
    }
  }

  public func productTN(_ a: Input, _ b: Input, _ c: Output, m: Int, n: Int, k: Int, beta: Float) {
    requireSizes(m, n, k)
    if let sgemm = blas(m, n, k) {
      sgemm(rowMajor, transposed, plain, Int32(m), Int32(n), Int32(k), 1, a, Int32(m), b, Int32(n), beta, c, Int32(n))
    } else {
      table.pointee.product(a, 1, m, b, n, 1, c, m, n, k, beta)
    }
  }

  /// The library's product, unless there is none or a size is zero (which CBLAS's leading dimensions cannot express) or
  /// beyond 32 bits.
  private func blas(_ m: Int, _ n: Int, _ k: Int) -> ck_sgemm? {
    guard case .blas(let library) = backend, min(m, n, k) > 0, max(m, n, k) <= Int(Int32.max) else { return nil }
    return library.sgemm
  }
}

// Constants of the CBLAS interface (CBLAS_LAYOUT, CBLAS_TRANSPOSE).
private let rowMajor: Int32 = 101
private let plain: Int32 = 111
private let transposed: Int32 = 112
