import Foundation
import Schemas
import Storage
import Testing

/// What a chained log's tests append: small, so that a log of 16 KiB has some dozens of lines.
struct NoteRecord: Record, Equatable {
  static let schema = "codex.note/1"

  let writer: Int
  let number: Int
  var text = "\u{e4}\n"
}

@Suite struct ChainedLogTests {
  let temporary: TemporaryDirectory
  var root: StorageRoot { temporary.root }
  var log: ChainedLog { ChainedLog("deep/log.ndjson", in: root, patience: 0.05) }

  init() throws { temporary = try TemporaryDirectory() }

  private func numbers() throws -> [Int] { try log.read().map { try $0.record(NoteRecord.self).number } }

  private func append(_ numbers: Range<Int>) throws -> LedgerHead {
    try log.append(numbers.map { NoteRecord(writer: 0, number: $0) })
  }

  /// The format, byte for byte. The digests were computed with Python's hashlib over the lines without `sha`.
  @Test func append_writesTheDocumentedBytes() throws {
    let head = try log.append([
      NoteRecord(writer: 1, number: 0, text: "a"), NoteRecord(writer: 1, number: 1, text: "\"\u{fc}\n"),
    ])
    let zeros = "sha256:" + String(repeating: "0", count: 64)
    let first = "sha256:0a961cf5a0a1a2c77c659264c69b185ed199e088a68e4b76e7af8cb5a1e8b06f"
    let second = "sha256:1811d5945e7ba82f42eee35e84e6998793d4e8d08d529822b7e18492d58ecc2e"
    let expected = """
      {"data":{"number":0,"text":"a","writer":1},"prev":"\(zeros)","schema":"codex.note/1","seq":0,"sha":"\(first)"}
      {"data":{"number":1,"text":"\\"ü\\n","writer":1},"prev":"\(first)","schema":"codex.note/1","seq":1,"sha":"\(second)"}

      """
    #expect(String(decoding: try temporary.bytes("deep/log.ndjson"), as: UTF8.self) == expected)
    #expect(head == LedgerHead(sequence: 1, digest: try Digest(parsing: second)))
  }

  @Test func append_goesOnBehindTheLastLine() throws {
    var heads: [LedgerHead] = []
    for number in 0..<5 { heads.append(try append(number..<number + 1)) }
    let lines = try log.read()
    #expect(lines.map(\.head) == heads)
    #expect(lines.map(\.line) == [1, 2, 3, 4, 5])
    #expect(lines.map(\.schema) == Array(repeating: "codex.note/1", count: 5))
    #expect(lines.dropFirst().map(\.previous) == heads.dropLast().map(\.digest))
    #expect(try numbers() == Array(0..<5))
    #expect(try log.verify(pinned: heads).isEmpty)
  }

  @Test func read_ofNothing() throws {
    #expect(storageError { _ = try log.read() }?.kind == .noInput)
    #expect(try temporary.names().isEmpty, "reading makes no lock and no directory")
    try temporary.plant("deep/log.ndjson", "")
    #expect(try log.read().isEmpty)
    #expect(try append(0..<1).sequence == 0)
  }

  @Test func appendReading_decidesByAllLines() throws {
    let nothing = try log.append { lines in
      #expect(lines.isEmpty)
      return []
    }
    #expect(nothing == nil)
    let first = try append(0..<3)
    let same = try log.append { lines in
      #expect(lines.last?.head == first)
      return []
    }
    #expect(same == first)
    struct Refusal: Error {}
    #expect(throws: Refusal.self) { try log.append(reading: { _ in throw Refusal() }) }
    #expect(try numbers() == [0, 1, 2])
    try log.append(reading: { [NoteRecord(writer: 0, number: $0.count)] })
    #expect(try numbers() == [0, 1, 2, 3])
  }

  /// Cut at every length: the next append goes on behind the last whole line, and the fragment is kept.
  @Test func append_quarantinesATornTail() throws {
    _ = try append(0..<3)
    let whole = try temporary.bytes("deep/log.ndjson")
    let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    for length in stride(from: 1, to: whole.count, by: 29) {
      try temporary.plant("deep/log.ndjson", Array(whole.prefix(length)))
      let kept = ends.filter { $0 <= length }
      #expect(throws: StorageError.self) { try log.read() }
      #expect(try log.append([NoteRecord(writer: 0, number: 9)]).sequence == kept.count)
      #expect(try numbers() == Array(0..<kept.count) + [9])
      let fragment = "deep/log.ndjson.torn-\(kept.last ?? 0)"
      if length == kept.last { continue }  // whole lines
      #expect(try temporary.bytes(fragment) == Array(whole[(kept.last ?? 0)..<length]))
      try FileManager.default.removeItem(atPath: temporary.path + "/" + fragment)
    }
  }

  @Test func append_refusesBehindAnAlteredLine() throws {
    _ = try append(0..<2)
    var bytes = try temporary.bytes("deep/log.ndjson")
    bytes[bytes.count - 200] ^= 1
    try temporary.plant("deep/log.ndjson", bytes)
    #expect(storageError { _ = try append(2..<3) }?.kind == .badData)
    #expect(try temporary.bytes("deep/log.ndjson") == bytes)
  }

  @Test func append_refusesALineThatIsTooLong() throws {
    _ = try append(0..<1)
    let long = NoteRecord(writer: 0, number: 2, text: String(repeating: "x", count: Limits.lineByteCount))
    let error = storageError { _ = try log.append([NoteRecord(writer: 0, number: 1), long]) }
    #expect(error?.kind == .badData)
    #expect(error?.description.contains("deep/log.ndjson") == true)
    #expect(try numbers() == [0], "all or none")
  }

  @Test func lock_isWaitedFor() throws {
    _ = try append(0..<1)
    var held: FileLock? = try FileLock("deep/log.ndjson.lock", in: root)
    #expect(held != nil)
    #expect(storageError { _ = try append(1..<2) } == .locked(path: temporary.path + "/deep/log.ndjson.lock"))
    #expect(storageError { _ = try log.read() }?.kind == .locked, "a reader must not see half an append")
    held = nil
    #expect(try append(1..<2).sequence == 1)
  }

  @Test func readers_shareTheLock() throws {
    _ = try append(0..<1)
    let reader = try FileLock(sharing: "deep/log.ndjson.lock", in: root)
    #expect(reader != nil)
    #expect(try log.read().count == 1)
    withExtendedLifetime(reader) {
      #expect(storageError { _ = try append(1..<2) }?.kind == .locked)
    }
  }

  @Test func record_ofAnotherSchemaNamesTheLine() throws {
    _ = try append(0..<2)
    let line = try #require(try log.read().last)
    let error = storageError { _ = try line.record(SampleRecord.self) }
    #expect(error?.description.hasPrefix("\(temporary.path)/deep/log.ndjson:2: 'schema': expected") == true)
  }

  @Test(arguments: ["log.ndjson", "deep/log.ndjson.lock"]) func links_areNotFollowed(name: String) throws {
    try temporary.plant("outside", "")
    try temporary.plant("deep/x", "")
    try FileManager.default.createSymbolicLink(
      atPath: temporary.path + "/" + name, withDestinationPath: temporary.path + "/outside")
    let log = ChainedLog(try StoragePath(parsing: name.replacing(".lock", with: "")), in: root)
    #expect(storageError { _ = try log.append([NoteRecord(writer: 0, number: 0)]) } != nil)
    #expect(try temporary.bytes("outside").isEmpty)
  }
}
