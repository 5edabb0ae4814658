import Registry
import Schemas
import Storage
import Testing

@Suite struct BundleReferenceTests {
  @Test func init_tellsTagsDigestsAndFoldersApart() throws {
    let digest = Digest(of: "bundle")
    #expect(try BundleReference(parsing: "reasoning/M1") == .tag(Tag(parsing: "reasoning/M1")))
    #expect(try BundleReference(parsing: digest.description) == .digest(digest))
    #expect(try BundleReference(parsing: "./artifacts/b") == .folder("artifacts/b"))
  }

  @Test(arguments: [
    "", "/etc", "../x", "a//b", "./../x", "sha256:ABC", "-rf", "a/../b", "x y", ".", "sha256:", "./", "./.git/config",
    "a/b/c/d/e", "é", "a\u{0}b", "%2e%2e/x", "~root",
  ])
  func init_refusesHostileText(text: String) {
    #expect(throws: (any Error).self) { try BundleReference(parsing: text) }
  }
}
