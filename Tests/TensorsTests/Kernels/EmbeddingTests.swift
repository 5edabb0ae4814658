import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct EmbeddingTests {
  static let ids: [Int32] = [2, 0, 2, 3, 2]

  @Test(arguments: Implementation.fast) func embedding_agreesWithReference(_ fast: Implementation) {
    for width in [0, 1, 5, 16, 35] {
      var random = RandomStream(seed: 1, "embedding", width)
      let (table, dy, start) = (random.normals(4 * width), random.normals(5 * width), random.normals(4 * width))
      let outputs = [Implementation.reference as any Kernels, fast.kernels].map { kernels in
        let (y, dTable) = (GuardedFloats(unwritten: 5 * width), GuardedFloats(start))
        kernels.embeddingForward(ids: Self.ids, table: table, y: y.pointer, rows: 5, width: width, vocabulary: 4)
        for columns in [width / 2..<width, 0..<width / 2] {
          kernels.embeddingBackward(
            ids: Self.ids, dy: dy, dTable: dTable.pointer, rows: 5, width: width, columns: columns, vocabulary: 4)
        }
        return (y: y.checked(), dTable: dTable.checked())
      }
      #expect(outputs[0].y == outputs[1].y)
      #expect(outputs[0].y == Self.ids.flatMap { table[Int($0) * width..<(Int($0) + 1) * width] })
      expectClose(outputs[1].dTable, outputs[0].dTable, .single(summedTerms: 4))
      if width > 0 { #expect(!Tolerance.single(summedTerms: 4).accepts(outputs[1].dTable, start)) }
    }
  }

  @Test(arguments: Implementation.fast) func embedding_acceptsNoRows(_ fast: Implementation) {
    let dTable = GuardedFloats([1, 2])
    fast.kernels.embeddingForward(ids: [], table: [1, 2], y: dTable.pointer, rows: 0, width: 2, vocabulary: 1)
    fast.kernels.embeddingBackward(
      ids: [], dy: [], dTable: dTable.pointer, rows: 0, width: 2, columns: 0..<2, vocabulary: 1)
    #expect(dTable.checked() == [1, 2])
  }

  @Test func backward_isTheGradient() {
    var random = RandomStream(seed: 2, "embedding/gradient")
    let (table, dy) = (random.normals(4 * 3), random.normals(5 * 3))
    let dTable = GuardedFloats(.init(repeating: 0, count: 12))
    Implementation.reference.embeddingBackward(
      ids: Self.ids, dy: dy, dTable: dTable.pointer, rows: 5, width: 3, columns: 0..<3, vocabulary: 4)
    expectGradient(
      dTable.checked(), of: { table in dot(Self.ids.flatMap { table[Int($0) * 3..<Int($0) * 3 + 3] }, dy) }, at: table)
  }
}
