import Glibc
import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct AttentionTests {
  /// Rows fused as (queries, keys, values), as a transformer layer computes them.
  struct Shape: CustomStringConvertible {
    var queries, keys, heads, kvHeads, width: Int
    var stride: Int { (heads + 2 * kvHeads) * width }
    var keysAt: Int { heads * width }
    var valuesAt: Int { (heads + kvHeads) * width }
    var description: String { "queries \(queries) keys \(keys) heads \(heads)/\(kvHeads) width \(width)" }
  }

  struct Result { var out, logSumExp: [Float] }

  static let shapes = [
    Shape(queries: 0, keys: 0, heads: 2, kvHeads: 1, width: 4),
    Shape(queries: 0, keys: 3, heads: 2, kvHeads: 1, width: 4),
    Shape(queries: 1, keys: 1, heads: 1, kvHeads: 1, width: 1),
    Shape(queries: 7, keys: 7, heads: 2, kvHeads: 2, width: 6),
    Shape(queries: 8, keys: 8, heads: 4, kvHeads: 2, width: 16),
    Shape(queries: 17, keys: 17, heads: 4, kvHeads: 1, width: 32),
    Shape(queries: 50, keys: 50, heads: 2, kvHeads: 1, width: 32),
    Shape(queries: 160, keys: 160, heads: 1, kvHeads: 1, width: 64),
    Shape(queries: 1, keys: 33, heads: 4, kvHeads: 2, width: 16),
    Shape(queries: 5, keys: 21, heads: 2, kvHeads: 2, width: 20),
  ]

  /// `fused` has `keys` rows; the queries are those of the last `queries` rows.
  func forward(
    _ kernels: any Kernels, _ fused: [Float], _ shape: Shape, format: ProductFormat = .float32
  ) -> Result {
    let rows = GuardedFloats(fused)
    let out = GuardedFloats(unwritten: shape.queries * shape.heads * shape.width)
    let logSumExp = GuardedFloats(unwritten: shape.queries * shape.heads)
    let group = shape.heads / shape.kvHeads
    for head in 0..<shape.kvHeads {
      let query = head * group * shape.width
      kernels.attentionForward(
        q: rows.pointer + (shape.keys - shape.queries) * shape.stride + query, qStride: shape.stride,
        k: rows.pointer + shape.keysAt + head * shape.width, v: rows.pointer + shape.valuesAt + head * shape.width,
        kvStride: shape.stride, out: out.pointer + query, outStride: shape.heads * shape.width,
        logSumExp: logSumExp.pointer + head * group, logStride: shape.heads, queries: shape.queries, keys: shape.keys,
        group: group, headWidth: shape.width, format: format)
    }
    return Result(out: out.checked(), logSumExp: logSumExp.checked())
  }

  /// The gradient of the fused rows; `start` is what dk and dv are added to.
  func backward(
    _ kernels: any Kernels, _ fused: [Float], _ shape: Shape, dOut: [Float], result: Result, start: [Float],
    format: ProductFormat = .float32, stored: ProductFormat = .float32
  ) -> [Float] {
    let gradient = GuardedFloats(start)
    let group = shape.heads / shape.kvHeads
    let (dOut, logSumExp) = (GuardedFloats(dOut), GuardedFloats(result.logSumExp))
    let (floats, outs) = (GuardedFloats(fused), GuardedFloats(result.out))
    let (halves, halfOuts) = (
      StoredRows(fused, width: shape.stride), StoredRows(result.out, width: shape.heads * shape.width)
    )
    let rows = stored == .bfloat16 ? halves.view : RowsView(floats.pointer, stride: shape.stride)
    let out = stored == .bfloat16 ? halfOuts.view : RowsView(outs.pointer, stride: shape.heads * shape.width)
    for head in 0..<shape.kvHeads {
      let query = head * group * shape.width
      let (key, value) = (shape.keysAt + head * shape.width, shape.valuesAt + head * shape.width)
      kernels.attentionBackward(
        dOut: dOut.pointer + query, outStride: shape.heads * shape.width, q: rows.from(0, column: query),
        k: rows.from(0, column: key), v: rows.from(0, column: value), out: out.from(0, column: query),
        logSumExp: logSumExp.pointer + head * group, logStride: shape.heads, dq: gradient.pointer + query,
        qStride: shape.stride, dk: gradient.pointer + key, dv: gradient.pointer + value, kvStride: shape.stride,
        rows: shape.keys, group: group, headWidth: shape.width, format: format)
    }
    return gradient.checked()
  }

  @Test(arguments: Implementation.builtIn) func backward_readsStoredRows(_ fast: Implementation) {
    for (seed, shape) in Self.shapes.enumerated() where shape.queries == shape.keys && shape.width % 2 == 0 {
      var random = RandomStream(seed: UInt64(seed), "attention/stored", shape)
      let fused = random.normals(shape.keys * shape.stride).map(ProductFormat.bfloat16.rounded)
      let dOut = random.normals(shape.keys * shape.heads * shape.width)
      var result = forward(fast.kernels, fused, shape, format: .bfloat16)
      result.out = result.out.map(ProductFormat.bfloat16.rounded)
      let start = [Float](repeating: 0, count: fused.count)
      let expected = backward(fast.kernels, fused, shape, dOut: dOut, result: result, start: start, format: .bfloat16)
      let actual = backward(
        fast.kernels, fused, shape, dOut: dOut, result: result, start: start, format: .bfloat16, stored: .bfloat16)
      // The same numbers; sums along `out` may be taken in another order.
      expectClose(actual, expected, Tolerance(absolute: 1e-3, relative: 1e-2), in: "\(fast.name), \(shape)")
    }
  }

  @Test(arguments: Implementation.fast) func attention_agreesWithReference(_ fast: Implementation) {
    for (seed, shape) in Self.shapes.enumerated() {
      let situation = "\(fast.name), \(shape), seed \(seed)"
      var random = RandomStream(seed: UInt64(seed), "attention", shape)
      let fused = random.normals(shape.keys * shape.stride)
      let expected = forward(Implementation.reference, fused, shape)
      let actual = forward(fast.kernels, fused, shape)
      let tolerance = Tolerance.single(summedTerms: shape.keys + shape.width)
      expectClose(actual.out, expected.out, tolerance, in: situation)
      expectClose(actual.logSumExp, expected.logSumExp, tolerance, in: situation)
      guard shape.queries == shape.keys else { continue }
      let (dOut, start) = (random.normals(expected.out.count), random.normals(fused.count))
      expectClose(
        backward(fast.kernels, fused, shape, dOut: dOut, result: expected, start: start),
        backward(Implementation.reference, fused, shape, dOut: dOut, result: expected, start: start), tolerance,
        in: situation)
    }
  }

  @Test(arguments: Implementation.fast) func bfloat16_agreesWithinItsRounding(_ fast: Implementation) {
    for (seed, shape) in Self.shapes.enumerated() {
      var random = RandomStream(seed: UInt64(seed), "attention/bfloat16", shape)
      let fused = random.normals(shape.keys * shape.stride)
      let expected = forward(Implementation.reference, fused, shape)
      // Operands round by 2⁻⁹; scores of width D, weighted by softmax, move by a few of those.
      let tolerance = Tolerance(absolute: 0.06, relative: 0.03)
      let actual = forward(fast.kernels, fused, shape, format: .bfloat16)
      expectClose(actual.out, expected.out, tolerance, in: "\(fast.name), \(shape), seed \(seed)")
      guard shape.queries == shape.keys else { continue }
      let (dOut, start) = (random.normals(expected.out.count), [Float](repeating: 0, count: fused.count))
      expectClose(
        backward(fast.kernels, fused, shape, dOut: dOut, result: actual, start: start, format: .bfloat16),
        backward(Implementation.reference, fused, shape, dOut: dOut, result: expected, start: start),
        Tolerance(absolute: 0.2, relative: 0.05), in: "\(fast.name), \(shape), seed \(seed), backward")
    }
  }

  @Test(arguments: Implementation.fast) func forward_isCausalToTheBit(_ fast: Implementation) {
    let shape = Shape(queries: 21, keys: 21, heads: 2, kvHeads: 1, width: 16)
    var random = RandomStream(seed: 2, "attention/causal")
    let fused = random.normals(shape.keys * shape.stride)
    let before = forward(fast.kernels, fused, shape).out
    let rowWidth = shape.heads * shape.width
    for token in 0..<shape.keys {
      for poison in [Float(3), -1e18, 1e18] {
        var changed = fused
        for i in token * shape.stride..<(token + 1) * shape.stride { changed[i] = poison }
        let after = forward(fast.kernels, changed, shape).out
        #expect(after[..<(token * rowWidth)] == before[..<(token * rowWidth)], "token \(token) := \(poison)")
        #expect(after[(token * rowWidth)...] != before[(token * rowWidth)...])
      }
    }
  }

  @Test(arguments: Implementation.fast) func forward_lastQueriesEqualThoseOfAllQueries(_ fast: Implementation) {
    var shape = Shape(queries: 39, keys: 39, heads: 4, kvHeads: 2, width: 24)
    var random = RandomStream(seed: 3, "attention/decode")
    let fused = random.normals(shape.keys * shape.stride)
    let all = forward(fast.kernels, fused, shape)
    for keys in [1, 2, 9, 16, 17, 39] {
      for queries in [1, 5] where queries <= keys {
        shape.keys = keys
        shape.queries = queries
        let some = forward(fast.kernels, Array(fused[..<(keys * shape.stride)]), shape)
        let width = shape.heads * shape.width
        #expect(some.out == Array(all.out[(keys - queries) * width..<keys * width]))
      }
    }
  }

  @Test(arguments: [Implementation(name: "reference", kernels: Implementation.reference)] + Implementation.fast)
  func forward_ofEqualValuesIsThatValue(_ each: Implementation) {
    // Probabilities sum to one, so a mean of ones is one, however large the scores.
    let shape = Shape(queries: 33, keys: 33, heads: 2, kvHeads: 2, width: 8)
    var random = RandomStream(seed: 4, "attention/ones")
    var fused = random.normals(shape.keys * shape.stride).map { $0 * 20 }
    for row in 0..<shape.keys { for i in shape.valuesAt..<shape.stride { fused[row * shape.stride + i] = 1 } }
    let out = forward(each.kernels, fused, shape).out
    expectClose(out, [Float](repeating: 1, count: out.count), .single(summedTerms: 33))
  }

  /// The formula over fused rows in `Double`, weighted by `dOut`.
  func loss(_ fused: [Double], _ shape: Shape, _ dOut: [Float]) -> Double {
    var total = 0.0
    for i in 0..<shape.keys {
      for head in 0..<shape.heads {
        let shared = head / (shape.heads / shape.kvHeads) * shape.width
        let query = i * shape.stride + head * shape.width
        let exponentials = (0...i).map { j in
          let key = j * shape.stride + shape.keysAt + shared
          let score = (0..<shape.width).reduce(0.0) { $0 + fused[query + $1] * fused[key + $1] }
          return exp(score / Double(shape.width).squareRoot())
        }
        let sum = exponentials.reduce(0, +)
        for (j, e) in exponentials.enumerated() {
          for d in 0..<shape.width {
            total +=
              e / sum * fused[j * shape.stride + shape.valuesAt + shared + d]
              * Double(dOut[(i * shape.heads + head) * shape.width + d])
          }
        }
      }
    }
    return total
  }

  @Test func backward_isTheGradient() {
    let shape = Shape(queries: 5, keys: 5, heads: 4, kvHeads: 2, width: 3)
    var random = RandomStream(seed: 5, "attention/gradient")
    let fused = random.normals(shape.keys * shape.stride)
    let dOut = random.normals(shape.keys * shape.heads * shape.width)
    let result = forward(Implementation.reference, fused, shape)
    let zeros = [Float](repeating: 0, count: fused.count)
    let gradient = backward(Implementation.reference, fused, shape, dOut: dOut, result: result, start: zeros)
    expectGradient(gradient, of: { loss($0, shape, dOut) }, at: fused)
  }

  @Test func tolerance_rejectsAMissingMask() {
    let shape = Shape(queries: 6, keys: 6, heads: 1, kvHeads: 1, width: 4)
    var random = RandomStream(seed: 6, "attention/control")
    let fused = random.normals(shape.keys * shape.stride)
    var seesTooMuch = shape
    seesTooMuch.queries = 1
    // The first query, given all six keys.
    var moved = fused
    for i in 0..<shape.width { moved[5 * shape.stride + i] = fused[i] }
    let masked = Array(forward(Implementation.reference, fused, shape).out[..<4])
    let unmasked = forward(Implementation.reference, moved, seesTooMuch).out
    #expect(!Tolerance.single(summedTerms: 10).accepts(unmasked, masked))
  }
}
