import Foundation
import Schemas
import Storage
import Testing

@Suite struct PublishingTests {
  struct Manifest: Record, Equatable {
    static let schema = "codex.manifest/1"
    var files: [FileEntry]
  }

  let temporary: TemporaryDirectory
  var root: StorageRoot { temporary.root }

  init() throws { temporary = try TemporaryDirectory() }

  private func publish(_ path: StoragePath = "set", text: String = "hello", replacing: Bool = false) throws {
    try root.publishDirectory(path, replacing: replacing) { staging in
      try staging.write("a.txt", Array(text.utf8))
      try staging.writeFile("deep/er/lines.ndjson") { file in
        for id in 0..<100 { try file.append(record: SampleRecord(id: id)) }
      }
      try staging.write("big", [UInt8](repeating: 7, count: 1 << 19))
      try staging.seal("manifest.json", manifest: Manifest(files: staging.entries))
    }
  }

  private func verify(_ path: StoragePath = "set") throws {
    let manifest = try root.read(Manifest.self, at: path.appending("manifest.json" as StoragePath))
    try root.verify(manifest.files, in: path, besides: ["manifest.json"])
  }

  @Test func publish_makesAllFilesVisible() throws {
    try publish()
    try verify()
    #expect(try temporary.names() == ["set"])
    #expect(
      try root.files(below: "set") == ["a.txt", "big", "deep/er/lines.ndjson", "manifest.json"])
    var reader = try NDJSONReader("set/deep/er/lines.ndjson", in: root, mode: .strict)
    #expect(try reader.records(SampleRecord.self) == (0..<100).map { SampleRecord(id: $0) })
  }

  @Test func publish_replacesOnlyWhenTold() throws {
    try publish()
    #expect(storageError { try publish(text: "other") } == .alreadyExists(path: temporary.path + "/set"))
    #expect(try root.read("set/a.txt", limit: 99) == Array("hello".utf8))
    try publish(text: "other", replacing: true)
    #expect(try root.read("set/a.txt", limit: 99) == Array("other".utf8))
    try verify()
    #expect(try temporary.names() == ["set"])
    try temporary.plant("file", "")
    #expect(storageError { try publish("file", replacing: true) }?.kind == .badData)
  }

  /// A body that fails leaves nothing, and the old directory as it was.
  @Test func publish_isAllOrNothing() throws {
    struct Failure: Error {}
    try publish()
    for path in ["set", "new"] as [StoragePath] {
      #expect(throws: Failure.self) {
        try root.publishDirectory(path, replacing: true) { staging in
          try staging.write("deep/file", [1])
          throw Failure()
        }
      }
    }
    #expect(
      storageError {
        try root.publishDirectory("new") {
          try $0.write("a", [1])
          try $0.write("a", [2])
        }
      } != nil)
    #expect(try temporary.names() == ["set"])
    try verify()
  }

  @Test func publishFile_makesOneFileVisible_andNothingElse() throws {
    let entry = try root.publishFile("model.gguf") { file in
      #expect(try root.kind(of: "model.gguf") == nil, "invisible until it is complete")
      for byte in 0..<UInt8(3) { try file.append([UInt8](repeating: byte, count: 1 << 18)) }
    }
    #expect(entry.byteCount == 3 << 18)
    #expect(try MappedFile("model.gguf", in: root).digest() == entry.digest)
    #expect(try temporary.names() == ["model.gguf"])
  }

  @Test func publishFile_replacesNothing() throws {
    struct Failure: Error {}
    try temporary.plant("old", "old")
    #expect(storageError { try root.publishFile("old") { _ in Issue.record("ran") } }?.kind == .cannotCreate)
    // One that appears while the other is written wins.
    let late = storageError {
      try root.publishFile("new") { file in
        try file.append([1])
        try temporary.plant("new", "somebody else's")
      }
    }
    #expect(late == .alreadyExists(path: temporary.path + "/new"))
    #expect(throws: Failure.self) { try root.publishFile("none") { _ in throw Failure() } }
    #expect(try temporary.names() == ["new", "old"])
    #expect(try temporary.bytes("new") == Array("somebody else's".utf8))
  }

  @Test func retire_removesOneDirectoryOnly() throws {
    try publish("one")
    try publish("two")
    try temporary.plant("outside", "safe")
    #expect(symlink("../../outside", temporary.path + "/one/deep/link") == 0)
    try root.retireDirectory("one")
    #expect(try temporary.names() == ["outside", "two"])
    #expect(storageError { try root.retireDirectory("outside") } != nil)
    #expect(storageError { try root.retireDirectory("none") } != nil)
  }

  /// Every flipped bit, cut and added file of a published directory is found; a pristine one passes.
  @Test func verify_findsEveryChange() throws {
    try root.publishDirectory("set") { staging in
      try staging.write("a", Array("some bytes".utf8))
      try staging.write("b", [])
      try staging.seal("manifest.json", manifest: Manifest(files: staging.entries))
    }
    let pristine = try temporary.bytes("set/a")
    let manifest = try temporary.bytes("set/manifest.json")
    for bit in 0..<(8 * pristine.count) {
      var changed = pristine
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      try temporary.plant("set/a", changed)
      #expect(storageError { try verify() }?.kind == .badData, "bit \(bit)")
    }
    for count in 0..<pristine.count {
      try temporary.plant("set/a", Array(pristine.prefix(count)))
      #expect(storageError { try verify() }?.kind == .badData, "cut to \(count)")
    }
    try temporary.plant("set/a", pristine)
    try verify()
    // A flip in the manifest breaks its syntax, a name, a size or a digest.
    for bit in 0..<(8 * manifest.count) {
      var changed = manifest
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      try temporary.plant("set/manifest.json", changed)
      #expect(throws: (any Error).self, "manifest bit \(bit)") { try verify() }
    }
    try temporary.plant("set/manifest.json", manifest)
    try temporary.plant("set/extra", "")
    #expect(storageError { try verify() }?.kind == .badData)
    try FileManager.default.removeItem(atPath: temporary.path + "/set/extra")
    try verify()
    try FileManager.default.removeItem(atPath: temporary.path + "/set/b")
    #expect(storageError { try verify() }?.kind == .noInput)
  }

  @Test(arguments: ["../outside", "/etc/passwd", "a/../../outside", "", ".", "link"])
  func verify_refusesHostileEntries(path: String) throws {
    try temporary.plant("outside", "x")
    try temporary.plant("set/a", "x")
    #expect(symlink("../outside", temporary.path + "/set/link") == 0)
    let entry = FileEntry(path: path, byteCount: 1, digest: Digest(of: "x"))
    #expect(storageError { try root.verify([entry], in: "set", besides: ["a", "link"]) } != nil)
  }

  /// Control: a writer that fills the final name in place is caught half-way, ours never is.
  @Test func control_naiveWriterIsSeenHalfWay() throws {
    try temporary.plant("naive/a", "one")
    #expect(storageError { try verify("naive") } != nil, "visible without its manifest")
    try root.publishDirectory("ours") { staging in
      try staging.write("a", [1])
      #expect(try root.list().map(\.text) == ["naive"], "nothing is visible while it is written")
      #expect(try !root.exists("ours"))
      try staging.seal("manifest.json", manifest: Manifest(files: staging.entries))
    }
    try verify("ours")
  }
}
