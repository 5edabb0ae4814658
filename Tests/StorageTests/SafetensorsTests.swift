import Schemas
import Storage
import Testing

@Suite struct SafetensorsTests {
  let temporary: TemporaryDirectory

  init() throws { temporary = try TemporaryDirectory() }

  private func write(_ tensors: [(String, [Int], [Float])], metadata: [String: String] = [:]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let buffers = tensors.map { tensor -> UnsafeMutableBufferPointer<Float> in
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: tensor.2.count)
      _ = buffer.initialize(from: tensor.2)
      return buffer
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    let views = zip(tensors, buffers).map { TensorToWrite(name: $0.0, shape: $0.1, data: UnsafeBufferPointer($1)) }
    try SafetensorsWriter.write(views, metadata: metadata) { bytes.append(contentsOf: $0) }
    return bytes
  }

  private func open(_ bytes: [UInt8]) throws -> SafetensorsFile {
    try temporary.plant("t.safetensors", bytes)
    return try SafetensorsFile("t.safetensors", in: temporary.root)
  }

  /// The bytes in full: length, header padded to a multiple of 8, little-endian floats.
  @Test func write_givesTheseBytes() throws {
    let bytes = try write([("b", [2], [1, -2]), ("a", [], [0.5])], metadata: ["step": "3", "format": "pt"])
    let header =
      #"{"__metadata__":{"format":"pt","step":"3"},"b":{"data_offsets":[0,8],"dtype":"F32","shape":[2]},"#
      + #""a":{"data_offsets":[8,12],"dtype":"F32","shape":[]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    #expect(
      bytes == [UInt8(padded.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(padded.utf8) + [
        0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F,
      ])
  }

  @Test func file_roundTrips() throws {
    let values = (0..<24).map { Float($0) * 0.37 - 3 }
    let file = try open(
      write([("w", [2, 3, 4], values), ("none", [0, 5], []), ("scalar", [], [7])], metadata: ["a": "é\n"]))
    #expect(file.tensors.map(\.name).sorted() == ["none", "scalar", "w"])
    #expect(file.metadata == ["a": "é\n"])
    #expect(try file.floats("w", shape: [2, 3, 4]) == values)
    #expect(try file.floats("none", shape: [0, 5]) == [])
    #expect(try file.floats("scalar", shape: []) == [7])
    #expect(storageError { _ = try file.floats("w", shape: [24]) }?.kind == .badData)
    #expect(storageError { _ = try file.floats("absent", shape: []) }?.kind == .badData)
    try file.checkFinite()
  }

  @Test func emptyFile_roundTrips() throws { #expect(try open(write([])).tensors.isEmpty) }

  /// A header whose length is no multiple of 4 leaves the floats unaligned: they are copied.
  @Test func floats_ofUnalignedFiles() throws {
    for padding in 0..<8 {
      let header = #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"# + String(repeating: " ", count: padding)
      #expect(try open(Self.assemble(header, [0, 0, 0x80, 0x3F])).floats("a", shape: [1]) == [1])
    }
  }

  @Test func write_refusesBeforeWriting() {
    for tensors in [
      [("a", [1], [Float.nan])], [("a", [1], [.infinity])], [("a", [1], [1]), ("a", [1], [2])],
      [("__metadata__", [1], [1])],
    ] as [[(String, [Int], [Float])]] {
      #expect(storageError { _ = try write(tensors) }?.kind == .cannotCreate)
    }
  }

  @Test func checkFinite_findsTheElement() throws {
    let header = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    let file = try open(Self.assemble(header, [0, 0, 0x80, 0x3F, 0, 0, 0xC0, 0x7F]))
    guard case .malformed(_, nil, let offset, _, "nan at [1]", _) = storageError({ try file.checkFinite() }) else {
      Issue.record("NaN was not found")
      return
    }
    #expect(offset == 8 + header.utf8.count + 4)
  }

  static func assemble(_ header: String, _ data: [UInt8] = [], declared: UInt64? = nil) -> [UInt8] {
    let count = declared ?? UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: count >> UInt64(8 * $0)) } + Array(header.utf8) + data
  }

  private static func one(
    _ dtype: String = "\"F32\"", _ shape: String = "[1]", _ offsets: String = "[0,4]", extra: String = ""
  ) -> String { #"{"a":{"dtype":\#(dtype),"shape":\#(shape),"data_offsets":\#(offsets)\#(extra)}}"# }

  private static func two(_ first: String, _ second: String) -> String {
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":\#(first)},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":\#(second)}}"#
  }

  private static let four = [UInt8](repeating: 0, count: 4)

  static let bad: [(String, [UInt8])] = [
    ("empty", []), ("seven bytes", [1, 0, 0, 0, 0, 0, 0]), ("no header", assemble("")),
    ("header beyond the file", assemble("{}", declared: 3)), ("huge header", assemble("{}", declared: 100_000_001)),
    ("header of 2⁶⁴-1", assemble("{}", declared: .max)), ("header of 2⁶³", assemble("{}", declared: 1 << 63)),
    ("header of 2⁶³-8", assemble("{}", declared: UInt64(Int.max - 7))),
    ("array", assemble("[]")), ("space first", assemble(" {}")), ("byte-order mark", assemble("\u{feff}{}")),
    ("cut JSON", assemble("{\"a\":")), ("bytes after the JSON", assemble("{}x")), ("zero padding", assemble("{}\0\0")),
    ("lone byte of data", assemble("{}", [0])), ("entry is a number", assemble("{\"a\":1}")),
    ("entry is empty", assemble("{\"a\":{}}")),
    ("unknown dtype", assemble(one("\"F33\""), four)), ("dtype in lower case", assemble(one("\"f32\""), four)),
    ("dtype is a number", assemble(one("32"), four)), ("additional key", assemble(one(extra: ",\"x\":1"), four)),
    ("shape is a number", assemble(one("\"F32\"", "1"), four)),
    ("negative size", assemble(one("\"F32\"", "[-1]"), four)),
    ("two negative sizes", assemble(one("\"F32\"", "[-1,-1]"), four)),
    ("fractional size", assemble(one("\"F32\"", "[1.5]"), four)),
    ("size as text", assemble(one("\"F32\"", "[\"1\"]"), four)),
    ("size of 2⁶²", assemble(one("\"F32\"", "[4611686018427387904]"), four)),
    ("sizes whose product wraps to 1", assemble(one("\"F32\"", "[4294967296,4294967296]", "[0,0]"))),
    ("size of 2⁶³", assemble(one("\"F32\"", "[9223372036854775808]"), four)),
    ("shape larger than the data", assemble(one("\"F32\"", "[2]"), four)),
    ("shape smaller than the data", assemble(one("\"F32\"", "[1]", "[0,8]"), four + four)),
    ("one offset", assemble(one("\"F32\"", "[1]", "[0]"), four)),
    ("three offsets", assemble(one("\"F32\"", "[1]", "[0,4,4]"), four)),
    ("descending offsets", assemble(one("\"F32\"", "[1]", "[4,0]"), four)),
    ("negative offset", assemble(one("\"F32\"", "[1]", "[-4,0]"), four)),
    ("offset beyond the file", assemble(one("\"F32\"", "[1]", "[4,8]"), four)),
    ("end beyond the file", assemble(one("\"F32\"", "[2]", "[0,8]"), four)),
    ("offset of 2⁶³-1", assemble(one("\"F32\"", "[1]", "[9223372036854775803,9223372036854775807]"), four)),
    ("hole at the start", assemble(one("\"F32\"", "[1]", "[4,8]"), four + four)),
    ("bytes at the end", assemble(one(), four + four)),
    ("overlap", assemble(two("[0,4]", "[0,4]"), four)),
    ("partial overlap", assemble(two("[0,4]", "[2,6]"), four + [0, 0])),
    ("hole between", assemble(two("[0,4]", "[8,12]"), four + four + four)),
    (
      "repeated name",
      assemble(
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        four + four)
    ),
    ("metadata is a list", assemble("{\"__metadata__\":[]}")),
    ("metadata holds a number", assemble("{\"__metadata__\":{\"a\":1}}")),
    ("nested too deeply", assemble("{\"a\":{\"shape\":[[[1]]]}}")), ("cut data", assemble(one(), [0, 0, 0])),
  ]

  @Test(arguments: bad.indices) func open_refuses(index: Int) throws {
    let (name, bytes) = Self.bad[index]
    try temporary.plant("t.safetensors", bytes)
    let error = storageError { _ = try SafetensorsFile("t.safetensors", in: temporary.root) }
    #expect(error?.kind == .badData, "\(name)")
    #expect(
      error?.description.hasPrefix("\(temporary.path)/t.safetensors: ") == true, "\(name): \(String(describing: error))"
    )
  }

  /// Cut at every length: never accepted, never a crash.
  @Test func open_refusesEveryCut() throws {
    let whole = try write([("a", [2], [1, 2]), ("b", [1], [3])])
    for count in 0..<whole.count {
      #expect(storageError { _ = try open(Array(whole.prefix(count))) }?.kind == .badData, "cut to \(count)")
    }
  }
}
