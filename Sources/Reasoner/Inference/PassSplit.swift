import Tensors

/// How the phases of a pass are split into parts: by shapes alone.
///
/// A part costs about 0.1 µs to hand out, and half a part at the end of a phase is waited for.
enum PassSplit {
  /// Parts of a product: rows by columns.
  struct Product {
    let rows: Int
    let columns: Int
    var parts: Int { rows * columns }
  }

  /// Microseconds of work below which another part does not pay.
  private static let microsecondsOfPart = 3.0
  private static let maximumParts = 16
  /// Columns below which a part does not pay for rounding its rows again.
  private static let columnsOfPart = 192

  /// - Parameters:
  ///   - n, k: Columns, and terms of every sum.
  ///   - panel: Columns that stay together.
  static func product(rows: Int, n: Int, k: Int, format: ProductFormat, panel: Int) -> Product {
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

  /// Parts of work on `count` rows of which each takes some `nanoseconds`.
  static func rows(_ count: Int, nanoseconds: Int) -> Int {
    let parts = min(maximumParts, count * nanoseconds / 1000, count)
    return parts < 2 ? 1 : parts / 2 * 2
  }

  /// Rows of (token, head) pairs that one part of attention takes.
  static let attentionRows = 96
  /// The most parts of attention.
  static let maximumAttentionParts = 64
}
