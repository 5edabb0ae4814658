import Tensors

/// The embedding table as inference looks it up: single precision, or bfloat16 beside matrices that are no more precise.
struct EmbeddingRows: @unchecked Sendable {  // written in `init` alone
  private let width: Int
  private let isRounded: Bool
  private let memory: FloatBuffer

  init(_ weights: Weights, format: ProductFormat) {
    width = weights.shape.width
    isRounded = format != .float32
    let count = weights.shape.vocabulary * width
    let table = weights.buffer.pointer + weights.layout.embedding
    memory = FloatBuffer(count: isRounded ? (count + 1) / 2 : count)
    guard isRounded else {
      memory.pointer.update(from: table, count: count)
      return
    }
    let halves = halves
    for index in 0..<count { halves[index] = UInt16(ProductFormat.bfloat16.rounded(table[index]).bitPattern >> 16) }
  }

  var byteCount: Int { MemoryLayout<Float>.size * memory.count }

  /// Copies row `id`.
  func copy(_ id: Int, to y: UnsafeMutablePointer<Float>) {
    if isRounded {
      let row = halves + id * width
      for index in 0..<width { y[index] = Float(bitPattern: UInt32(row[index]) << 16) }
    } else {
      y.update(from: memory.pointer + id * width, count: width)
    }
  }

  private var halves: UnsafeMutablePointer<UInt16> {
    // SAFETY: the block is aligned for floats, and a rounded table is only accessed as halves.
    UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: UInt16.self)
  }
}
