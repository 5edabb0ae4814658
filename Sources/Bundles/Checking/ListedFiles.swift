import Schemas

/// The files that a manifest lists, to be compared with those that are there.
struct ListedFiles {
  private let expectations: [FileExpectation]
  /// Files that are there without being listed.
  private let unlisted: Set<String>

  /// What `manifest` lists; `chunks` says where in a file a difference is.
  init(_ manifest: BundleManifest, chunks: ChunksRecord?) {
    let table = Dictionary(chunks?.files.map { ($0.path, $0) } ?? [], uniquingKeysWith: { first, _ in first })
    expectations = manifest.files.map { entry in
      let listed = table[entry.path].flatMap { $0.byteCount == entry.byteCount ? $0.digests : nil }
      return FileExpectation(path: entry.path, byteCount: entry.byteCount, digest: entry.digest, chunks: listed)
    }
    unlisted = [BundleFolder.manifest.description]
  }

  /// What `chunks` alone lists.
  init(_ chunks: ChunksRecord) {
    expectations = chunks.files.map {
      FileExpectation(path: $0.path, byteCount: $0.byteCount, digest: nil, chunks: $0.digests)
    }
    unlisted = [BundleFolder.manifest.description, BundleFolder.chunks.description]
  }

  /// Changed, missing and additional files among `files`, which are keyed by path.
  func findings(in files: [String: BundleFile]) -> [BundleFinding] {
    let listed = Set(expectations.map(\.path)).union(unlisted)
    let extra = files.keys.filter { !listed.contains($0) }.map {
      BundleFinding(file: $0, rule: .extra, range: nil, message: "it was never packed")
    }
    return expectations.flatMap { $0.findings(in: files[$0.path]) } + extra
  }
}
