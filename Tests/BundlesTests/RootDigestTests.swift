import Bundles
import Foundation
import Schemas
import Storage
import Testing

@Suite struct RootDigestTests {
  private func entry(_ path: String, _ text: String) -> FileEntry {
    FileEntry(path: path, byteCount: text.utf8.count, digest: Digest(of: text))
  }

  @Test func of_hashesDigestsInOrderOfPaths() {
    let (a, b) = (entry("a", "1"), entry("b/c", "2"))
    let expected = Digest(of: a.digest.bytes + b.digest.bytes)
    #expect(RootDigest.of([b, a]) == expected)
    #expect(RootDigest.of([entry("a", "2"), b]) != expected)
  }

  /// Tests/BundlesTests/Golden/make_root_digests.py wrote what OpenSSF model-signing computes.
  @Test func of_agreesWithModelSigning() throws {
    let cases = try Self.golden()
    #expect(cases.count == 3)
    for golden in cases {
      #expect(RootDigest.of(golden.entries.shuffled()).hexadecimal == golden.rootDigest, "\(golden.name)")
    }
  }

  @Test func control_anotherOrderOrHashIsAnotherDigest() throws {
    let cases = try Self.golden()
    for golden in cases { #expect(RootDigest.of(golden.entries).hexadecimal != golden.hashedWithBlake2) }
    let tricky = try #require(cases.last)
    let asTexts = tricky.entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    #expect(Digest(of: asTexts.flatMap(\.digest.bytes)).hexadecimal == tricky.orderedAsTexts)
    #expect(RootDigest.of(tricky.entries).hexadecimal != tricky.orderedAsTexts)
  }

  private struct Golden: Decodable {
    let name: String
    let files: [String: String]
    let rootDigest: String
    let orderedAsTexts: String
    let hashedWithBlake2: String

    var entries: [FileEntry] {
      files.map { FileEntry(path: $0.key, byteCount: $0.value.utf8.count, digest: Digest(of: $0.value)) }
    }
  }

  private static func golden() throws -> [Golden] {
    struct File: Decodable { let cases: [Golden] }
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Golden/root_digests.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(File.self, from: Data(contentsOf: url)).cases
  }
}
