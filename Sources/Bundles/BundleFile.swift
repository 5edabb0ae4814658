import Schemas
import Storage

/// One file of a bundle with the digests of its bytes, taken in one pass.
package struct BundleFile: Sendable {
  package let path: StoragePath
  package let entry: FileEntry
  /// Of each `BundleFolder.chunkByteCount` bytes.
  package let chunks: [Digest]
  private let content: Content

  private enum Content: Sendable {
    case bytes([UInt8])
    case mapped(MappedFile)
  }

  /// A file that exists only in memory so far.
  package init(_ path: StoragePath, bytes: [UInt8]) {
    self.init(path, .bytes(bytes))
  }

  /// A file on disk, which stands at `path` in the bundle.
  package init(_ path: StoragePath, file: MappedFile) {
    self.init(path, .mapped(file))
  }

  private init(_ path: StoragePath, _ content: Content) {
    self.path = path
    self.content = content
    (entry, chunks) = Self.withBytes(of: content) { bytes in
      var whole = DigestStream()
      var chunks: [Digest] = []
      for start in stride(from: 0, to: bytes.count, by: BundleFolder.chunkByteCount) {
        // SAFETY: both ends lie within `bytes`.
        let chunk = UnsafeRawBufferPointer(
          rebasing: bytes[start..<min(start + BundleFolder.chunkByteCount, bytes.count)])
        whole.update(chunk)
        chunks.append(Digest(of: chunk))
      }
      return (FileEntry(path: path.description, byteCount: bytes.count, digest: whole.finish()), chunks)
    }
  }

  /// Calls `body` with the bytes that the digests were taken of.
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try Self.withBytes(of: content, body)
  }

  /// The bytes, copied.
  package var bytes: [UInt8] { withBytes { Array($0) } }

  private static func withBytes<R>(
    of content: Content, _ body: (UnsafeRawBufferPointer) throws -> R
  ) rethrows -> R {
    switch content {
    case .bytes(let bytes): try bytes.withUnsafeBytes(body)
    case .mapped(let file): try file.withBytes(body)
    }
  }

  /// The record that is the whole file. Errors say where in the file.
  func record<R: Record>(_ type: R.Type) throws -> R {
    try withBytes { try RecordDecoder().record(type, from: $0, path: path.description) }
  }

  /// The record that the file is, provided that it is spelled as codex spells it: canonically, with a final newline.
  func canonicalRecord<R: Record>(_ type: R.Type) throws -> R {
    let record = try record(type)
    let expected = try Self.canonical(record)
    let got = bytes
    guard got == expected else {
      let offset = zip(got, expected).prefix { $0 == $1 }.count
      throw StorageError.malformed(
        path: path.description, line: nil, offset: offset, expected: "canonical JSON and one newline",
        got: "another spelling", fault: .notCanonical)
    }
    return record
  }

  /// The bytes of `record` as codex writes a file of it.
  static func canonical(_ record: some Record) throws -> [UInt8] {
    try RecordEncoder().bytes(of: record) + [UInt8(ascii: "\n")]
  }
}

extension ChunksRecord {
  /// The chunks of `files`, in the order of their paths.
  init(of files: [BundleFile]) {
    self.init(
      chunkByteCount: BundleFolder.chunkByteCount,
      files: files.sorted { $0.path < $1.path }.map {
        File(path: $0.entry.path, byteCount: $0.entry.byteCount, digests: $0.chunks)
      })
  }
}
