/// One file as a manifest lists it: enough to detect any change of its bytes.
public struct FileEntry: Codable, Hashable, Sendable {
  /// Relative to the manifest's directory, parts separated by `/`.
  public let path: String
  public let byteCount: Int
  public let digest: Digest

  public init(path: String, byteCount: Int, digest: Digest) {
    self.path = path
    self.byteCount = byteCount
    self.digest = digest
  }

  enum CodingKeys: String, CodingKey {
    case path
    case byteCount = "byte_count"
    case digest
  }
}
