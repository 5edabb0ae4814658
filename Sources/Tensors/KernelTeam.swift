/// Kernels, and the threads that run them side by side.
///
/// Work is split by shapes alone, never by the number of threads, and no element is summed across parts: so results are
/// the same bits for any number of threads.
public struct KernelTeam: Sendable {
  public let kernels: any Kernels
  public let pool: ThreadPool

  /// Parts that work is split into, where there is enough of it: several for each thread, so that one which is held up
  /// leaves the rest to the others.
  static let parts = 16
  /// Rows of c below which a part is not worth the packing of its rows of a.
  static let rowsOfPart = 48

  public init(kernels: any Kernels, pool: ThreadPool) {
    self.kernels = kernels
    self.pool = pool
  }

  /// Calls `body` for consecutive ranges that cover `0..<count`, side by side: at most 16, of at least `grain` (the last
  /// ones excepted).
  public func forRanges(of count: Int, grain: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let parts = max(1, min(Self.parts, count / max(grain, 1)))
    pool.forEach(parts) { part in body(count * part / parts..<count * (part + 1) / parts) }
  }

  /// Packs `b` (k, n) into `packed`.
  public func pack(_ b: MatrixView, n: Int, k: Int, format: ProductFormat, into packed: PackedMatrix) {
    packed.prepare(n: n, k: k, format: format, words: kernels.packedWords(n: n, k: k, format: format))
    let panels = (n + kernels.panelWidth - 1) / kernels.panelWidth
    let kernels = kernels
    let words = packed
    forRanges(of: panels, grain: max(1, 32 / kernels.panelWidth)) { range in
      kernels.pack(b, into: words.words, n: n, k: k, panels: range, format: format)
    }
  }

  /// `c[m,n] = beta·c[m,n] + Σₖ a[m,k]·b[k,n]` with a packed `b`.
  public func product(_ a: MatrixView, _ b: PackedMatrix, _ c: RowsView, m: Int, beta: Float) {
    let kernels = kernels
    let panels = (b.n + kernels.panelWidth - 1) / kernels.panelWidth
    let rowParts = max(1, min(Self.parts, m / Self.rowsOfPart))
    let columnParts = max(1, min(panels, Self.parts / rowParts))
    pool.forEach(rowParts * columnParts) { part in
      let (row, column) = (part / columnParts, part % columnParts)
      let first = m * row / rowParts
      let columns =
        panels * column / columnParts
        * kernels.panelWidth..<min(b.n, panels * (column + 1) / columnParts * kernels.panelWidth)
      kernels.product(
        a.from(row: first), packed: b.words, c[first], stride: c.stride, m: m * (row + 1) / rowParts - first,
        n: b.n, k: b.k, columns: columns, beta: beta, format: b.format)
    }
  }

  /// `c[m,n] = beta·c[m,n] + Σₖ a[m,k]·b[k,n]`, packing `b` into `scratch` unless a library does it; dense rows of c.
  public func product(
    _ a: MatrixView, _ b: MatrixView, _ c: RowsView, m: Int, n: Int, k: Int, beta: Float, format: ProductFormat,
    scratch: PackedMatrix
  ) {
    precondition(c.stride == n, "a library writes dense rows")
    guard kernels.usesLibrary(for: format) else {
      pack(b, n: n, k: k, format: format, into: scratch)
      product(a, scratch, c, m: m, beta: beta)
      return
    }
    let kernels = kernels
    forRanges(of: m, grain: 4 * Self.rowsOfPart) { rows in
      kernels.product(
        a.from(row: rows.lowerBound), b, c[rows.lowerBound], m: rows.count, n: n, k: k, beta: beta, format: format)
    }
  }
}
