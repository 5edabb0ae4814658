import Tensors

/// How the phases of a pass are split into parts: by shapes alone.
///
/// A part costs about 0.1 µs to hand out, and half a part at the end of a phase is waited for.
struct PassSplit {
  /// Parts of a product: rows by columns.
  struct Product {
    let rows: Int
    let columns: Int
    var parts: Int { rows * columns }
    static let whole = Product(rows: 1, columns: 1)
  }

  let project, output, gate, down, head: Product
  let rowParts, storeParts, attentionParts, outputParts: Int

  /// One part each, for a thread that works alone.
  static let whole = PassSplit(
    project: .whole, output: .whole, gate: .whole, down: .whole, head: .whole, rowParts: 1, storeParts: 1,
    attentionParts: 1, outputParts: 1)

  /// Microseconds of work below which another part does not pay.
  private static let microsecondsOfPart = 3.0
  private static let maximumParts = 16
  /// Columns below which a part does not pay for rounding its rows again.
  private static let columnsOfPart = 192

  /// - Parameters:
  ///   - n, k: Columns, and terms of every sum.
  ///   - panel: Columns that stay together.
  private static func product(rows: Int, n: Int, k: Int, format: ProductFormat, panel: Int) -> Product {
    // One thread of a Zen 5 reads about 60 kB of weights in a microsecond from its last cache, and multiplies at this rate.
    let (bytes, rate) =
      switch format {
      case .float32: (4.0, 200e3)
      case .bfloat16: (2.0, 400e3)
      case .int8: (1.0, 550e3)
      }
    let size = Double(n) * Double(k)
    let microseconds = max(size * bytes / 60e3, 2 * Double(rows) * size / rate)
    let parts = max(1, min(maximumParts, Int(microseconds / microsecondsOfPart) / 2 * 2))
    // Weights come by once for each part of rows.
    let rowParts = max(1, min(parts, rows / 48))
    let widest = rows > 4 ? max(2, n / columnsOfPart / 2 * 2) : (n + panel - 1) / panel
    let columnParts = max(1, min(widest, parts / rowParts))
    return Product(rows: rowParts, columns: columnParts)
  }

  /// Parts for any number of threads.
  static func parts(of lane: PassLane, _ shape: ModelShape, format: ProductFormat, panel: Int) -> PassSplit {
    let rows = lane.rows.count
    let (C, F) = (shape.width, shape.feedForward)
    func split(_ rows: Int, n: Int, k: Int) -> Product { product(rows: rows, n: n, k: k, format: format, panel: panel) }
    return PassSplit(
      project: split(rows, n: shape.fusedWidth, k: C), output: split(rows, n: C, k: C),
      // A part takes the same columns of gates and ups: twice the work of one product.
      gate: split(rows, n: F, k: 2 * C), down: split(rows, n: C, k: F),
      head: split(lane.outputs.count, n: shape.vocabulary, k: C), rowParts: self.rows(rows, nanoseconds: 100),
      storeParts: self.rows(lane.segments.count * shape.kvHeads, nanoseconds: 150 * rows / lane.segments.count),
      attentionParts: min(lane.items.count, maximumAttentionParts),
      outputParts: self.rows(lane.outputs.count, nanoseconds: 100))
  }

  /// Parts of work on `count` rows of which each takes some `nanoseconds`.
  private static func rows(_ count: Int, nanoseconds: Int) -> Int {
    let parts = min(maximumParts, count * nanoseconds / 1000, count)
    return parts < 2 ? 1 : parts / 2 * 2
  }

  /// Rows of (token, head) pairs that one part of attention takes.
  static let attentionRows = 96
  /// The most parts of attention.
  private static let maximumAttentionParts = 64
}
