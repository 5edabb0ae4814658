import Schemas
import Storage

/// Finds where `bundle.json` or `chunks.json` was changed, from what the other files say they must be.
enum ChangedRecord {
  /// `chunks.json` follows from the other files entirely.
  static func chunks(_ file: BundleFile, of packed: [BundleFile]) -> BundleFinding {
    let expected = (try? BundleFile.canonical(ChunksRecord(of: packed))) ?? []
    return finding(in: file, prefix: expected, suffix: [], message: "it does not follow from the files it lists")
  }

  /// `bundle.json` follows from the other files but for the version that packed and the source revision.
  ///
  /// Where even that cannot be said, because the files disagree too, the place is where reading fails.
  static func manifest(
    _ file: BundleFile, of files: [BundleFile], experiment: ExperimentName?, expected: Digest?, got: Digest
  ) -> BundleFinding {
    let message = expected.map { "expected the root digest \($0), got \(got)" } ?? "no manifest of a bundle"
    guard let experiment, let (prefix, suffix) = template(of: files, experiment: experiment) else {
      return unreadable(file, message: message)
    }
    return finding(in: file, prefix: prefix, suffix: suffix, message: message)
  }

  /// The bytes of the manifest before and after the two values that nothing else in the bundle tells.
  private static func template(
    of files: [BundleFile], experiment: ExperimentName
  ) -> (prefix: [UInt8], suffix: [UInt8])? {
    let marker = "?"
    guard
      let metadata = try? files.first(where: { $0.path == BundleFolder.runMetadata })?.record(RunMetadata.self),
      let manifest = BundleManifest(
        of: metadata, experiment: experiment, sourceRevision: marker, packedBy: marker,
        files: files.filter { $0.path != BundleFolder.manifest }.map(\.entry)),
      let bytes = try? BundleFile.canonical(manifest)
    else { return nil }
    // The keys of `provenance` stand in this order: numerics_fingerprint, packed_by, seed, source_revision, trained_by.
    let text = String(decoding: bytes, as: UTF8.self)
    let (before, after) = ("\"packed_by\":\"", "\"trained_by\":")
    guard let start = text.firstRange(of: before + marker), let end = text.firstRange(of: after) else { return nil }
    return (Array(text[..<start.lowerBound].utf8) + Array(before.utf8), Array(text[end.lowerBound...].utf8))
  }

  /// The first byte of `file` that differs from `prefix`, else the last that differs from `suffix`, else the bytes
  /// between them.
  private static func finding(
    in file: BundleFile, prefix: [UInt8], suffix: [UInt8], message: String
  ) -> BundleFinding {
    let bytes = file.bytes
    let name = file.entry.path
    let head = zip(bytes, prefix).prefix { $0 == $1 }.count
    guard head == prefix.count, suffix.isEmpty ? head == bytes.count : true else {
      return BundleFinding(file: name, rule: .changed, range: head..<(head + 1), message: message)
    }
    let tail = zip(bytes.reversed(), suffix.reversed()).prefix { $0 == $1 }.count
    guard tail == suffix.count else {
      let last = max(bytes.count - tail - 1, 0)
      return BundleFinding(file: name, rule: .changed, range: last..<(last + 1), message: message)
    }
    return BundleFinding(
      file: name, rule: .changed, range: head..<max(head, bytes.count - tail), message: message)
  }

  private static func unreadable(_ file: BundleFile, message: String) -> BundleFinding {
    var range = 0..<file.entry.byteCount
    do { _ = try file.canonicalRecord(BundleManifest.self) } catch StorageError.malformed(_, _, let offset, _, _, _) {
      range = offset..<(offset + 1)
    } catch {}
    return BundleFinding(file: file.entry.path, rule: .changed, range: range, message: message)
  }
}
