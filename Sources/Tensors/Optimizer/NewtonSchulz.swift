/// Makes matrices nearly orthogonal: all singular values move into about [0.7, 1.2], singular vectors stay.
///
/// Five iterations `A = X·Xᵀ; X ← a·X + (b·A + c·A²)·X` from `X/‖X‖`, with Jordan's coefficients (Muon, 2024), which grow small
/// singular values fastest. A tall matrix is iterated as its transpose. A and A² are symmetric: half of each is computed.
///
/// Works on the calling thread, so several matrices side by side need one of these each; it allocates nothing after `init`.
/// Sendable because it is memory: its owner gives it to one thread at a time.
public final class NewtonSchulz: @unchecked Sendable {
  /// The matrix, row-major: what `orthogonalize` reads and overwrites.
  public let matrix: FloatBuffer
  private let kernels: any Kernels
  private let format: ProductFormat
  /// A tall matrix's second copy, which its last product reads while `matrix` is written.
  private let copy: FloatBuffer
  private let gram: FloatBuffer
  private let polynomial: FloatBuffer
  private let packed: FloatBuffer

  private static let iterations = 5
  private static let (a, b, c): (Float, Float, Float) = (3.4445, -4.7750, 2.0315)
  /// A norm below this is not divided by.
  private static let smallestNorm = 1e-7
  /// Rows whose products are computed together, up to the diagonal.
  private static let block = 96

  /// Room for any of `shapes` (rows, columns); products multiply `format`.
  public init(shapes: [(rows: Int, columns: Int)], kernels: any Kernels, format: ProductFormat) {
    let room = Room(shapes, kernels, format)
    self.kernels = kernels
    self.format = format
    matrix = FloatBuffer(count: room.matrix)
    copy = FloatBuffer(count: room.copy)
    gram = FloatBuffer(count: room.gram)
    polynomial = FloatBuffer(count: room.gram)
    packed = FloatBuffer(count: room.packed)
  }

  /// Bytes that one of these takes.
  public static func bytes(
    shapes: [(rows: Int, columns: Int)], kernels: any Kernels, format: ProductFormat
  ) -> Int {
    let room = Room(shapes, kernels, format)
    return MemoryLayout<Float>.stride * (room.matrix + room.copy + 2 * room.gram + room.packed)
  }

  /// Overwrites the first `rows` · `columns` floats of `matrix`; `sumOfSquares` is theirs.
  public func orthogonalize(rows: Int, columns: Int, sumOfSquares: Double) {
    let (short, long) = (min(rows, columns), max(rows, columns))
    precondition(rows * columns <= matrix.count && short * short <= gram.count, "a matrix larger than announced")
    let isTall = rows > columns
    let x = MatrixView(matrix.pointer, stride: columns)
    let wide = isTall ? x.transposed : x
    // The norm is divided by where X enters the first iteration: nothing is read or written for it alone.
    var inverse = Float(1 / max(sumOfSquares.squareRoot(), Self.smallestNorm))
    for _ in 0..<Self.iterations {
      lowerTriangle(wide, wide.transposed, into: gram, n: short, k: long)
      kernels.combineSymmetric(gram.pointer, factor: 0, into: gram.pointer, factor: inverse * inverse, n: short)
      let square = MatrixView(gram.pointer, stride: short)
      lowerTriangle(square, square, into: polynomial, n: short, k: short)
      kernels.combineSymmetric(
        gram.pointer, factor: Self.b * inverse, into: polynomial.pointer, factor: Self.c * inverse, n: short)
      let left = MatrixView((isTall ? copy : polynomial).pointer, stride: short)
      if isTall {
        copy.pointer.update(from: matrix.pointer, count: rows * columns)
        pack(MatrixView(polynomial.pointer, stride: short), n: short, k: short)
      } else {
        pack(x, n: long, k: short)
      }
      product(left, into: matrix, n: columns, k: short, rows: 0..<rows, columns: columns, beta: Self.a * inverse)
      inverse = 1
    }
  }

  /// `c[i,j] = Σₖ a[i,k]·b[k,j]` for j ≤ i, and some elements beside the diagonal; `c` is (n, n).
  private func lowerTriangle(_ a: MatrixView, _ b: MatrixView, into c: FloatBuffer, n: Int, k: Int) {
    pack(b, n: n, k: k)
    for start in stride(from: 0, to: n, by: Self.block) {
      let end = min(n, start + Self.block)
      let panels = (end + kernels.panelWidth - 1) / kernels.panelWidth
      product(a, into: c, n: n, k: k, rows: start..<end, columns: min(n, panels * kernels.panelWidth), beta: 0)
    }
  }

  private func pack(_ b: MatrixView, n: Int, k: Int) {
    let panels = (n + kernels.panelWidth - 1) / kernels.panelWidth
    kernels.pack(b, into: words, n: n, k: k, panels: 0..<panels, format: format)
  }

  /// Rows `rows` of `c = beta·c + a·packed`, their first `columns` elements.
  private func product(
    _ a: MatrixView, into c: FloatBuffer, n: Int, k: Int, rows: Range<Int>, columns: Int, beta: Float
  ) {
    kernels.product(
      a.from(row: rows.lowerBound), packed: words, c.at(rows.lowerBound * n), stride: n, m: rows.count, n: n, k: k,
      columns: 0..<columns, beta: beta, format: format)
  }

  private var words: UnsafeMutablePointer<UInt32> {
    // SAFETY: floats and words have one size and alignment, and the memory is only read as words.
    UnsafeMutableRawPointer(packed.pointer).assumingMemoryBound(to: UInt32.self)
  }

  /// Floats of each buffer, the largest over all shapes.
  private struct Room {
    var matrix = 0
    var copy = 0
    var gram = 0
    var packed = 0

    init(_ shapes: [(rows: Int, columns: Int)], _ kernels: any Kernels, _ format: ProductFormat) {
      for (rows, columns) in shapes {
        let (short, long) = (min(rows, columns), max(rows, columns))
        matrix = max(matrix, rows * columns)
        if rows > columns { copy = max(copy, rows * columns) }
        gram = max(gram, short * short)
        var operands = [(n: short, k: long), (n: short, k: short)]
        if rows <= columns { operands.append((n: long, k: short)) }
        for (n, k) in operands { packed = max(packed, kernels.packedWords(n: n, k: k, format: format)) }
      }
    }
  }
}
