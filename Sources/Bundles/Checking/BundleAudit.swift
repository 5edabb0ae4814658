import Schemas
import Storage

/// The comparison of a folder with what was packed, down to 4 KiB, also where `bundle.json` itself was changed.
///
/// The root digest decides whether `bundle.json` is the one that was packed: with the digests it lists it must give the
/// expected root. Then each file is compared with it, and `chunks.json` says where. Otherwise the files are compared with
/// `chunks.json`, and `bundle.json` with what it would have to be for them.
public struct BundleAudit {
  /// The manifest, if it could be read.
  package let manifest: BundleManifest?
  /// The root digest of the folder as it is.
  public let digest: Digest
  /// The root digest that it must have: the one asked for, else the one that its name says.
  public let expectedDigest: Digest?
  /// Every file that a packed one could be, with the digest of its bytes.
  public let entries: [FileEntry]
  /// In the order of the files.
  public let findings: [BundleFinding]

  /// Reads the folder at `path`.
  ///
  /// - Parameter expected: The root digest that it must have. Without it the folder's name decides, if that is a digest.
  /// - Throws: `BundleError.missing`, `StorageError` where files cannot be read.
  public init(_ path: StoragePath, in root: StorageRoot, expecting expected: Digest? = nil) throws {
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
    let own = files.first { $0.path == BundleFolder.manifest }
    let manifest = try? own?.canonicalRecord(BundleManifest.self)
    self.manifest = manifest
    entries = files.map(\.entry)
    digest = RootDigest.of(entries)
    expectedDigest = expected
    let comparison = Comparison(files: files, experiment: experiment, expected: expected, got: digest)
    let differences = own.map { comparison.findings(manifest: manifest, own: $0) } ?? [Self.noManifest]
    findings =
      (differences
      + strangers.map {
        BundleFinding(file: $0, rule: .extra, range: nil, message: "no packed file has such a name or kind")
      }).sorted { ($0.file, $0.range?.lowerBound ?? 0) < ($1.file, $1.range?.lowerBound ?? 0) }
  }

  private static var noManifest: BundleFinding {
    BundleFinding(
      file: BundleFolder.manifest.description, rule: .missing, range: nil,
      message: "expected the manifest of a bundle, got no file")
  }
}

/// Files that are compared with what was packed.
private struct Comparison {
  let files: [BundleFile]
  let experiment: ExperimentName?
  let expected: Digest?
  let got: Digest

  /// - Parameters:
  ///   - manifest: What `own` says, if it could be read.
  ///   - own: `bundle.json`.
  func findings(manifest: BundleManifest?, own: BundleFile) -> [BundleFinding] {
    let table = try? chunks?.canonicalRecord(ChunksRecord.self)
    guard let manifest, isAuthentic(manifest, own) else {
      let others = table.map { ListedFiles($0).findings(in: byName) } ?? chunks.map { [changedChunks($0)] } ?? []
      return others + [changedManifest(own)]
    }
    let differences = ListedFiles(manifest, chunks: table).findings(in: byName)
    if let chunks, !differences.isEmpty, differences.allSatisfy({ $0.file == BundleFolder.chunks.description }) {
      return [changedChunks(chunks)]
    }
    guard differences.isEmpty else { return differences }
    // A file listed twice counts twice for authenticity, but is there once.
    guard expected == nil || expected == got else { return [changedManifest(own)] }
    return BundleConsistency(manifest, byName).findings()
  }

  /// Whether the digests that `manifest` lists give the expected root together with its own: then it was not changed.
  private func isAuthentic(_ manifest: BundleManifest, _ own: BundleFile) -> Bool {
    expected.map { RootDigest.of(manifest.files + [own.entry]) == $0 } ?? true
  }

  private var byName: [String: BundleFile] { Dictionary(uniqueKeysWithValues: files.map { ($0.entry.path, $0) }) }

  private var chunks: BundleFile? { files.first { $0.path == BundleFolder.chunks } }

  private func changedChunks(_ chunks: BundleFile) -> BundleFinding {
    let packed = files.filter { $0.path != BundleFolder.manifest && $0.path != BundleFolder.chunks }
    return ChangedRecord.chunks(chunks, of: packed)
  }

  private func changedManifest(_ own: BundleFile) -> BundleFinding {
    ChangedRecord.manifest(own, of: files, experiment: experiment, expected: expected, got: got)
  }
}
