/// The caps of every reader in this module, in one table that tests read.
public enum CompositionLimits {
  /// Bytes of one YAML file.
  public static let yamlByteCount = 256 << 10
  /// Nested collections of one YAML file.
  public static let yamlDepth = 64
  /// Values of one file once its aliases are expanded, and of one composed configuration.
  public static let nodeCount = 100_000
  /// Bytes that one YAML file's aliases stand for, nested ones expanded.
  public static let expandedByteCount = 1 << 20
  /// Nested collections of one composed configuration, references followed.
  public static let treeDepth = 256
  /// Keys of one dotted path.
  public static let pathDepth = 64
  /// Bytes of one mapping key.
  public static let keyByteCount = 512
  /// Bytes of one override.
  public static let overrideByteCount = 64 << 10
  /// Overrides of one composition.
  public static let overrideCount = 1024
  /// Values of one range in an override.
  public static let sweepValueCount = 10_000
  /// Runs of one sweep.
  public static let sweepRunCount = 100_000
  /// Nested lists, mappings or interpolations in one override or string.
  public static let overrideDepth = 32
  /// Configs that include one another, from the primary config to the deepest.
  public static let includeDepth = 32
  /// Configs below one directory.
  public static let configCount = 10_000
  /// Entries of all defaults lists of one composition.
  public static let defaultsCount = 16_384
  /// References from one interpolation to the next.
  public static let interpolationDepth = 64
  /// Bytes of one string built by interpolation.
  public static let interpolatedByteCount = 64 << 10
}
