/// Digests of every 4 KiB of a bundle's files, so that a changed byte can be located: its `chunks.json`.
public struct ChunksRecord: Record, Equatable {
  public static let schema = "codex.chunks/1"

  /// One file of the bundle; `bundle.json` and `chunks.json` itself are not among them.
  public struct File: Codable, Sendable, Equatable {
    /// Relative to the bundle, parts separated by `/`.
    public let path: String
    public let byteCount: Int
    /// SHA-256 of each chunk in order; the last one may be shorter, an empty file has none.
    public let digests: [Digest]

    enum CodingKeys: String, CodingKey {
      case path, digests
      case byteCount = "byte_count"
    }

    public init(path: String, byteCount: Int, digests: [Digest]) {
      self.path = path
      self.byteCount = byteCount
      self.digests = digests
    }
  }

  /// Bytes of a chunk.
  public let chunkByteCount: Int
  /// Sorted by path.
  public let files: [File]

  enum CodingKeys: String, CodingKey {
    case files
    case chunkByteCount = "chunk_byte_count"
  }

  public init(chunkByteCount: Int, files: [File]) {
    self.chunkByteCount = chunkByteCount
    self.files = files
  }
}
