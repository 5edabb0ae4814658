import Foundation
import Schemas
import Storage
import Testing

@Suite struct StorageRootTests {
  let temporary: TemporaryDirectory
  var root: StorageRoot { temporary.root }

  init() throws { temporary = try TemporaryDirectory() }

  @Test func atomicReplace_writesAndReplaces() throws {
    try root.makeDirectory("a/b")
    for text in ["first", "", String(repeating: "x", count: 300_000)] {
      try root.atomicReplace("a/b/file", Array(text.utf8))
      #expect(try root.read("a/b/file", limit: 1 << 20) == Array(text.utf8))
      #expect(try temporary.names(in: "a/b") == ["file"])
    }
  }

  @Test func atomicReplace_roundTripsRecords() throws {
    try root.atomicReplace("r.json", record: SampleRecord(id: 6))
    #expect(try root.read(SampleRecord.self, at: "r.json") == SampleRecord(id: 6))
    #expect(try temporary.bytes("r.json").last == UInt8(ascii: "\n"))
  }

  @Test func atomicReplace_leavesTheOldFileOnFailure() throws {
    try root.atomicReplace("keep", record: SampleRecord(id: 1))
    let before = try temporary.bytes("keep")
    var bad = SampleRecord(id: 2)
    bad.score = .nan
    let error = storageError { try root.atomicReplace("keep", record: bad) }
    #expect(error?.description.hasPrefix("\(temporary.path)/keep: expected a finite number, got nan") == true)
    try root.makeDirectory("directory/full")
    #expect(storageError { try root.atomicReplace("directory", [1]) }?.kind == .cannotCreate)
    #expect(storageError { try root.atomicReplace("absent/file", [1]) }?.kind == .noInput)
    #expect(try temporary.bytes("keep") == before)
    #expect(try temporary.names() == ["directory", "keep"])
  }

  /// What a crash leaves is neither listed nor in the way.
  @Test func leftovers_areIgnoredAndCleanedUnderTheLock() throws {
    let leftover = ".tmp-\(getpid())-0"
    try temporary.plant(leftover, "half")
    try temporary.plant(".tmp-1-0/deep/file", "half")
    try root.atomicReplace("file", [1])
    #expect(try root.list().map(\.text) == ["file"])
    #expect(try root.files(below: .root) == ["file"])
    try root.removeLeftovers(in: .root, holding: FileLock("lock", in: root))
    #expect(try temporary.names() == ["file", "lock"])
  }

  @Test func read_refusesWhatIsNoFileOfThatSize() throws {
    try temporary.plant("big", [UInt8](repeating: 0, count: 100))
    try temporary.plant("directory/file", "x")
    #expect(mkfifo(temporary.path + "/fifo", 0o600) == 0)
    #expect(symlink("big", temporary.path + "/link") == 0)
    #expect(symlink("directory", temporary.path + "/way") == 0)
    #expect(symlink("/etc/passwd", temporary.path + "/out") == 0)
    #expect(
      storageError { _ = try root.read("big", limit: 99) }
        == .tooLarge(path: temporary.path + "/big", byteCount: 100, limit: 99))
    #expect(try root.read("big", limit: 100).count == 100)
    #expect(storageError { _ = try root.read("absent", limit: 9) }?.kind == .noInput)
    #expect(storageError { _ = try root.read("directory", limit: 9) }?.kind == .badData)
    #expect(storageError { _ = try root.read("fifo", limit: 9) }?.kind == .badData)
    for path in ["link", "way/file", "out"] as [StoragePath] {
      #expect(storageError { _ = try root.read(path, limit: 1_000) }?.kind == .noInput, "\(path)")
      #expect(storageError { _ = try MappedFile(path, in: root) }?.kind == .noInput, "\(path)")
    }
    #expect(storageError { try root.atomicReplace("way/new", [1]) } != nil, "no write through a link")
    #expect(try temporary.names(in: "directory") == ["file"])
  }

  /// Replacing a link replaces the name, not what it led to.
  @Test func atomicReplace_doesNotFollowALink() throws {
    try temporary.plant("target", "safe")
    #expect(symlink("target", temporary.path + "/name") == 0)
    try root.atomicReplace("name", Array("new".utf8))
    #expect(try temporary.bytes("target") == Array("safe".utf8))
    #expect(try root.read("name", limit: 9) == Array("new".utf8))
  }

  @Test func errors_sayWhatToDo() {
    #expect(
      storageError { _ = try root.read("a/b", limit: 9) }.map { "\($0)" }
        == "\(temporary.path)/a: cannot open directory: No such file or directory (errno 2). Check the path.")
    #expect(
      storageError { _ = try StorageRoot(opening: temporary.path + "/none") }.map { "\($0)" }
        == "\(temporary.path)/none: cannot open directory: No such file or directory (errno 2). Check the path.")
  }

  @Test func creating_makesAllParents() throws {
    let made = try StorageRoot.creating(temporary.path + "/x/y/z")
    try made.atomicReplace("f", [7])
    #expect(try root.subroot("x/y").read("z/f", limit: 1) == [7])
    _ = try StorageRoot.creating(temporary.path + "/x/y/z")
    try temporary.plant("file", "")
    #expect(storageError { _ = try StorageRoot.creating(temporary.path + "/file/y") } != nil)
  }

  @Test func kinds_areToldApart() throws {
    try root.makeDirectory("d")
    try root.atomicReplace("f", [])
    try root.replaceLink("l", to: "d")
    #expect(try root.kind(of: "d") == .directory)
    #expect(try root.kind(of: "f") == .file)
    #expect(try root.kind(of: "l") == .symbolicLink)
    #expect(try root.kind(of: "n") == nil)
    #expect(try root.kind(of: "n/m") == nil)
    #expect(try !root.exists("n"))
    #expect(storageError { try root.makeDirectory("f/x") } != nil)
  }

  @Test func link_isReplacedAndResolved() throws {
    try root.makeDirectory("runs/one")
    try root.makeDirectory("runs/two")
    try root.replaceLink("runs/latest", to: "one")
    #expect(try root.resolveLink("runs/latest") == "runs/one")
    try root.replaceLink("runs/latest", to: "two")
    #expect(try root.resolveLink("runs/latest") == "runs/two")
    #expect(try temporary.names(in: "runs") == ["latest", "one", "two"])
    #expect(storageError { try root.replaceLink("runs/one", to: "two") }?.kind == .badData)
    #expect(storageError { _ = try root.resolveLink("runs/one") }?.kind == .badData)
    #expect(storageError { _ = try root.resolveLink("runs/none") }?.kind == .noInput)
  }

  @Test(arguments: ["/etc", "..", "../..", "one/../..", "absent", "file", "other", ".", "./one", "/", "one/"])
  func link_leadsNowhereElse(target: String) throws {
    try root.makeDirectory("runs/one")
    try temporary.plant("runs/file", "")
    #expect(symlink("one", temporary.path + "/runs/other") == 0)
    #expect(symlink(target, temporary.path + "/runs/latest") == 0)
    #expect(storageError { _ = try root.resolveLink("runs/latest") } != nil)
  }

  @Test func truncate_onlyShortens() throws {
    try root.atomicReplace("f", [1, 2, 3])
    try root.truncate("f", to: 2)
    #expect(try root.read("f", limit: 9) == [1, 2])
    #expect(storageError { try root.truncate("f", to: 3) }?.kind == .badData)
    #expect(storageError { try root.truncate("f", to: -1) }?.kind == .badData)
    #expect(try root.byteCount(of: "f") == 2)
  }

  /// Whoever can open a lock's file can hold it: only its owner may, also where an earlier codex let everybody.
  @Test func lock_isItsOwnersAlone() throws {
    func mode() throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: temporary.path + "/lock")[.posixPermissions] as? Int
    }
    _ = try FileLock("lock", in: root)
    #expect(try mode() == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: temporary.path + "/lock")
    _ = try FileLock("lock", in: root)
    #expect(try mode() == 0o600)
  }

  @Test func lock_excludesOthersUntilReleased() throws {
    var first: FileLock? = try FileLock("lock", in: root)
    let refusal = storageError { _ = try FileLock("lock", in: root) }
    #expect(refusal == .locked(path: temporary.path + "/lock"))
    #expect(refusal?.kind.rawValue == 75)
    withExtendedLifetime(first) {}
    first = nil
    _ = try FileLock("lock", in: root)
  }

  @Test func mappedFile_readsDigestsAndVerifies() throws {
    try root.atomicReplace("f", Array("abc".utf8))
    try root.atomicReplace("empty", [])
    let file = try MappedFile("f", in: root)
    #expect(file.withBytes { Array($0) } == Array("abc".utf8))
    #expect(file.digest() == Digest(of: "abc"))
    #expect(try MappedFile("empty", in: root).withBytes { $0.count } == 0)
    #expect(storageError { _ = try MappedFile("f", in: root, limit: 2) }?.kind == .badData)
  }
}
