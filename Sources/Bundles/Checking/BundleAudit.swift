import Schemas
import Storage

/// The comparison of a folder with what was packed, down to 4 KiB, also where `bundle.json` itself was changed.
///
/// The root digest decides whether `bundle.json` is the one that was packed: with the digests it lists it must give the
/// expected root. Then each file is compared with it, and `chunks.json` says where. Otherwise the files are compared with
/// `chunks.json`, and `bundle.json` with what it would have to be for them.
package struct BundleAudit {
  /// The manifest, if it could be read.
  package let manifest: BundleManifest?
  /// The root digest of the folder as it is.
  package let digest: Digest
  /// In the order of the files.
  package let findings: [BundleFinding]

  /// Reads the folder at `path`.
  init(_ path: StoragePath, in root: StorageRoot, expecting expected: Digest?) throws {
    guard try root.kind(of: path) == .directory else { throw BundleError.missing(path: root.name(path)) }
    let listing = try root.contents(below: path)
    var strangers = listing.strangers
    var files: [BundleFile] = []
    for name in listing.files {
      if try root.kind(of: path.appending(name)) == .file {
        files.append(BundleFile(name, file: try MappedFile(path.appending(name), in: root)))
      } else {
        strangers.append(name.description)
      }
    }
    let named = path.lastComponent.flatMap { try? Digest(parsing: "sha256:" + $0.text) }
    let experiment = path.parent.lastComponent.flatMap { try? ExperimentName(parsing: $0.text) }
    self.init(files, strangers: strangers, experiment: experiment, expecting: expected ?? named)
  }

  /// Compares files in memory.
  ///
  /// - Parameters:
  ///   - strangers: Names in the folder that no packed file can have.
  ///   - experiment: The folder of `artifacts/runs` that it stands in; helps to locate changes of `bundle.json`.
  package init(
    _ files: [BundleFile], strangers: [String] = [], experiment: ExperimentName?, expecting expected: Digest?
  ) {
    let byName = Dictionary(uniqueKeysWithValues: files.map { ($0.entry.path, $0) })
    let packed = files.filter { $0.path != BundleFolder.manifest && $0.path != BundleFolder.chunks }
    let chunks = byName[BundleFolder.chunks.description]
    let table = try? chunks?.canonicalRecord(ChunksRecord.self)
    digest = RootDigest.of(files.map(\.entry))
    var findings = strangers.map {
      BundleFinding(file: $0, rule: .extra, range: nil, message: "no packed file has such a name or kind")
    }
    defer { self.findings = findings.sorted { ($0.file, $0.range?.lowerBound ?? 0) < ($1.file, $1.range?.lowerBound ?? 0) } }
    guard let own = byName[BundleFolder.manifest.description] else {
      manifest = nil
      findings.append(
        BundleFinding(
          file: BundleFolder.manifest.description, rule: .missing, range: nil,
          message: "expected the manifest of a bundle, got no file"))
      return
    }
    manifest = try? own.canonicalRecord(BundleManifest.self)
    if let manifest, expected.map({ RootDigest.of(manifest.files + [own.entry]) == $0 }) ?? true {
      let differences = ListedFiles(manifest, chunks: table).findings(in: byName)
      let isChunkTableAlone = differences.allSatisfy { $0.file == BundleFolder.chunks.description }
      if let chunks, isChunkTableAlone, !differences.isEmpty {
        findings += [ChangedRecord.chunks(chunks, of: packed)]
      } else {
        findings += differences
      }
      if findings.isEmpty { findings = BundleConsistency(manifest, byName).findings() }
      if findings.isEmpty, let expected, expected != digest {
        // A file listed twice counts twice above, but is there once.
        findings.append(ChangedRecord.manifest(own, of: files, experiment: experiment, expected: expected, got: digest))
      }
    } else {
      if let table { findings += ListedFiles(table).findings(in: byName) }
      if table == nil, let chunks { findings.append(ChangedRecord.chunks(chunks, of: packed)) }
      findings.append(ChangedRecord.manifest(own, of: files, experiment: experiment, expected: expected, got: digest))
    }
  }
}
