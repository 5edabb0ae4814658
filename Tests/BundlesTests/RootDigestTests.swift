import Bundles
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
}
