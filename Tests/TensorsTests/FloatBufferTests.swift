import Tensors
import Testing

@Suite struct FloatBufferTests {
  @Test func init_isZeroAndAligned() {
    for count in [0, 1, 1000, 1 << 20] {
      let buffer = FloatBuffer(count: count)
      #expect(UInt(bitPattern: buffer.pointer) % 64 == 0)
      #expect(buffer.count == count && buffer.values.allSatisfy { $0 == 0 })
    }
  }

  @Test func init_copiesValues() {
    let buffer = FloatBuffer([1, 2, 3])
    buffer[1] = 5
    #expect(buffer.array == [1, 5, 3])
    #expect(buffer.at(2).pointee == 3)
    buffer.fill(7)
    #expect(buffer.array == [7, 7, 7])
    #expect(FloatBuffer([]).array == [])
  }
}
