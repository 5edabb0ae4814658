import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct PagedAttentionTests {  // Sources/Tensors/Kernels/PagedAttention.swift
  struct Shape: CustomStringConvertible {
    var keys, queries, group, width: Int
    var description: String { "keys \(keys) queries \(queries) group \(group) width \(width)" }
  }

  static let shapes = [
    Shape(keys: 1, queries: 1, group: 1, width: 1), Shape(keys: 33, queries: 1, group: 4, width: 6),
    Shape(keys: 32, queries: 32, group: 1, width: 16), Shape(keys: 45, queries: 45, group: 2, width: 20),
    Shape(keys: 100, queries: 7, group: 3, width: 33), Shape(keys: 300, queries: 30, group: 1, width: 64),
    Shape(keys: 555, queries: 1, group: 13, width: 32), Shape(keys: 520, queries: 270, group: 1, width: 8),
  ]

  /// Stores the keys in pages that lie in falling order, memory being NaN at first, and attends to `rows`.
  func attend(
    _ kernels: any Kernels, _ format: ProductFormat, _ q: [Float], _ kv: [Float], _ shape: Shape, rows: [Range<Int>]
  ) -> [Float] {
    let (q, kv) = (GuardedFloats(q), GuardedFloats(kv))
    let stride = 3 + kernels.pageWords(headWidth: shape.width, format: format)
    let pageCount = (shape.keys + PagedHead.tokensPerPage - 1) / PagedHead.tokensPerPage
    let memory = GuardedFloats(unwritten: pageCount * stride)
    let out = GuardedFloats(unwritten: shape.queries * shape.group * shape.width)
    memory.pointer.withMemoryRebound(to: UInt32.self, capacity: memory.count) { words in
      let numbers = Array((0..<Int32(pageCount)).reversed())
      numbers.withUnsafeBufferPointer { numbers in
        guard let pages = numbers.baseAddress else { return }
        let head = PagedHead(memory: words, pages: pages, stride: stride, headWidth: shape.width, format: format)
        var first = 0
        while first < shape.keys {  // in pieces of odd lengths
          let count = min(shape.keys - first, 1 + first % 41)
          kernels.storeKeysAndValues(
            k: kv.pointer + first * 2 * shape.width, v: kv.pointer + first * 2 * shape.width + shape.width,
            stride: 2 * shape.width, in: head, first: first, count: count)
          first += count
        }
        for range in rows {
          kernels.attentionPaged(
            q: q.pointer, qStride: shape.group * shape.width, head: head, out: out.pointer,
            outStride: shape.group * shape.width, keys: shape.keys, queries: shape.queries, group: shape.group,
            rows: range)
        }
      }
    }
    #expect(memory.isIntact, "a guard word was overwritten")
    return out.checked()
  }

  func operands(_ shape: Shape, seed: UInt64) -> (q: [Float], kv: [Float]) {
    var random = RandomStream(seed: seed, "paged", shape)
    return (random.normals(shape.queries * shape.group * shape.width), random.normals(shape.keys * 2 * shape.width))
  }

  @Test(arguments: Implementation.builtIn, [ProductFormat.float32, .bfloat16])
  func attention_agreesWithReference(_ fast: Implementation, _ format: ProductFormat) {
    for (seed, shape) in Self.shapes.enumerated() {
      let (q, kv) = operands(shape, seed: UInt64(seed))
      let all = [0..<shape.queries * shape.group]
      let expected = attend(Implementation.reference, format, q, kv, shape, rows: all)
      // Probabilities are rounded beside the maximum so far, which is not the last one where there are many keys.
      let tolerance =
        format == .float32
        ? Tolerance.single(summedTerms: shape.keys + shape.width) : Tolerance(absolute: 4e-3, relative: 4e-3)
      expectClose(
        attend(fast.kernels, format, q, kv, shape, rows: all), expected, tolerance,
        in: "\(fast.name), \(format), \(shape), seed \(seed)")
    }
  }

  @Test func reference_isAttentionOverRows() {
    for shape in Self.shapes where shape.width % 2 == 0 {
      let (q, kv) = operands(shape, seed: 1)
      let out = GuardedFloats(unwritten: q.count)
      let (logSumExp, rows) = (GuardedFloats(unwritten: shape.queries * shape.group), GuardedFloats(kv))
      Implementation.reference.attentionForward(
        q: q, qStride: shape.group * shape.width, k: rows.pointer, v: rows.pointer + shape.width,
        kvStride: 2 * shape.width, out: out.pointer, outStride: shape.group * shape.width,
        logSumExp: logSumExp.pointer, logStride: shape.group, queries: shape.queries, keys: shape.keys,
        group: shape.group, headWidth: shape.width, format: .float32)
      expectClose(
        attend(Implementation.reference, .float32, q, kv, shape, rows: [0..<shape.queries * shape.group]),
        out.checked(), .single(summedTerms: shape.keys), in: "\(shape)")
    }
  }

  @Test(arguments: Implementation.builtIn, [ProductFormat.float32, .bfloat16])
  func attention_bitsDoNotDependOnTheRowsBeside(_ fast: Implementation, _ format: ProductFormat) {
    for shape in Self.shapes {
      let (q, kv) = operands(shape, seed: 2)
      let count = shape.queries * shape.group
      let whole = attend(fast.kernels, format, q, kv, shape, rows: [0..<count])
      let single = attend(fast.kernels, format, q, kv, shape, rows: (0..<count).map { $0..<$0 + 1 })
      let pieces = attend(
        fast.kernels, format, q, kv, shape,
        rows: stride(from: 0, to: count, by: 5).map { $0..<min($0 + 5, count) })
      #expect(single == whole, "\(shape)")
      #expect(pieces == whole, "\(shape)")
      // As the last token of a shorter sequence a row is the same.
      guard shape.queries > 1 else { continue }
      let row = shape.group * shape.width
      let shorter = Shape(keys: shape.keys - 1, queries: shape.queries - 1, group: shape.group, width: shape.width)
      let before = attend(
        fast.kernels, format, Array(q.dropLast(row)), Array(kv.dropLast(2 * shape.width)), shorter,
        rows: [0..<count - shape.group])
      #expect(before == Array(whole.dropLast(row)), "\(shape)")
    }
  }

  @Test func tolerance_rejectsAForgottenKey() {
    let shape = Self.shapes[4]
    let (q, kv) = operands(shape, seed: 3)
    let rows = [0..<shape.queries * shape.group]
    let expected = attend(Implementation.reference, .bfloat16, q, kv, shape, rows: rows)
    var changed = kv
    for d in 0..<shape.width { changed[40 * 2 * shape.width + d] = 0 }
    let actual = attend(Implementation.reference, .bfloat16, q, changed, shape, rows: rows)
    #expect(!Tolerance(absolute: 4e-3, relative: 4e-3).accepts(actual, expected))
  }
}
