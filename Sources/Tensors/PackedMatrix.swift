/// A matrix (k, n) in the layout that products stream, in memory that is kept when another matrix is packed over it.
///
/// Sendable because it is memory: `KernelTeam` writes it in disjoint panels, and nobody reads while it is written.
public final class PackedMatrix: @unchecked Sendable {
  /// Columns of the matrix that was packed last.
  public private(set) var n = 0
  /// Its rows: the terms of every sum.
  public private(set) var k = 0
  public private(set) var format = ProductFormat.float32
  private var memory = FloatBuffer(count: 0)

  public init() {}

  var words: UnsafeMutablePointer<UInt32> {
    // SAFETY: floats and words have one size and alignment, and the memory is only read as words.
    UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: UInt32.self)
  }

  /// Makes room for a matrix; its contents are undefined until all its panels are packed.
  func prepare(n: Int, k: Int, format: ProductFormat, words: Int) {
    if memory.count < words { memory = FloatBuffer(count: words) }
    self.n = n
    self.k = k
    self.format = format
  }
}
