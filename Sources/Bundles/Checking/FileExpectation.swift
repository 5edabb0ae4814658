import Schemas

/// What one file of a bundle should be, as far as a manifest tells.
struct FileExpectation {
  let path: String
  let byteCount: Int
  /// Of the whole file, where it is known.
  let digest: Digest?
  /// Of each 4 KiB, where they are known.
  let chunks: [Digest]?

  /// How `file` differs from this; empty if it does not.
  func findings(in file: BundleFile?) -> [BundleFinding] {
    guard let file else {
      return [
        BundleFinding(file: path, rule: .missing, range: nil, message: "expected \(byteCount) bytes, got no file")
      ]
    }
    let got = file.entry.byteCount
    guard got == byteCount else { return [otherSize(got, file.chunks)] }
    if let digest, digest == file.entry.digest { return [] }
    let ranges = chunks.map { Self.differences(between: $0, and: file.chunks, byteCount: byteCount) } ?? []
    if ranges.isEmpty, digest == nil { return [] }
    let places = ranges.isEmpty ? [0..<byteCount] : ranges
    return places.map {
      BundleFinding(
        file: path, rule: .changed, range: $0,
        message: digest.map { "expected a file of \($0), got \(file.entry.digest)" } ?? "other bytes than were packed")
    }
  }

  private func otherSize(_ got: Int, _ found: [Digest]) -> BundleFinding {
    // The first chunk that differs: a shorter last one has another digest in any case.
    let index = zip(chunks ?? [], found).prefix { $0 == $1 }.count
    let start = chunks == nil ? min(got, byteCount) : min(index * BundleFolder.chunkByteCount, got)
    let end = min(start + BundleFolder.chunkByteCount, max(got, byteCount))
    return BundleFinding(
      file: path, rule: got < byteCount ? .truncated : .extended, range: start..<end,
      message: "expected \(byteCount) bytes, got \(got)")
  }

  /// Runs of chunks whose digests differ, as byte ranges. Both lists belong to files of `byteCount` bytes.
  private static func differences(
    between expected: [Digest], and found: [Digest], byteCount: Int
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for (index, pair) in zip(expected, found).enumerated() where pair.0 != pair.1 {
      let start = index * BundleFolder.chunkByteCount
      let end = min(start + BundleFolder.chunkByteCount, byteCount)
      if let last = ranges.last, last.upperBound == start {
        ranges[ranges.count - 1] = last.lowerBound..<end
      } else {
        ranges.append(start..<end)
      }
    }
    return ranges
  }
}
