import Schemas
import Storage
import Testing

@Suite struct NamesTests {
  /// FIPS 180-2, appendix B, and the empty message.
  @Test func digest_agreesWithTheStandard() throws {
    #expect("\(Digest(of: ""))" == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect("\(Digest(of: "abc"))" == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    var stream = DigestStream()
    for _ in 0..<1_000 { stream.update([UInt8](repeating: UInt8(ascii: "a"), count: 1_000)) }
    #expect(stream.finish().hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    #expect(try Digest(parsing: "\(Digest(of: "abc"))") == Digest(of: "abc"))
    #expect(Digest(bytes: Digest(of: "abc").bytes) == Digest(of: "abc"))
  }

  @Test func digest_ordersLikeItsText() {
    let digests = (0..<50).map { Digest(of: "\($0)") }
    #expect(digests.sorted().map(\.hexadecimal) == digests.map(\.hexadecimal).sorted())
  }

  static let good = "sha256:" + String(repeating: "0a", count: 32)

  @Test(arguments: [
    "", "sha256:", String(good.dropLast()), good + "0", good.uppercased(), "SHA256:" + good.dropFirst(7),
    String(good.dropFirst(7)),
    " " + good, good + "\n", good.replacing("0a", with: "0g"), "sha256:" + String(repeating: "é", count: 32),
    "sha256:" + String(repeating: "+1", count: 32), "sha512:" + good.dropFirst(7), "sha256/" + good.dropFirst(7),
  ]) func digest_refuses(text: String) { #expect(throws: NameError.self) { try Digest(parsing: text) } }

  @Test func digest_refusesOtherByteCounts() {
    #expect(Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil)
    #expect(Digest(bytes: [UInt8](repeating: 0, count: 33)) == nil)
  }

  @Test(arguments: ["reasoning/M1", "a", "a/b/c/d", "v1.0_x-y"]) func tag_accepts(text: String) throws {
    #expect(try Tag(parsing: text).text == text)
  }

  @Test(arguments: [
    "", "/", "/a", "a/", "a//b", "a/b/c/d/e", "..", "a/../b", ".a", "-a", "a b", "a\n", "é", "a\\b", "a%2fb", "a:b",
    String(repeating: "a", count: 65),
  ]) func tag_refuses(text: String) { #expect(throws: NameError.self) { try Tag(parsing: text) } }

  @Test(arguments: ["", ".", "..", "a/b", "-rf", ".hidden", "a b", "a\0", String(repeating: "a", count: 129)])
  func runID_refuses(text: String) { #expect(throws: NameError.self) { try RunID(parsing: text) } }

  @Test func names_decodeThroughTheGrammar() throws {
    #expect(try RecordDecoder().value(RunID.self, from: .string("run-1")).text == "run-1")
    #expect(storageError { _ = try RecordDecoder().value(RunID.self, from: .string("../x")) }?.kind == .badData)
  }

  @Test func errors_areSentencesWithoutControlCharacters() {
    let refusal = #expect(throws: NameError.self) { try RunID(parsing: "a\u{1b}[2J") }
    #expect(
      refusal.map { "\($0)" } == "'a\\u{1B}[2J' is no run id: expected 1 to 128 of A-Z a-z 0-9 . _ -, "
        + "starting with a letter or digit. Choose another name.")
  }
}
