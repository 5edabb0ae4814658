import Bundles
import Registry
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct RegistryAuditTests {
  private func registered() throws -> (ScratchWorkspace, [Bundle]) {
    let workspace = try ScratchWorkspace()
    let bundles = try ["reasoning/M1", "reasoning/M2"].map { tag in
      var run = StoredRunFixture()
      run.weights = Array(tag.utf8)
      try run.write(in: workspace.root)
      return try Registration(of: Tag(parsing: tag), in: workspace.root).complete(
        BundleDraft(run.path, in: workspace.root, packedBy: "1"), notes: nil, codexVersion: "1", recordedAt: 5
      ).bundle
    }
    return (workspace, bundles)
  }

  private func findings(_ workspace: ScratchWorkspace) throws -> [RegistryFinding] {
    try RegistryAudit(everythingIn: workspace.root).findings
  }

  @Test func everything_isSoundAfterRegistration() throws {
    let (workspace, _) = try registered()
    let audit = try RegistryAudit(everythingIn: workspace.root)
    #expect(audit.findings == [] && audit.bundleCount == 2 && audit.movementCount == 2)
    #expect(try RegistryAudit(everythingIn: ScratchWorkspace().root).findings == [])
  }

  @Test func aChangedByte_isNamedInItsBundle() throws {
    let (workspace, bundles) = try registered()
    let file = "\(bundles[1].path)/model/model.safetensors"
    try workspace.plant(file, "reasoning/M3")
    let found = try findings(workspace)
    #expect(found.map(\.place) == [workspace.root.name(try StoragePath(parsing: file))])
    #expect(found.first?.range == 0..<12 && found.first?.rule == "changed")
    #expect(try RegistryAudit(.tag(Tag(checked: "reasoning/M1")), in: workspace.root).findings == [])
    #expect(try RegistryAudit(.tag(Tag(checked: "reasoning/M2")), in: workspace.root).findings == found)
  }

  @Test func aBundleThatIsGone_isNamedByItsTag() throws {
    let (workspace, bundles) = try registered()
    try workspace.remove(bundles[0].path.description)
    let found = try findings(workspace)
    #expect(found.map(\.rule) == ["dangling"])
    #expect(found.first?.message == "version 1 of 'reasoning/M1' names this bundle, and it is not there")
  }

  /// The chain alone would not show it; `control_plainLog_hidesACut` of ChainedLogHeadTests does not.
  @Test(arguments: [false, true]) func aCutOfTheLog_isNoticed(deletingHead: Bool) throws {
    let (workspace, _) = try registered()
    let path = TagLog.path.description
    let lines = try workspace.bytes(path).split(separator: UInt8(ascii: "\n"))
    try workspace.plant(path, Array(lines.dropLast().joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")])
    if deletingHead { try workspace.remove(path + ".head") }
    #expect(try findings(workspace).map(\.rule) == ["chain"])
    #expect(throws: StorageError.self) { try TagLog(in: workspace.root).movements() }
    let before = try workspace.tree()
    #expect(throws: StorageError.self) {
      try TagLog(in: workspace.root).move(Tag(checked: "reasoning/M3"), to: Digest(of: "b"), seen: nil) { _ in
        preconditionFailure("nothing may be decided on a log that was cut")
      }
    }
    #expect(try workspace.tree() == before)
    try workspace.remove(path)
    #expect(try findings(workspace).isEmpty == deletingHead, "without either file no tag was ever made")
  }

  @Test func everyChangedByteOfTheLog_isNoticed() throws {
    let (workspace, _) = try registered()
    let path = TagLog.path.description
    let original = try workspace.bytes(path)
    for offset in original.indices {
      var bytes = original
      bytes[offset] ^= UInt8(1 << (offset % 8))
      try workspace.plant(path, bytes)
      #expect(try !findings(workspace).isEmpty, "byte \(offset)")
    }
  }
}
