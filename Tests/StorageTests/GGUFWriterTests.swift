import Randomness
import Storage
import TestSupport
import Testing

@Suite struct GGUFWriterTests {  // Sources/Storage/Tensors/GGUFWriter.swift
  private func bytes(
    _ metadata: [(key: String, value: GGUFValue)], _ tensors: [(String, [Int], GGUFTensorType, [Float])],
    rowOrder: [Int]? = nil
  ) throws -> [UInt8] {
    let buffers = tensors.map { tensor -> UnsafeMutableBufferPointer<Float> in
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: tensor.3.count)
      _ = buffer.initialize(from: tensor.3)
      return buffer
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    var bytes: [UInt8] = []
    try GGUFWriter.write(
      metadata: metadata,
      tensors: zip(tensors, buffers).map {
        GGUFTensor(
          name: $0.0, shape: $0.1, type: $0.2, data: UnsafeBufferPointer($1), rowOrder: rowOrder)
      }
    ) { bytes.append(contentsOf: $0) }
    return bytes
  }

  private func eight(_ count: Int) -> [UInt8] { [UInt8(count), 0, 0, 0, 0, 0, 0, 0] }
  private func text(_ text: String) -> [UInt8] { eight(text.utf8.count) + Array(text.utf8) }

  /// The bytes in full, as ggml/docs/gguf.md lists them.
  @Test func write_givesTheseBytes() throws {
    let bytes = try bytes(
      [
        ("general.architecture", .string("llama")), ("n", .uint32(0x0102_0304)), ("f", .float32(1)), ("b", .bool(true)),
        ("t", .strings(["x", "é"])), ("s", .float32s([0.5])), ("i", .int32s([-1])),
      ],
      [("w", [2, 3], .float32, [1, 2, 3, 4, 5, 6]), ("v", [1], .bfloat16, [-2])])
    var expected: [UInt8] = Array("GGUF".utf8) + [3, 0, 0, 0] + eight(2) + eight(7)
    expected += text("general.architecture") + [8, 0, 0, 0] + text("llama")
    expected += text("n") + [4, 0, 0, 0] + [4, 3, 2, 1]
    expected += text("f") + [6, 0, 0, 0] + [0, 0, 0x80, 0x3F]
    expected += text("b") + [7, 0, 0, 0] + [1]
    expected += text("t") + [9, 0, 0, 0] + [8, 0, 0, 0] + eight(2) + text("x") + text("é")
    expected += text("s") + [9, 0, 0, 0] + [6, 0, 0, 0] + eight(1) + [0, 0, 0, 0x3F]
    expected += text("i") + [9, 0, 0, 0] + [5, 0, 0, 0] + eight(1) + [0xFF, 0xFF, 0xFF, 0xFF]
    expected += text("w") + [2, 0, 0, 0] + eight(3) + eight(2) + [0, 0, 0, 0] + eight(0)
    expected += text("v") + [1, 0, 0, 0] + eight(1) + [30, 0, 0, 0] + eight(32)
    expected += [UInt8](repeating: 0, count: (32 - expected.count % 32) % 32)
    for value in 1...6 { expected += withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { Array($0) } }
    expected += [UInt8](repeating: 0, count: 8) + [0, 0xC0] + [UInt8](repeating: 0, count: 30)
    #expect(bytes == expected)
  }

  /// Two blocks that gguf-py's `quants.quantize` gave (version 0.19.0).
  @Test func int8Blocks_areThoseOfGGML() throws {
    let values = (0..<64).map { index -> Float in
      let saw: Float = Float(index * index % 37) * 0.25
      return saw - Float(index) * 0.11
    }
    let data = Array(try bytes([], [("w", [2, 32], .int8Blocks, values)]).suffix(96).prefix(68))
    #expect(data == Self.blocksOfGGML)
  }

  @Test func int8Blocks_areWithinHalfAStepOfTheirValues() throws {
    try withEvery("seed", in: UInt64(0)..<20) { seed in
      var random = RandomStream(seed: seed, "tests/q8")
      let size = Float(sign: .plus, exponent: random.integer(in: -12...9), significand: 1)
      let values = random.normals(32 * 50).map { $0 * size }
      let data = try bytes([], [("w", [50, 32], .int8Blocks, values)]).suffix(padded(50 * 34))
      var wrong: [Int] = []
      for block in 0..<50 {
        let start = data.startIndex + 34 * block
        let scale = Float(Float16(bitPattern: UInt16(data[start]) | UInt16(data[start + 1]) << 8))
        let largest = values[32 * block..<32 * block + 32].map(\.magnitude).max() ?? 0
        for index in 0..<32 {
          let stored = Float(Int8(bitPattern: data[start + 2 + index])) * scale
          // Half a step, and what rounding the scale moves 127 steps by.
          let bound = 0.5 * largest / 127 + largest * 0x1p-11 + 0x1p-18
          if abs(stored - values[32 * block + index]) > bound { wrong.append(32 * block + index) }
        }
      }
      #expect(wrong.isEmpty, "seed \(seed): \(wrong.prefix(3))")
    }
  }

  @Test func int8Blocks_ofZerosAndOfTheSmallest() throws {
    let zeros = try bytes([], [("w", [32], .int8Blocks, [Float](repeating: 0, count: 32))])
    #expect(zeros.suffix(64) == ArraySlice([UInt8](repeating: 0, count: 64)))
    let tiny = try bytes([], [("w", [32], .int8Blocks, [Float](repeating: .leastNonzeroMagnitude, count: 32))])
    #expect(tiny.suffix(64) == ArraySlice([UInt8](repeating: 0, count: 64)))
  }

  @Test func rowOrder_permutesRows() throws {
    let values: [Float] = [1, 2, 3, 4, 5, 6]
    let permuted = try bytes([], [("w", [3, 2], .float32, values)], rowOrder: [2, 0, 1])
    #expect(permuted == (try bytes([], [("w", [3, 2], .float32, [5, 6, 1, 2, 3, 4])])))
    #expect(permuted != (try bytes([], [("w", [3, 2], .float32, values)])), "control")
  }

  /// Blocks of rows are encoded one after the other whatever the part that is handed on at once.
  @Test(arguments: GGUFTensorType.allCases) func largeTensors_areTheirRows(type: GGUFTensorType) throws {
    var random = RandomStream(seed: 1, "tests/gguf")
    let rows = 3, width = 32 * 1_100
    let values = random.normals(rows * width)
    func data(_ values: [Float]) throws -> [UInt8] {
      let whole = try bytes([], [("w", [values.count], type, values)])
      let size = values.count / type.blockCount * (type == .float32 ? 4 : type == .bfloat16 ? 2 : 34)
      return Array(whole.suffix(padded(size)).prefix(size))
    }
    let parts = try (0..<rows).flatMap { try data(Array(values[$0 * width..<($0 + 1) * width])) }
    #expect(try data(values) == parts)
  }

  @Test func write_refusesBeforeWriting() {
    let long = String(repeating: "n", count: 64)
    for (metadata, tensors) in [
      ([("a", .bool(true)), ("a", .bool(true))], []),
      ([], [("w", [1], .float32, [1]), ("w", [1], .float32, [1])]),
      ([], [(long, [1], .float32, [1])]), ([], [("w", [1], .float32, [.nan])]),
      ([], [("w", [1], .bfloat16, [Float.greatestFiniteMagnitude])]),
      ([], [("w", [32], .int8Blocks, [Float](repeating: 1e9, count: 32))]),
    ] as [([(key: String, value: GGUFValue)], [(String, [Int], GGUFTensorType, [Float])])] {
      #expect(storageError { _ = try bytes(metadata, tensors) }?.kind == .cannotCreate)
    }
  }

  private func padded(_ count: Int) -> Int { (count + 31) / 32 * 32 }

  private static let blocksOfGGML: [UInt8] = [
    52, 44, 0, 2, 12, 29, 54, 87, 127, 34, 89, 12, 82, 20, 106, 58, 18, 242, 103, 86, 76, 75, 81, 94, 231, 3, 40, 84,
    251, 54, 236, 54, 251, 85, 201, 41, 60, 8, 223, 193, 174, 166, 169, 183, 208, 245, 36, 94, 215, 40, 183, 29, 194,
    63, 250, 193, 146, 59, 35, 21, 19, 27, 47, 129, 171, 224, 32, 158,
  ]
}
