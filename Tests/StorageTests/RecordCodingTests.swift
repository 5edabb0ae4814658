import Schemas
import Storage
import Testing

@Suite struct RecordCodingTests {
  @Test func bytes_areTheCanonicalEnvelope() throws {
    let zeros = String(repeating: "03", count: 32)
    #expect(
      String(decoding: try RecordEncoder().bytes(of: SampleRecord(id: 3)), as: UTF8.self)
        == #"{"data":{"digest":"sha256:\#(zeros)","id":3,"isGood":false,"kind":"special","name":"one","note":"n","#
        + #""parts":[{"name":"a","weights":[1,2.5]},{"name":"b","weights":[]}],"score":0.30000000000000004,"#
        + #""tallies":{"x":3}},"schema":"codex.sample/1"}"#)
  }

  @Test func record_roundTrips() throws {
    for id in -3...300 {
      let record = SampleRecord(id: id, name: "é😀\n\(id)")
      #expect(try RecordDecoder().record(SampleRecord.self, from: RecordEncoder().bytes(of: record)) == record)
    }
  }

  /// Each change of a good record is refused; the message names the key.
  @Test(arguments: [
    (#""id":3"#, #""id":3.5"#, "id"), (#""id":3"#, #""id":"3""#, "id"), (#""id":3"#, #""id":null"#, "id"),
    (#""id":3"#, #""id":3,"extra":1"#, ""), (#""id":3,"#, "", "id"), (#""isGood":false"#, #""isGood":0"#, "isGood"),
    (#""kind":"special""#, #""kind":"unheard""#, "kind"), (#""name":"a""#, #""name":1"#, "parts.0.name"),
    (#""weights":[1,2.5]"#, #""weights":[1,"x"]"#, "parts.0.weights.1"),
    (#""weights":[]"#, #""weights":{}"#, "parts.1.weights"),
    (#""name":"b","#, #""name":"b","y":0,"#, "parts.1"), (#"sha256:03"#, "sha256:0G", "digest"),
    (#"sha256:03"#, "sha512:03", "digest"),
    (#""x":3"#, #""x":1e2"#, "tallies.x"), (#""note":"n""#, #""note":[]"#, "note"),
    (#"sample/1"#, "sample/2", "schema"), (#""schema":"codex.sample/1""#, #""schema":1"#, "schema"),
    (#","schema":"codex.sample/1""#, "", "schema"), (#","schema""#, #","more":1,"schema""#, "schema"),
  ]) func record_refuses(original: String, replacement: String, key: String) throws {
    let good = String(decoding: try RecordEncoder().bytes(of: SampleRecord(id: 3)), as: UTF8.self)
    #expect(good.contains(original))
    let range = try #require(good.firstRange(of: original))
    let bad = good.replacingCharacters(in: range, with: replacement)
    let error = storageError { _ = try RecordDecoder().record(SampleRecord.self, from: Array(bad.utf8), path: "f") }
    guard case .mismatch("f", nil, key, _, _, _) = error else {
      Issue.record("\(bad) gave \(String(describing: error)), expected a mismatch at '\(key)'")
      return
    }
  }

  @Test func bytes_refuseWhatCannotBeRead() {
    struct Wide: Record {
      static let schema = "codex.wide/1"
      var value: UInt64
    }
    struct Real: Record {
      static let schema = "codex.real/1"
      var value: Float
    }
    struct Text: Record {
      static let schema = "codex.text/1"
      var value: String
    }
    #expect(storageError { _ = try RecordEncoder().bytes(of: Wide(value: .max)) }?.kind == .cannotCreate)
    #expect(storageError { _ = try RecordEncoder().bytes(of: Real(value: .nan)) }?.kind == .cannotCreate)
    #expect(storageError { _ = try RecordEncoder().bytes(of: Text(value: "e\u{301}")) }?.kind == .cannotCreate)
    #expect(storageError { _ = try RecordEncoder().bytes(of: Text(value: "\u{e9}")) } == nil)
  }

  @Test func floats_roundTripExactly() throws {
    struct Real: Record, Equatable {
      static let schema = "codex.real/1"
      var value: Float
    }
    for value in [0.1, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1 / 3, 16_777_216] as [Float] {
      let bytes = try RecordEncoder().bytes(of: Real(value: value))
      #expect(try RecordDecoder().record(Real.self, from: bytes).value == value)
    }
    #expect(
      storageError {
        _ = try RecordDecoder().record(Real.self, from: Array(#"{"data":{"value":1e39},"schema":"codex.real/1"}"#.utf8))
      }?.kind == .badData)
  }

  @Test func errors_areSentences() {
    let error = storageError {
      _ = try RecordDecoder().record(
        SampleRecord.self, from: Array(#"{"data":{},"schema":"codex.sample/2"}"#.utf8), path: "a/b.json")
    }
    #expect(
      error.map { "\($0)" } == "a/b.json: 'schema': expected \"codex.sample/1\", got \"codex.sample/2\". "
        + "Correct the record, or read it with the version of codex that wrote it.")
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
