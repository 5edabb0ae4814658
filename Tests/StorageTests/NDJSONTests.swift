import Foundation
import Schemas
import Storage
import Testing

@Suite struct NDJSONTests {
  let temporary: TemporaryDirectory
  var root: StorageRoot { temporary.root }

  init() throws { temporary = try TemporaryDirectory() }

  private func write(_ count: Int) throws {
    let writer = try NDJSONWriter(appendingTo: "log.ndjson", in: root)
    for id in 0..<count { try writer.append(SampleRecord(id: id)) }
    try writer.synchronise()
  }

  private func read(_ mode: NDJSONReader.Mode) throws -> [SampleRecord] {
    var reader = try NDJSONReader("log.ndjson", in: root, mode: mode)
    return try reader.records(SampleRecord.self)
  }

  @Test func append_isReadBackInOrder() throws {
    try write(3)
    let writer = try NDJSONWriter(appendingTo: "log.ndjson", in: root)
    #expect(writer.offset == (try temporary.bytes("log.ndjson").count))
    try writer.append(SampleRecord(id: 3))
    #expect(writer.offset == (try root.byteCount(of: "log.ndjson")))
    #expect(try read(.strict) == (0..<4).map { SampleRecord(id: $0) })
  }

  /// A trainer stores the offset, writes on, is killed, and resumes from the offset: the file is as if never
  /// interrupted.
  @Test func offset_allowsResume() throws {
    try write(5)
    let whole = try temporary.bytes("log.ndjson")
    let writer = try NDJSONWriter(appendingTo: "log.ndjson", in: root)
    let checkpoint = writer.offset
    try writer.append(SampleRecord(id: 99))
    try root.truncate("log.ndjson", to: checkpoint)
    #expect(try temporary.bytes("log.ndjson") == whole)
    try writer.append(SampleRecord(id: 5))
    #expect(try read(.strict).map(\.id) == [0, 1, 2, 3, 4, 5])
  }

  @Test func emptyFile_hasNoRecords() throws {
    try write(0)
    #expect(try read(.strict).isEmpty)
    #expect(try root.byteCount(of: "log.ndjson") == 0)
  }

  /// Cut at every length: tolerant reading gives the whole lines, strict reading refuses all but cuts between lines,
  /// and appending refuses until the fragment is moved away.
  @Test func tornTail_isSeenAtEveryLength() throws {
    try write(3)
    let whole = try temporary.bytes("log.ndjson")
    let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    for length in 1..<whole.count {
      try temporary.plant("log.ndjson", Array(whole.prefix(length)))
      let complete = ends.filter { $0 <= length }.count
      #expect(try read(.tolerantOfTornTail).count == complete)
      if ends.contains(length) {
        #expect(try read(.strict).count == complete)
      } else {
        #expect(storageError { _ = try read(.strict) }?.kind == .badData)
        #expect(storageError { _ = try NDJSONWriter(appendingTo: "log.ndjson", in: root) }?.kind == .badData)
        let kept = ends.last { $0 <= length } ?? 0
        var reader = try NDJSONReader("log.ndjson", in: root, mode: .tolerantOfTornTail)
        _ = try reader.records(SampleRecord.self)
        #expect(reader.tornTailByteCount == length - kept)
        // Moving the fragment away waits for the device several times: a few lengths suffice.
        guard length % 37 == 0 else { continue }
        #expect(try root.quarantineTornTail(of: "log.ndjson") == length - kept)
        #expect(try temporary.bytes("log.ndjson.torn-\(kept)") == Array(whole[kept..<length]))
        try FileManager.default.removeItem(atPath: temporary.path + "/log.ndjson.torn-\(kept)")
        try NDJSONWriter(appendingTo: "log.ndjson", in: root).append(SampleRecord(id: 7))
        #expect(try read(.strict).last?.id == 7)
      }
    }
    try temporary.plant("log.ndjson", whole)
    #expect(try root.quarantineTornTail(of: "log.ndjson") == 0)
  }

  @Test func tornTails_atOneOffsetAreAllKept() throws {
    try write(1)
    let whole = try temporary.bytes("log.ndjson")
    for (name, text) in [("", "first"), ("-1", "second"), ("-2", "third")] {
      try temporary.plant("log.ndjson", whole + Array(text.utf8))
      #expect(try root.quarantineTornTail(of: "log.ndjson") == text.utf8.count)
      #expect(try temporary.bytes("log.ndjson") == whole)
      #expect(try temporary.bytes("log.ndjson.torn-\(whole.count)\(name)") == Array(text.utf8))
    }
  }

  /// No writer leaves more than a line: what is longer is somebody else's, and is neither copied nor cut.
  @Test func tailLongerThanAnyLine_isRefused() throws {
    try write(1)
    let whole = try temporary.bytes("log.ndjson")
    for count in [Limits.lineByteCount, 3 * Limits.lineByteCount] {
      let bytes = whole + [UInt8](repeating: 0, count: count)
      try temporary.plant("log.ndjson", bytes)
      #expect(storageError { _ = try root.quarantineTornTail(of: "log.ndjson") }?.kind == .badData)
      #expect(try temporary.bytes("log.ndjson") == bytes)
    }
    // The control: a byte less than a line is a torn one.
    try temporary.plant("log.ndjson", whole + [UInt8](repeating: 0, count: Limits.lineByteCount - 1))
    #expect(try root.quarantineTornTail(of: "log.ndjson") == Limits.lineByteCount - 1)
  }

  /// Control: a writer that does not look at the last byte glues its record to the fragment and destroys both.
  @Test func control_naiveWriterDestroysRecords() throws {
    try write(2)
    let whole = try temporary.bytes("log.ndjson")
    try temporary.plant("log.ndjson", Array(whole.dropLast(5)))
    let naive = FileHandle(forWritingAtPath: temporary.path + "/log.ndjson")
    try naive?.seekToEnd()
    try naive?.write(contentsOf: RecordEncoder().bytes(of: SampleRecord(id: 9)) + [0x0A])
    try naive?.close()
    #expect(storageError { _ = try read(.tolerantOfTornTail) }?.kind == .badData)
  }

  @Test(arguments: ["\n", "{}\n", "x\n", "\0\0\n", "1\n"]) func badLine_isRefusedInBothModes(text: String) throws {
    try write(2)
    let whole = try temporary.bytes("log.ndjson")
    try temporary.plant("log.ndjson", whole + Array(text.utf8) + whole)
    for mode in [NDJSONReader.Mode.strict, .tolerantOfTornTail] {
      let error = storageError { _ = try read(mode) }
      #expect(error?.description.hasPrefix("\(temporary.path)/log.ndjson:3: ") == true, "\(String(describing: error))")
    }
  }

  @Test func errors_nameLineAndByte() throws {
    try temporary.plant("log.ndjson", "[1]\n[1,]\n")
    var reader = try NDJSONReader("log.ndjson", in: root, mode: .strict)
    #expect(try reader.nextValue() == .array([.int(1)]))
    #expect(
      storageError { _ = try reader.nextValue() }.map { "\($0)" }
        == "\(temporary.path)/log.ndjson:2: byte 7: expected a JSON value, got ']'. "
        + "Restore the file from its source or write it again.")
  }

  @Test func longLine_isRefusedByWriterAndReader() throws {
    let long = SampleRecord(id: 1, name: String(repeating: "x", count: Limits.lineByteCount))
    let writer = try NDJSONWriter(appendingTo: "log.ndjson", in: root)
    #expect(storageError { try writer.append(long) }?.kind == .badData)
    #expect(writer.offset == 0)
    try temporary.plant("log.ndjson", "\"" + String(repeating: "x", count: Limits.lineByteCount) + "\"\n")
    #expect(storageError { _ = try read(.strict) }?.kind == .badData)
  }

  /// A real short write: the file ends just below the largest size that the file system allows, so that the kernel
  /// takes a part of the line and refuses the rest. The part must be gone afterwards.
  @Test func shortWrite_isCutBack() throws {
    let descriptor = open(temporary.path + "/log.ndjson", O_RDWR | O_CREAT, 0o644)
    defer { close(descriptor) }
    var (fits, tooLarge) = (0, Int.max)
    while tooLarge - fits > 1 {
      let middle = fits + (tooLarge - fits) / 2
      if ftruncate(descriptor, off_t(middle)) == 0 { fits = middle } else { tooLarge = middle }
    }
    let size = fits - 10
    try #require(ftruncate(descriptor, off_t(size)) == 0 && pwrite(descriptor, "\n", 1, off_t(size - 1)) == 1)
    let writer = try NDJSONWriter(appendingTo: "log.ndjson", in: root)
    #expect(storageError { try writer.append(SampleRecord(id: 1)) }?.kind == .inputOutput)
    #expect(try root.byteCount(of: "log.ndjson") == size)
    try root.truncate("log.ndjson", to: 0)
    try writer.append(SampleRecord(id: 1))
    #expect(try read(.strict) == [SampleRecord(id: 1)], "after space returns, the next append is whole")
  }

  @Test func twoWriters_takingTurnsUnderALock_loseNothing() throws {
    let first = try NDJSONWriter(appendingTo: "log.ndjson", in: root)
    let second = try NDJSONWriter(appendingTo: "log.ndjson", in: root)
    for id in 0..<50 { try (id % 2 == 0 ? first : second).append(SampleRecord(id: id)) }
    #expect(try read(.strict).map(\.id) == Array(0..<50))
  }
}
