import Bundles
import Registry
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct BundleStoreTests {
  private let tag = Tag(checked: "reasoning/M1")

  private func registered() throws -> (ScratchWorkspace, Bundle) {
    let workspace = try ScratchWorkspace()
    let run = StoredRunFixture()
    try run.write(in: workspace.root)
    let draft = try BundleDraft(run.path, in: workspace.root, packedBy: "1")
    return (
      workspace,
      try Registration(of: tag, in: workspace.root).complete(draft, notes: nil, codexVersion: "1", recordedAt: 5).bundle
    )
  }

  @Test func resolve_findsABundleByTagDigestAndFolder() throws {
    let (workspace, bundle) = try registered()
    let store = BundleStore(in: workspace.root)
    for reference in [BundleReference.tag(tag), .digest(bundle.digest), .folder(bundle.path)] {
      #expect(try store.resolve(reference).digest == bundle.digest)
    }
    #expect(try store.bundles(of: RunID(checked: bundle.manifest.runID)).map(\.digest) == [bundle.digest])
    #expect(try store.bundles(of: RunID(checked: "other")).isEmpty)
  }

  @Test func resolve_saysWhatThereIs() throws {
    let (workspace, _) = try registered()
    let store = BundleStore(in: workspace.root)
    let unknown = Tag(checked: "reasoning/M9")
    #expect(throws: RegistryError.unknownTag(unknown, known: [tag])) { try store.resolve(.tag(unknown)) }
    #expect(throws: RegistryError.unknownBundle(Digest(of: "x"))) { try store.resolve(.digest(Digest(of: "x"))) }
    #expect(
      "\(RegistryError.unknownTag(unknown, known: [tag]))"
        == "'reasoning/M9': no such tag; expected one of reasoning/M1. "
        + "A folder is written './…', a root digest 'sha256:…'.")
    #expect(throws: RegistryError.unknownTag(tag, known: [])) {
      try BundleStore(in: ScratchWorkspace().root).resolve(.tag(tag))
    }
  }

  @Test func resolve_refusesABundleOfWhichAByteChanged() throws {
    let (workspace, bundle) = try registered()
    try workspace.plant("\(bundle.path)/config.yaml", "seed: 2\n")
    for reference in [BundleReference.tag(tag), .digest(bundle.digest), .folder(bundle.path)] {
      #expect(throws: BundleError.self) { try BundleStore(in: workspace.root).resolve(reference) }
    }
  }

  @Test func movements_refuseALogOfWhichVersionsAreMissing() throws {
    let (workspace, bundle) = try registered()
    let gap = TagRecord(
      tag: tag, version: 3, bundleDigest: Digest(of: "x"), previousDigest: bundle.digest,
      experiment: bundle.manifest.experiment, runID: "r", notes: nil, codexVersion: "1", recordedAt: 1)
    _ = try ChainedLog(TagLog.path, in: workspace.root).append([gap])
    #expect(throws: StorageError.self) { try TagLog(in: workspace.root).movements() }
  }
}
