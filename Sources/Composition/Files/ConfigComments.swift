/// What the comments of a config say about its settings: the lines directly above a key.
public struct ConfigComments: Sendable {
  /// By dotted path in the config, an index of a list written `0`.
  private var texts: [String: String] = [:]

  /// - Throws: `ConfigError` for a config that cannot be read; one that does not exist has no comments.
  public init(of name: String, in sources: ConfigSources) throws {
    guard let (bytes, file) = try sources.read(name) else { return }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    collect(try YAMLReader.read(bytes, file: file), path: ConfigPath(keys: []), lines: lines)
  }

  /// The comment above the key at a dotted path of the config, as one line; nil if it has none.
  public subscript(path: String) -> String? { texts[path] }

  private mutating func collect(_ node: ConfigNode, path: ConfigPath, lines: [Substring]) {
    if let key = path.keys.last, Int(key) == nil, let text = Self.comment(above: key, of: node, in: lines) {
      texts[path.description] = texts[path.description] ?? text
    }
    switch node.value {
    case .mapping(let entries): for (key, child) in entries { collect(child, path: path.appending(key), lines: lines) }
    case .list(let elements): for child in elements { collect(child, path: path.appending("0"), lines: lines) }
    default: break
    }
  }

  /// The comment lines that end right above the line of `key`, whose value is `node`.
  private static func comment(above key: String, of node: ConfigNode, in lines: [Substring]) -> String? {
    guard case .file(_, let line, _) = node.origin, lines.indices.contains(line - 1) else { return nil }
    // A mapping's or list's own place is that of its first entry, below the key.
    guard let keyLine = lines[..<line].lastIndex(where: { content(of: $0).hasPrefix(key + ":") }) else { return nil }
    let above = lines[..<keyLine].reversed().prefix { $0.drop(while: \.isWhitespace).hasPrefix("#") }
    let text = above.reversed().map { $0.drop { $0.isWhitespace || $0 == "#" } }.joined(separator: " ")
    return text.isEmpty || text.hasPrefix("@") ? nil : text
  }

  /// A line without its indentation and the dashes of a list.
  private static func content(of line: Substring) -> Substring { line.drop { $0 == " " || $0 == "-" } }
}
