import CKernels

// c (m, n) = beta·c + a·b; k is summed. With beta 0, c is written without being read.

extension ReferenceKernels {
  /// `c[i,j] = beta·c[i,j] + Σₖ a[i,k]·b[k,j]`
  public func product(
    _ a: MatrixView, _ b: MatrixView, _ c: Output, m: Int, n: Int, k: Int, beta: Float, format: ProductFormat
  ) {
    requireSizes(m, n, k)
    let columns = (0..<n).map { j in format.roundedTerms((0..<k).map { b[$0, j] }) }
    multiply(a, columns, c, stride: n, m: m, k: k, columns: 0..<n, beta: beta, format: format)
  }

  public func usesLibrary(for format: ProductFormat) -> Bool { false }

  public var panelWidth: Int { 1 }

  public func packedWords(n: Int, k: Int, format: ProductFormat) -> Int { n * k }

  /// A panel is a column, a word the bits of a float.
  public func pack(
    _ b: MatrixView, into packed: UnsafeMutablePointer<UInt32>, n: Int, k: Int, panels: Range<Int>,
    format: ProductFormat
  ) {
    requireSizes(n, k)
    for j in panels {
      for l in 0..<k { packed[j * k + l] = b[l, j].bitPattern }
    }
  }

  public func product(
    _ a: MatrixView, packed: UnsafePointer<UInt32>, _ c: Output, stride: Int, m: Int, n: Int, k: Int,
    columns: Range<Int>, beta: Float, format: ProductFormat
  ) {
    requireSizes(m, n, k)
    let terms = columns.map { j in format.roundedTerms((0..<k).map { Float(bitPattern: packed[j * k + $0]) }) }
    multiply(a, terms, c, stride: stride, m: m, k: k, columns: columns, beta: beta, format: format)
  }

  private func multiply(
    _ a: MatrixView, _ b: [[Double]], _ c: Output, stride: Int, m: Int, k: Int, columns: Range<Int>, beta: Float,
    format: ProductFormat
  ) {
    for i in 0..<m {
      let row = format.roundedTerms((0..<k).map { a[i, $0] })
      for (j, column) in zip(columns, b) {
        var sum = beta == 0 ? 0 : Double(beta) * Double(c[i * stride + j])
        for l in 0..<k { sum += row[l] * column[l] }
        c[i * stride + j] = Float(sum)
      }
    }
  }
}

extension MatrixView {
  fileprivate subscript(row: Int, column: Int) -> Float {
    RowsView(UnsafeMutablePointer(mutating: pointer), stride: 0, stored: stored)[
      0, row * rowStride + column * columnStride]
  }
}

extension FastKernels {
  public func product(
    _ a: MatrixView, _ b: MatrixView, _ c: Output, m: Int, n: Int, k: Int, beta: Float, format: ProductFormat
  ) {
    requireSizes(m, n, k)
    requireStored(a, b, format)
    if format == .float32, let sgemm = library(m, n, k) {
      sgemm(
        rowMajor, a.transposition, b.transposition, Int32(m), Int32(n), Int32(k), 1, a.pointer,
        a.leadingDimension(rows: m, columns: k),
        b.pointer, b.leadingDimension(rows: k, columns: n), beta, c, Int32(n))
    } else {
      table.pointee.product(
        format.code, a.c, b.c, c, m, n, k, beta)
    }
  }

  public func usesLibrary(for format: ProductFormat) -> Bool {
    if case .blas = backend { format == .float32 } else { false }
  }

  public var panelWidth: Int { table.pointee.panel }

  public func packedWords(n: Int, k: Int, format: ProductFormat) -> Int {
    requireSizes(n, k)
    return table.pointee.packed_words(format.code, n, k)
  }

  public func pack(
    _ b: MatrixView, into packed: UnsafeMutablePointer<UInt32>, n: Int, k: Int, panels: Range<Int>,
    format: ProductFormat
  ) {
    requireSizes(n, k)
    requireStored(b, b, format)
    table.pointee.pack(format.code, b.c, packed, n, k, panels.lowerBound, panels.count)
  }

  public func product(
    _ a: MatrixView, packed: UnsafePointer<UInt32>, _ c: Output, stride: Int, m: Int, n: Int, k: Int,
    columns: Range<Int>, beta: Float, format: ProductFormat
  ) {
    precondition(m >= 0 && k >= 0, "sizes are not negative")
    precondition(
      columns.upperBound <= n && columns.lowerBound % table.pointee.panel == 0,
      "columns \(columns) of \(n) do not begin with a panel")
    requireStored(a, a, format)
    table.pointee.product_packed(
      format.code, a.c, packed, c, stride, m, n, k, columns.lowerBound, columns.upperBound, beta)
  }

  /// The library's product, unless there is none or a size is zero (which CBLAS's leading dimensions cannot express) or
  /// beyond 32 bits.
  private func library(_ m: Int, _ n: Int, _ k: Int) -> ck_sgemm? {
    guard case .blas(let library) = backend, min(m, n, k) > 0, max(m, n, k) <= Int(Int32.max) else { return nil }
    return library.sgemm
  }
}

private func requireStored(_ a: MatrixView, _ b: MatrixView, _ format: ProductFormat) {
  for operand in [a.stored, b.stored] {
    precondition(operand == .float32 || operand == format, "a product in \(format) of numbers stored as \(operand)")
  }
}

// The CBLAS interface: CBLAS_LAYOUT, CBLAS_TRANSPOSE and leading dimensions of row-major matrices.
private let rowMajor: Int32 = 101

extension MatrixView {
  fileprivate var transposition: Int32 { columnStride == 1 ? 111 : 112 }
  /// At least what CBLAS demands of a matrix of this shape, also where a single row or column needs no stride.
  fileprivate func leadingDimension(rows: Int, columns: Int) -> Int32 {
    Int32(max(rowStride, columnStride, columnStride == 1 ? columns : rows))
  }
}
