import Bundles
import Schemas
import Storage
import TestSupport
import Testing

/// docs/reference/bundle.md documents exactly the keys that the records write.
@Suite struct BundleReferencePageTests {
  private let digest = Digest(of: "d")

  private var manifest: BundleManifest {
    BundleManifest(
      runID: "r", template: "t", experiment: ExperimentName(checked: "e"), weightsDigest: digest, configDigest: digest,
      datasetDigest: digest, ledgerHead: LedgerHead(sequence: 0, digest: digest),
      provenance: .init(sourceRevision: "s", trainedBy: "1", packedBy: "2", seed: 3, numericsFingerprint: "n"),
      files: [])
  }
  private var probe: ProbeRecord {
    ProbeRecord(problemID: digest, world: "w", goal: "g", level: 1, category: "c")
  }
  private var chunks: ChunksRecord {
    ChunksRecord(chunkByteCount: 4096, files: [.init(path: "p", byteCount: 1, digests: [digest])])
  }
  private var tag: TagRecord {
    TagRecord(
      tag: Tag(checked: "t"), version: 2, bundleDigest: digest, previousDigest: digest,
      experiment: ExperimentName(checked: "e"), runID: "r", notes: "n", codexVersion: "0", recordedAt: 1.5)
  }

  @Test func page_documentsEveryKey() throws {
    let here = "Tests/BundlesTests/BundleReferencePageTests.swift"
    let root = try StorageRoot(opening: String(#filePath.dropLast(here.count)))
    let page = ReferencePage(
      markdown: String(decoding: try root.read("docs/reference/bundle.md", limit: 1 << 20), as: UTF8.self))
    func keys(_ value: some Encodable) throws -> [String] {
      guard case .object(let object) = try RecordEncoder().value(of: value) else { return [] }
      return object.members.map(\.key)
    }
    #expect(page.disagreements(in: BundleManifest.schema, with: try keys(manifest)) == [])
    #expect(page.disagreements(in: "provenance", with: try keys(manifest.provenance)) == [])
    #expect(page.disagreements(in: ProbeRecord.schema, with: try keys(probe)) == [])
    #expect(page.disagreements(in: ChunksRecord.schema, with: try keys(chunks)) == [])
    #expect(page.disagreements(in: "chunks of a file", with: try keys(chunks.files[0])) == [])
    #expect(page.disagreements(in: TagRecord.schema, with: try keys(tag)) == [])
    #expect(!page.disagreements(in: TagRecord.schema, with: try keys(probe)).isEmpty)  // control
  }

  @Test func records_surviveBeingWrittenAndRead() throws {
    func survives<R: Record & Equatable>(_ record: R) throws -> Bool {
      try RecordDecoder().record(R.self, from: RecordEncoder().bytes(of: record)) == record
    }
    #expect(try survives(manifest))
    #expect(try survives(probe))
    #expect(try survives(chunks))
    #expect(try survives(tag))
  }
}
