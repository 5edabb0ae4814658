import Foundation
import Schemas
import Storage
import Testing

/// The head file beside a chained log: it shows a cut, and raises no false alarm.
@Suite struct ChainedLogHeadTests {  // Sources/Storage/Chain/HeadFile.swift, ChainedLog+Appending.swift
  static let path = "deep/log.ndjson"
  static let head = path + ".head"

  let temporary: TemporaryDirectory
  var log: ChainedLog { ChainedLog("deep/log.ndjson", in: temporary.root, pinsHead: true) }
  /// As codex wrote it before: lines, and no head file.
  var older: ChainedLog { ChainedLog("deep/log.ndjson", in: temporary.root) }

  init() throws { temporary = try TemporaryDirectory() }

  private func note(_ number: Int) -> NoteRecord { NoteRecord(writer: 0, number: number) }

  private func numbers() throws -> [Int] {
    try log.read().filter { $0.schema == NoteRecord.schema }.map { try $0.record(NoteRecord.self).number }
  }

  private func pinned() throws -> LedgerHeadRecord {
    try temporary.root.read(LedgerHeadRecord.self, at: StoragePath(parsing: Self.head))
  }

  private var files: [String: [UInt8]] {
    get throws {
      try Dictionary(uniqueKeysWithValues: temporary.names(in: "deep").map { ($0, try temporary.bytes("deep/" + $0)) })
    }
  }

  /// Everything that reads or appends refuses for `loss`, and changes nothing.
  private func expectRefusal(_ loss: HeadLoss, _ comment: Comment? = nil) throws {
    let before = try files
    let refusal = StorageError.headLost(log: temporary.path + "/" + Self.path, loss)
    #expect(storageError { _ = try log.read() } == refusal, comment)
    #expect(storageError { _ = try log.wholeLines() } == refusal, comment)
    #expect(storageError { _ = try log.append([note(9)]) } == refusal, comment)
    #expect(storageError { try log.append(reading: { _ in [note(9)] }) } == refusal, comment)
    #expect(try log.contents().head == .lost(loss), comment)
    let audit = try log.audit()
    #expect(audit.head == .lost(loss) && audit.findings.map(\.message) == [refusal.description], comment)
    #expect(try files == before, comment)
  }

  private func keepLines(_ count: Int) throws {
    let lines = try temporary.bytes(Self.path).split(separator: 0x0A).prefix(count)
    try temporary.plant(Self.path, Array(lines.map { $0 + [0x0A] }.joined()))
  }

  /// The format, byte for byte; digests by Python's hashlib.
  @Test func append_writesTheDocumentedBytes() throws {
    let head = try log.append([NoteRecord(writer: 1, number: 0, text: "a")])
    let lines = try temporary.bytes(Self.path).split(separator: 0x0A)
    let zeros = "sha256:" + String(repeating: "0", count: 64)
    let rule = "sha256:16507377cc90696943d711e5f2b14f10763cf46fdfa30a283109a8b8da12ce34"
    #expect(
      String(decoding: lines[0], as: UTF8.self)
        == "{\"data\":{\"rule\":\"head\",\"version\":1},\"prev\":\"\(zeros)\",\"schema\":\"codex.ledger_rule/1\","
        + "\"seq\":0,\"sha\":\"\(rule)\"}")
    #expect(
      String(decoding: try temporary.bytes(Self.head), as: UTF8.self)
        == "{\"data\":{\"byte_count\":\(lines[0].count + lines[1].count + 2),\"rule_seq\":0,\"seq\":1,"
        + "\"sha\":\"\(head.digest)\"},\"schema\":\"codex.ledger_head/1\"}\n")
  }

  @Test func append_movesTheHeadToTheLastLine() throws {
    for number in 0..<5 {
      let head = try log.append([note(2 * number), note(2 * number + 1)])
      #expect(try pinned() == LedgerHeadRecord(head, byteCount: temporary.bytes(Self.path).count, ruleSequence: 0))
      #expect(try log.contents().head == .pinned(head))
    }
    #expect(try numbers() == Array(0..<10))
    #expect(try log.read().count { $0.schema == LedgerRuleRecord.schema } == 1)
    #expect(try log.verify().isEmpty)
  }

  @Test func readersWriteNothing() throws {
    #expect(try log.isAbsent() && log.wholeLines().lines.isEmpty)
    #expect(storageError { _ = try log.read() }?.kind == .noInput)
    #expect(try temporary.names().isEmpty)
    _ = try older.append([note(0)])
    let before = try files
    #expect(try log.read().count == 1 && log.contents().head == .noRule)
    let audit = try log.audit()
    #expect(audit.findings.isEmpty && audit.head == .noRule, "sound, and no head is promised")
    #expect(try files == before)
  }

  @Test func olderLog_getsTheRuleWithItsNextAppend() throws {
    _ = try older.append([note(0), note(1)])
    let head = try log.append([note(2)])
    #expect(try log.read().map(\.schema) == ["codex.note/1", "codex.note/1", "codex.ledger_rule/1", "codex.note/1"])
    #expect(try pinned().ruleSequence == 2 && log.contents().head == .pinned(head))
    try temporary.remove(Self.head)
    try expectRefusal(.missing)
    // Below the rule nothing was promised.
    try keepLines(2)
    #expect(try log.contents().head == .noRule)
  }

  @Test func everyCutBetweenLines_isFound() throws {
    let head = try log.append((0..<6).map { note($0) })
    let whole = try temporary.bytes(Self.path), record = try temporary.bytes(Self.head)
    for count in (0..<7).reversed() {
      try temporary.plant(Self.path, whole)
      try temporary.plant(Self.head, record)
      try keepLines(count)
      try expectRefusal(.cut(head), "\(count) lines")
      try temporary.remove(Self.head)
      if count > 0 { try expectRefusal(.missing, "\(count) lines") }
    }
  }

  @Test func logThatIsGone_isFound() throws {
    let head = try log.append([note(0)])
    try temporary.remove(Self.path)
    #expect(try !log.isAbsent())
    try expectRefusal(.cut(head))
  }

  @Test func control_plainLogHidesACut() throws {
    _ = try older.append((0..<6).map { note($0) })
    try keepLines(3)
    #expect(try older.verify().isEmpty && older.read().count == 3)
    #expect(try log.verify().isEmpty)
    #expect(try log.append([note(9)]).sequence == 4, "papered over, and the rule")
  }

  /// A torn tail is a killed writer's if it lies beyond the head; before it acknowledged bytes were lost.
  @Test func tornTail_isQuarantinedBeyondTheHeadOnly() throws {
    let acknowledged = try log.append([note(0), note(1)])
    let whole = try temporary.bytes(Self.path)
    for length in stride(from: 1, to: whole.count, by: 17) {
      try temporary.plant(Self.path, Array(whole.prefix(length)))
      let before = try files
      let refusal = StorageError.headLost(log: temporary.path + "/" + Self.path, .cut(acknowledged))
      #expect(storageError { _ = try log.append([note(9)]) } == refusal, "\(length)")
      #expect(storageError { try log.append(reading: { _ in [] }) } == refusal, "\(length)")
      #expect(storageError { _ = try log.wholeLines() } == refusal, "\(length)")
      #expect(try files == before, "\(length)")
    }
    try temporary.plant(Self.path, whole + Array("{\"data\":".utf8))
    #expect(try log.wholeLines().tornByteCount == 8)
    #expect(try log.append([note(2)]).sequence == 3)
    #expect(try temporary.bytes("deep/log.ndjson.torn-\(whole.count)") == Array("{\"data\":".utf8))
    #expect(try numbers() == [0, 1, 2] && log.verify().isEmpty)
  }

  /// What kills leave between the lines and the head file: no alarm, and the next append takes the lines in.
  @Test(arguments: [0, 1, 2]) func linesBeyondTheHead_areTakenIn(linesBefore: Int) throws {
    if linesBefore > 0 { _ = try older.append((0..<linesBefore).map { note($0) }) }
    let old = try linesBefore > 0 ? temporary.bytes(Self.path) : []
    _ = try log.append([note(linesBefore), note(linesBefore + 1)])
    let whole = try temporary.bytes(Self.path)
    let last = try older.read().prefix(linesBefore).last?.head
    let initial = LedgerHeadRecord(last, byteCount: old.count, ruleSequence: nil)
    for kept in linesBefore...(linesBefore + 3) {
      try temporary.plant(Self.path, whole)
      try keepLines(kept)
      try temporary.root.atomicReplace(StoragePath(parsing: Self.head), record: initial)
      #expect(try log.contents().head == .pinned(last) && log.verify().isEmpty, "\(kept)")
      let head = try log.append([note(50)])
      #expect(try log.read().count { $0.schema == LedgerRuleRecord.schema } == 1, "\(kept)")
      #expect(try pinned().ruleSequence == linesBefore && log.contents().head == .pinned(head), "\(kept)")
      #expect(try numbers() == Array(0..<max(linesBefore, kept - 1)) + [50], "\(kept)")
    }
  }

  @Test func appendOfNothing_acknowledgesWhatItRead() throws {
    _ = try log.append([note(0)])
    let before = try temporary.bytes(Self.head)
    let head = try log.append([note(1)])
    try temporary.plant(Self.head, before)
    try log.append(reading: { _ in [] })
    #expect(try pinned().head == head)
    let files = try files
    try log.append(reading: { _ in [] })
    #expect(try self.files == files)
  }

  /// An older codex knows no head file; what it appends is judged like any other line.
  @Test func linesOfAnOlderWriter_areKept() throws {
    _ = try log.append([note(0)])
    _ = try older.append([note(1)])
    #expect(try log.verify().isEmpty && numbers() == [0, 1])
    #expect(try log.append([note(2)]).sequence == 3)
    _ = try older.append([note(3)])
    var bytes = try temporary.bytes(Self.path)
    bytes[bytes.count - 200] ^= 1
    try temporary.plant(Self.path, bytes)
    #expect(storageError { _ = try log.append([note(4)]) }?.kind == .badData, "a broken line beyond the head")
    #expect(try temporary.bytes(Self.path) == bytes)
  }

  @Test func everyChangedByteOfTheHeadFile_isNoticed() throws {
    _ = try log.append([note(0), note(1)])
    let original = try temporary.bytes(Self.head)
    for bit in 0..<(8 * original.count) {
      var bytes = original
      bytes[bit / 8] ^= UInt8(1 << (bit % 8))
      try temporary.plant(Self.head, bytes)
      #expect(try log.contents().head.loss != nil, "bit \(bit)")
    }
    for length in 0..<(original.count - 1) {
      try temporary.plant(Self.head, Array(original.prefix(length)))
      #expect(try log.contents().head.loss != nil, "\(length) bytes")
    }
  }

  @Test func whatIsNoHeadFile_isRefused() throws {
    let head = try log.append([note(0), note(1)])
    let path = try StoragePath(parsing: Self.head)
    let lines = try log.read()
    let zero = LedgerHead(sequence: 1, digest: lines[0].head.digest)
    for (record, part) in [
      (
        LedgerHeadRecord(zero, byteCount: lines[1].end, ruleSequence: 0), "expected line 2 with \(lines[1].head.digest)"
      ),
      (LedgerHeadRecord(head, byteCount: lines[1].end, ruleSequence: 0), "got \(head.digest) up to byte"),
      (LedgerHeadRecord(head, byteCount: lines[2].end, ruleSequence: 1), "expected the rule in line 1, got line 2"),
      (LedgerHeadRecord(head, byteCount: lines[2].end, ruleSequence: nil), "expected the rule in line 1, got none"),
      (LedgerHeadRecord(head, byteCount: -1, ruleSequence: 0), "got such as no line has"),
      (LedgerHeadRecord(head, byteCount: lines[2].end, ruleSequence: -1), "got such as no line has"),
      (LedgerHeadRecord(nil, byteCount: 5, ruleSequence: nil), "got such as no line has"),
    ] {
      try temporary.root.atomicReplace(path, record: record)
      guard case .lost(let loss) = try log.contents().head else {
        Issue.record("accepted: \(record)")
        continue
      }
      #expect(loss.message(log: "log").contains(part), "\(loss.message(log: "log"))")
      try expectRefusal(loss)
    }
    try temporary.remove(Self.head)
    try FileManager.default.createDirectory(
      atPath: temporary.path + "/" + Self.head, withIntermediateDirectories: false)
    #expect(try log.contents().head.loss != nil)
    try temporary.remove(Self.head)
    try temporary.plant("elsewhere", "x")
    try FileManager.default.createSymbolicLink(
      atPath: temporary.path + "/" + Self.head, withDestinationPath: "../elsewhere")
    #expect(try log.contents().head.loss != nil)
  }

  /// A rule is said once, in words that this codex knows.
  @Test func furtherRule_isRefused() throws {
    _ = try log.append([note(0)])
    _ = try older.append([LedgerRuleRecord.head])
    let error = storageError { _ = try log.read() }
    #expect(error?.description.contains("log.ndjson:3: byte ") == true, "\(String(describing: error))")
    #expect(error?.description.contains("expected one rule, that of line 1, got another") == true)
    #expect(storageError { _ = try log.append([note(1)]) }?.kind == .badData)
    #expect(try log.verify().map(\.line) == [3])
  }

  @Test func ruleOfALaterVersion_isRefused() throws {
    _ = try older.append([LedgerRuleRecord(rule: .head, version: 2)])
    let error = storageError { _ = try log.read() }
    #expect(error?.description.contains("'data.version': expected 1, got 2") == true, "\(String(describing: error))")
    #expect(storageError { _ = try log.append([note(1)]) } == error)
    #expect(try log.verify().map(\.line) == [1, 2], "and the head file that it may have meant is not there")
  }

  /// Whoever looks while eight writers race sees no head that moves backwards and no log that ends before its head.
  @Test func racingWriters_moveTheHeadForwardOnly() async throws {
    let log = ChainedLog("deep/log.ndjson", in: temporary.root, patience: 60, pinsHead: true)
    _ = try log.append([note(0)])
    try await withThrowingTaskGroup { group in
      for writer in 1...8 {
        group.addTask {
          for number in 0..<25 { _ = try log.append([NoteRecord(writer: writer, number: number)]) }
        }
      }
      group.addTask {
        var seen = -1
        while seen < 8 * 25 {
          guard case .pinned(let head?) = try log.contents().head else {
            Issue.record("a reader was alarmed")
            return
          }
          #expect(head.sequence >= seen)
          seen = head.sequence
        }
      }
      try await group.waitForAll()
    }
    #expect(try pinned().sequence == 8 * 25 + 1 && log.verify().isEmpty)
  }

  @Test func message_isVerbatim() {
    let head = LedgerHead(sequence: 6, digest: Digest(of: ""))
    let remedy =
      ". Restore a.ndjson and a.ndjson.head together from a copy, or move both away and begin anew; nothing is appended "
      + "until then."
    #expect(
      StorageError.headLost(log: "a.ndjson", .missing).description
        == "a.ndjson.head: expected the head file that a line of a.ndjson promises, got none" + remedy)
    #expect(
      StorageError.headLost(log: "a.ndjson", .cut(head)).description
        == "a.ndjson: expected line 7 with \(Digest(of: "")), which a.ndjson.head names, got an earlier end: lines were "
        + "cut off" + remedy)
    #expect(
      StorageError.headLost(log: "a.ndjson", .altered(expected: "x", got: "y")).description
        == "a.ndjson.head: expected x, got y" + remedy)
  }
}
