import Randomness
import Storage
import TestSupport
import Testing

/// 16-bit floats, through the files that hold them.
@Suite struct HalfPrecisionTests {  // Sources/Storage/Tensors/HalfPrecision.swift
  let temporary: TemporaryDirectory

  init() throws { temporary = try TemporaryDirectory() }

  /// The values of a tensor of `type` whose elements are `bits`.
  private func read(_ type: String, _ bits: [UInt16]) throws -> [Float] {
    let header = #"{"a":{"dtype":"\#(type)","shape":[\#(bits.count)],"data_offsets":[0,\#(2 * bits.count)]}}"#
    let bytes = bits.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    // One byte of padding, so that the elements are not aligned.
    try temporary.plant("t", SafetensorsTests.assemble(header + " ", bytes))
    let file = try SafetensorsFile("t", in: temporary.root)
    return try [Float](unsafeUninitializedCapacity: bits.count) { buffer, count in
      count = bits.count
      guard let target = buffer.baseAddress else { return }
      try file.copyFloats("a", shape: [bits.count], to: target)
    }
  }

  /// The bfloat16 elements that the writer makes of `values`.
  private func written(_ values: [Float]) throws -> [UInt16] {
    var bytes: [UInt8] = []
    try values.withUnsafeBufferPointer {
      try SafetensorsWriter.write(
        [TensorToWrite(name: "a", shape: [values.count], data: $0, format: .bfloat16)]
      ) { bytes.append(contentsOf: $0) }
    }
    let data = bytes.suffix(2 * values.count)
    return stride(from: data.startIndex, to: data.endIndex, by: 2).map { UInt16(data[$0]) | UInt16(data[$0 + 1]) << 8 }
  }

  @Test func everyFloat16_widensExactly() throws {
    let all = Array(UInt16.min...UInt16.max)
    // One expectation: sixty-five thousand take seconds.
    let wrong = zip(all, try read("F16", all)).filter { bits, value in
      let expected = Float(Float16(bitPattern: bits))
      return value.isNaN ? !expected.isNaN : value.bitPattern != expected.bitPattern
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test func everyBfloat16_widensToTheUpperHalf_andComesBack() throws {
    let all = Array(UInt16.min...UInt16.max)
    let values = try read("BF16", all)
    #expect(values.map(\.bitPattern) == all.map { UInt32($0) << 16 })
    let finite = zip(all, values).filter { $0.1.isFinite }
    #expect(try written(finite.map(\.1)) == finite.map(\.0))
  }

  @Test func bfloat16_isTheNearest_tiesToEven() throws {
    try withEvery("seed", in: UInt64(0)..<20) { seed in
      var random = RandomStream(seed: seed, "tests/bfloat16")
      let values = (0..<500).map { _ in
        Float(sign: random.next() & 1 == 0 ? .plus : .minus, exponent: random.integer(in: -130...120), significand: 1)
          * Float(1 + random.uniform())
      }
      let wrong = zip(values, try written(values)).filter { value, bits in
        func distance(_ bits: UInt16) -> Double {
          abs(Double(Float(bitPattern: UInt32(bits) << 16)) - Double(value))
        }
        return distance(bits) > min(distance(bits &- 1), distance(bits &+ 1))
      }
      #expect(wrong.isEmpty, "seed \(seed): \(wrong.prefix(3))")
    }
    // 1 + 1/256 lies halfway between 1 and 1 + 1/128, 1 + 3/256 between the latter and 1 + 2/128.
    #expect(try written([1 + 0x1p-8, 1 + 0x3p-8, 1 + 0x1.8p-8]) == [0x3F80, 0x3F82, 0x3F81])
  }

  @Test func bfloat16_thatWouldBeInfinite_isRefused() {
    #expect(storageError { _ = try written([Float.greatestFiniteMagnitude]) }?.kind == .cannotCreate)
    #expect(storageError { _ = try written([0x1.FEp127]) } == nil, "control: the largest bfloat16 is written")
  }

  @Test func copyFloats_refusesOtherTypesAndShapes() throws {
    let header = #"{"a":{"dtype":"I16","shape":[1],"data_offsets":[0,2]}}"#
    try temporary.plant("t", SafetensorsTests.assemble(header, [0, 0]))
    let file = try SafetensorsFile("t", in: temporary.root)
    var value: Float = 0
    #expect(storageError { try file.copyFloats("a", shape: [1], to: &value) }?.kind == .badData)
    _ = try read("F16", [0])
    let half = try SafetensorsFile("t", in: temporary.root)
    #expect(storageError { try half.copyFloats("a", shape: [], to: &value) }?.kind == .badData)
    #expect(storageError { try half.copyFloats("b", shape: [1], to: &value) }?.kind == .badData)
  }

  /// Pages that were given back are read again from the file.
  @Test func copyFloats_canBeRepeated() throws {
    let values = (0..<100_000).map { Float($0) }
    var bytes: [UInt8] = []
    try values.withUnsafeBufferPointer {
      try SafetensorsWriter.write([TensorToWrite(name: "a", shape: [values.count], data: $0)]) {
        bytes.append(contentsOf: $0)
      }
    }
    try temporary.plant("t", bytes)
    let file = try SafetensorsFile("t", in: temporary.root)
    for _ in 0..<2 {
      var copy = [Float](repeating: -1, count: values.count)
      try file.copyFloats("a", shape: [values.count], to: &copy)
      #expect(copy == values)
    }
  }
}
