/// The caps of every reader in this module, in one table that tests read.
public enum Limits {
  /// Bytes of one JSON document.
  public static let jsonByteCount = 64 << 20
  /// Nested arrays and objects.
  public static let jsonDepth = 64
  /// Bytes of one NDJSON line, its newline included.
  public static let lineByteCount = 1 << 20
  /// Bytes of the head file beside a chained log.
  public static let headByteCount = 4 << 10
  /// Bytes of a safetensors header, as in the reference implementation.
  public static let safetensorsHeaderByteCount = 100_000_000
  /// Tensors in one safetensors file.
  public static let safetensorsTensorCount = 65_536
  /// Bytes of one path component (Linux NAME_MAX).
  public static let componentByteCount = 255
  /// Components of one path.
  public static let componentCount = 32
}
