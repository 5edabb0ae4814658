import Foundation
import Schemas
import Storage
import Testing

/// Whoever changes a chained log is found out, whatever they change.
@Suite struct ChainTamperingTests {
  let temporary: TemporaryDirectory
  let log: ChainedLog
  /// Somewhat more than 16 KiB in lines of about 1 KiB.
  let whole: [UInt8]
  let head: LedgerHead
  var lines: [[UInt8]] { whole.split(separator: 0x0A).map { $0 + [0x0A] } }

  init() throws {
    temporary = try TemporaryDirectory()
    log = ChainedLog("log.ndjson", in: temporary.root)
    head = try log.append(
      (0..<18).map { NoteRecord(writer: 0, number: $0, text: String(repeating: "evidence ", count: 80)) })
    whole = try temporary.bytes("log.ndjson")
    try #require(whole.count > 16 << 10)
  }

  /// Whether reading the log refuses it.
  private func isRefused() -> Bool {
    do { return try log.read().last?.head != head } catch is StorageError { return true } catch { return false }
  }

  /// Every one of 131,072 bits; on two threads.
  @Test(arguments: [0, 1]) func everyBitFlip_isDetected(part: Int) throws {
    let file = open(temporary.path + "/log.ndjson", O_RDWR)
    defer { close(file) }
    var missed: [Int] = []
    for bit in stride(from: part, to: 8 * (16 << 10), by: 2) {
      let place = bit / 8
      var byte = whole[place] ^ UInt8(1 << (bit % 8))
      pwrite(file, &byte, 1, off_t(place))
      if !isRefused() { missed.append(bit) }
      byte = whole[place]
      pwrite(file, &byte, 1, off_t(place))
    }
    #expect(missed.isEmpty)
    #expect(!isRefused())
  }

  /// Cut at every length: the chain shows the cuts inside a line, the pinned head those between lines.
  @Test func everyCut_isDetectedWithAPinnedHead() throws {
    let ends = Set(whole.indices.filter { whole[$0] == 0x0A }.map { $0 + 1 } + [0])
    let file = open(temporary.path + "/log.ndjson", O_RDWR)
    defer { close(file) }
    for length in (0..<whole.count).reversed() {
      try #require(ftruncate(file, off_t(length)) == 0)
      let findings = try log.verify(pinned: [head])
      #expect(!findings.isEmpty, "\(length)")
      if ends.contains(length) {
        #expect(try log.verify().isEmpty, "no chain shows a cut between lines")
        #expect(findings.map(\.line) == [18])
      }
    }
  }

  @Test func duplicatedLine_isDetected() throws {
    for index in lines.indices {
      try expectFinding(lines[...index] + [lines[index]] + lines[(index + 1)...], index + 2)
    }
  }

  @Test func missingLine_isDetected() throws {
    for index in lines.indices.dropLast() { try expectFinding(lines[..<index] + lines[(index + 1)...], index + 1) }
  }

  @Test func swappedLines_areDetected() throws {
    for index in lines.indices.dropLast() {
      var swapped = lines
      swapped.swapAt(index, index + 1)
      try expectFinding(swapped[...], index + 1)
    }
  }

  private func expectFinding(_ lines: ArraySlice<[UInt8]>, _ line: Int) throws {
    try temporary.plant("log.ndjson", Array(lines.joined()))
    #expect(throws: StorageError.self) { try log.read() }
    #expect(try log.verify().first?.line == line)
  }

  @Test func everyBrokenLine_isReported() throws {
    var bytes = whole
    var offsets: [Int] = []
    for line in [2, 3, 9, 17] {
      offsets.append(lines[..<line].joined().count)
      bytes[offsets.last! + 40] ^= 4
    }
    try temporary.plant("log.ndjson", bytes + Array("torn".utf8))
    let findings = try log.verify()
    #expect(findings.map(\.line) == [3, 4, 10, 18, 19])
    #expect(findings.map(\.offset) == offsets + [whole.count])
    #expect(
      findings.last?.message
        == "\(temporary.path)/log.ndjson:19: byte \(whole.count + 4): expected a newline at the end, "
        + "got a torn last line. Restore the file from its source or write it again.")
  }

  /// Whoever recomputes all digests behind a change is found out by the pinned head alone.
  @Test func rewrittenChain_isDetectedWithAPinnedHead() throws {
    let forged = ChainedLog("forged.ndjson", in: temporary.root)
    _ = try forged.append(
      (0..<18).map { NoteRecord(writer: 0, number: $0, text: String(repeating: "Evidence ", count: 80)) })
    #expect(try forged.verify().isEmpty)
    let finding = try #require(try forged.verify(pinned: [head]).first)
    #expect(finding.line == 18)
    #expect(
      finding.message.contains("forged.ndjson: expected line 18 with the pinned digest \(head.digest), got sha256:"))
  }

  /// The same record spelled otherwise, with its digest taken over those bytes.
  @Test(arguments: [
    (" {", "{"), ("\"number\": 0", "\"number\":0"), ("\"number\":0.0", "\"number\":0"),
    ("\"\\u0065vidence", "\"evidence"),
    ("{\"zzz\":1,", "{"), ("\"seq\":0,\"seq\":0", "\"seq\":0"), ("\"seq\":-1", "\"seq\":0"), ("\"seq\":1", "\"seq\":0"),
    ("\"prev\":\"sha256:1", "\"prev\":\"sha256:0"),
    ("\"prev\":null", "\"prev\":\"sha256:\(String(repeating: "0", count: 64))\""),
  ]) func sealedOtherwise_isRefused(replacement: String, original: String) throws {
    let line = String(decoding: lines[0], as: UTF8.self)
    let body = line.prefix(upTo: try #require(line.range(of: ",\"sha\"")).lowerBound) + "}"
    let at = try #require(body.range(of: original))
    let forged = body.replacingCharacters(in: at, with: replacement)
    let bytes = Array(forged.dropLast().utf8) + Array(",\"sha\":\"\(Digest(of: forged))\"}\n".utf8)
    try temporary.plant("log.ndjson", bytes)
    #expect(storageError { _ = try log.read() }?.kind == .badData)
    #expect(try log.verify().map(\.line) == [1])
    // Control: the same procedure without a change makes a line that is accepted.
    try temporary.plant(
      "log.ndjson", Array(body.dropLast().utf8) + Array(",\"sha\":\"\(Digest(of: String(body)))\"}\n".utf8))
    #expect(try log.read().count == 1)
  }

  /// Control: without a chain a changed letter, a missing and a repeated line all pass.
  @Test func control_plainLinesHideTampering() throws {
    let writer = try NDJSONWriter(appendingTo: "plain.ndjson", in: temporary.root)
    for number in 0..<9 { try writer.append(NoteRecord(writer: 0, number: number, text: "evidence")) }
    let lines = try temporary.bytes("plain.ndjson").split(separator: 0x0A).map { $0 + [0x0A] }
    var changed = lines[0]
    changed[try #require(changed.firstIndex(of: UInt8(ascii: "v")))] ^= 1
    try temporary.plant("plain.ndjson", Array(([changed] + [lines[2], lines[1], lines[1]] + lines[5...]).joined()))
    var reader = try NDJSONReader("plain.ndjson", in: temporary.root, mode: .strict)
    #expect(try reader.records(NoteRecord.self).count == 8)
  }
}
