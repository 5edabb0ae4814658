import Storage
import Testing

@Suite struct StoragePathTests {
  @Test(arguments: [
    "a", "a/b", "runs/train_loop/latest", ".codex", ".codex/metrics/a.ndjson", "a.b", "a..b", "_x", "x-1", "0", "A/Z.9",
    String(repeating: "a", count: 255),
  ]) func parse_accepts(text: String) throws {
    let path = try StoragePath(parsing: text)
    #expect(path.description == text)
    #expect(path.parent.appending(try #require(path.lastComponent)) == path)
  }

  static let hostile: [String] = [
    "", "/", "//", "/a", "/etc/passwd", "a/", "a//b", ".", "./a", "a/.", "..", "../a", "a/..", "a/../b", "a/../../etc",
    "...",
    ".a", "a/.b", ".git", ".ssh/id", ".codex2", ".codex.", ".tmp-1-0", "a/.tmp-1-0", "-", "-rf", "a/-x", "~", "~root/a",
    "a b", " a",
    "a ", "a\t", "a\n", "a\nb", "a\0", "a\0b", "\u{1b}[2J", "a\\b", "..\\a", "C:", "C:\\a", "a:b", "a*b", "a?b",
    "$HOME", "`id`", "a;b",
    "a|b", "a&b", "a\"b", "a'b", "a<b", "a%2e%2e", "%2e%2e/a", "%00", "é", "e\u{301}", "\u{202e}a", "．．/a",
    "a\u{2215}b", "\u{ff0f}a",
    "file:///a", "http://a", String(repeating: "a", count: 256), String(repeating: "a/", count: 32) + "a",
    String(repeating: "../", count: 40), String(repeating: "/", count: 10_000),
  ]

  @Test(arguments: hostile) func parse_refuses(text: String) {
    guard case .unacceptablePath = storageError({ _ = try StoragePath(parsing: text) }) else {
      Issue.record("accepted \(text.debugDescription)")
      return
    }
  }

  @Test func order_keepsDirectoriesTogether() throws {
    let texts = ["a/b", "a-c", "a", "a/a", "b"]
    #expect(try texts.map(StoragePath.init(parsing:)).sorted().map(\.description) == ["a", "a/a", "a/b", "a-c", "b"])
  }

  @Test func errors_areSentencesWithoutControlCharacters() {
    #expect(
      storageError { _ = try StoragePath(parsing: "../\u{7}") }.map { "\($0)" }
        == "'../\\u{07}' is no acceptable path: expected at most 32 names separated by '/', each 1 to 255 of "
        + "A-Z a-z 0-9 . _ -, not starting with '.' or '-'. Give a relative path of plain names.")
  }
}
