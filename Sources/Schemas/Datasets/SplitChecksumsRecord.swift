/// Sizes and digests of a dataset's example files: `split_checksums.json`.
public struct SplitChecksumsRecord: Record, Hashable {
  public static let schema = "codex.split_checksums/1"

  /// In the order train (its stages in order), validation, test.
  public let files: [FileEntry]

  public init(files: [FileEntry]) { self.files = files }
}
