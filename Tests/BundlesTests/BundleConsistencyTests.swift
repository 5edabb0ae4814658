import Bundles
import Schemas
import Storage
import Testing

/// A bundle whose every digest is right, but whose files do not belong together.
@Suite struct BundleConsistencyTests {
  /// Replaces bytes of `file` and makes every digest of the bundle fit again, as somebody who forges one would.
  private func forged(_ file: String, _ change: (String) -> String) throws -> [BundleFinding] {
    let fixture = try BundleFixture()
    var files = try fixture.contents()
    files[file] = Array(change(String(decoding: files[file] ?? [], as: UTF8.self)).utf8)
    func text(_ name: String) -> String { String(decoding: files[name] ?? [], as: UTF8.self) }
    if file != "chunks.json" {
      let packed = try files.filter { !["bundle.json", "chunks.json"].contains($0.key) }.map {
        BundleFile(try StoragePath(parsing: $0.key), bytes: $0.value)
      }
      let table = ChunksRecord(
        chunkByteCount: 4096,
        files: packed.sorted { $0.path < $1.path }.map {
          .init(path: $0.entry.path, byteCount: $0.entry.byteCount, digests: $0.chunks)
        })
      files["chunks.json"] = try RecordEncoder().bytes(of: table) + [0x0A]
    }
    if file != "bundle.json" {
      let old = fixture.bundle.manifest
      let entries = try old.files.map { entry in
        BundleFile(try StoragePath(parsing: entry.path), bytes: files[entry.path] ?? []).entry
      }
      let manifest = BundleManifest(
        runID: old.runID, template: old.template, experiment: old.experiment, weightsDigest: old.weightsDigest,
        configDigest: old.configDigest, datasetDigest: old.datasetDigest, ledgerHead: old.ledgerHead,
        provenance: old.provenance, files: entries)
      files["bundle.json"] = try RecordEncoder().bytes(of: manifest) + [0x0A]
    }
    return BundleAudit(
      try files.map { BundleFile(try StoragePath(parsing: $0.key), bytes: $0.value) },
      experiment: old(fixture), expecting: nil
    ).findings
  }

  private func old(_ fixture: BundleFixture) -> ExperimentName { fixture.bundle.manifest.experiment }

  @Test func control_aForgeryThatChangesNothingIsSound() throws {
    #expect(try forged("run_metadata.json") { $0 } == [])
    #expect(try forged("bundle.json") { $0 } == [])
  }

  @Test(arguments: [
    ("run_metadata.json", "baseline-0123456789ab", "baseline-0123456789ac"),
    ("run_metadata.json", "\"completed\"", "\"running\""),
    ("run_metadata.json", "\"seed\":7", "\"seed\":8"),
    ("run_metadata.json", "\"template\":\"baseline\"", "\"template\":\"curriculum\""),
    ("run_metadata.json", "weights_digest\":\"sha256:", "weights_digest\":\"sha256:0"),
    ("dataset_manifest.json", "content_digest", "content_digests"),
    ("evidence/test-00000000000a.json", "test-00000000000a", "test-00000000000c"),
    ("evidence/test-00000000000a.json", "baseline-0123456789ab", "baseline-0123456789ac"),
    ("model/model.safetensors", "\u{0}", "\u{1}"),
    ("probes.ndjson", "\"goal\":", "\"gaol\":"),
    ("probes.ndjson", "\n", ""),
    ("bundle.json", "\"seed\":7", "\"seed\":8"),
    ("bundle.json", "baseline-0123456789ab", "baseline-0123456789ac"),
    ("chunks.json", "sha256:", "sha256:0"),
  ])
  func contradictions_areFound(file: String, from: String, to: String) throws {
    let found = try forged(file) { text in
      #expect(text.contains(from) || file.hasPrefix("model/"))
      return text.replacing(from, with: to)
    }
    #expect(!found.isEmpty)
  }
}
