import Schemas
import Storage
import Testing

@Suite struct StorageRootContentsTests {
  let temporary: TemporaryDirectory
  var root: StorageRoot { temporary.root }

  init() throws { temporary = try TemporaryDirectory() }

  @Test func contents_tellsFilesFromNamesThatNoneCanHave() throws {
    for name in ["d/b", "d/a/c", "d/.tmp-1-0", "d/a/.hidden", "d/a/x y", "d/\u{1B}[31m/z"] {
      try temporary.plant(name, "1")
    }
    let found = try root.contents(below: "d")
    #expect(found.files == ["a/c", "b"])
    #expect(found.strangers == [".tmp-1-0", "\\u{1B}[31m", "a/.hidden", "a/x y"])
    #expect(storageError { _ = try root.files(below: "d") }?.kind == .noInput)
  }

  @Test func files_passesOverLeftoversOnly() throws {
    for name in ["d/b", "d/.tmp-1-0", "d/a/.tmp-1-0/model"] { try temporary.plant(name, "1") }
    #expect(try root.files(below: "d") == ["b"])
  }

  @Test func synchronise_reachesFilesAndDirectories() throws {
    try temporary.plant("a/b/c", "1")
    for path: StoragePath in ["a/b/c", "a/b", "a", .root] { try root.synchronise(path) }
    #expect(storageError { try root.synchronise("a/x") }?.kind == .noInput)
  }
}
