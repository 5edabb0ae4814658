/// Reads one YAML document into a configuration value that knows its lines.
///
/// What a scalar means is `YAMLScalar`'s decision. Keys are their text, whatever a plain scalar of that spelling would
/// mean as a value. Merge keys (`<<: *base`) are expanded.
public enum YAMLReader {
  /// Reads `bytes` (UTF-8). An empty document is an empty mapping, as in Hydra.
  ///
  /// - Parameter file: The name that errors and origins show.
  /// - Throws: `ConfigError` for text that is no single document, duplicate keys, unknown tags and passed limits.
  /// - Complexity: O(bytes + what aliases stand for).
  public static func read(_ bytes: [UInt8], file: String) throws -> ConfigNode {
    let start = Origin.file(path: file, line: 1, column: 1)
    guard bytes.count <= CompositionLimits.yamlByteCount else {
      throw ConfigError.limitExceeded(what: "bytes", limit: CompositionLimits.yamlByteCount, origin: start)
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ConfigError.unreadableYAML(origin: start, problem: "the bytes are not UTF-8; save the file as UTF-8")
    }
    try checkCharacters(YAMLCursor(bytes, file: file))
    let root = try YAMLParser.parse(bytes, file: file)
    if case .null = root.value { return ConfigNode(.mapping([:]), origin: root.origin) }
    return root
  }

  /// Refuses control characters, and those that end a line in YAML 1.1 and do not in 1.2.
  private static func checkCharacters(_ start: YAMLCursor) throws {
    var cursor = start
    while !cursor.isAtEnd {
      let byte = cursor.current
      if byte.isYAMLBreak {
        cursor.takeBreak()
        continue
      }
      let next = cursor.byte(at: cursor.position + 1), third = cursor.byte(at: cursor.position + 2)
      switch (byte, next, third) {
      case (0..<0x20, _, _) where byte != UInt8(ascii: "\t"), (0x7F, _, _), (0xC2, 0x80...0x84, _),
        (0xC2, 0x86...0x9F, _),
        (0xEF, 0xBF, 0xBE...0xBF):
        throw cursor.error("a control character; write it as an escape in double quotes")
      case (0xC2, 0x85, _), (0xE2, 0x80, 0xA8...0xA9):
        throw cursor.error("unsupported: a line separator of Unicode; write it as an escape in double quotes")
      default: cursor.position += 1
      }
    }
  }
}
