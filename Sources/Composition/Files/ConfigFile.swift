import OrderedCollections

/// A config as it was read: its package header, its defaults list and its own content.
struct ConfigFile: Sendable {
  /// Its first line.
  let start: Origin
  /// From a header line `# @package foo.bar`, always absolute.
  let packageHeader: String?
  /// As written; empty if there is none.
  let defaults: [DefaultsEntry]
  let hasDefaultsList: Bool
  /// The sweep under `codex:`, if there is one.
  let sweep: SweepBlock?
  /// The mapping without its defaults list and without `codex:`.
  let content: ConfigNode

  init(name: String, bytes: [UInt8], file: String) throws {
    start = .file(path: file, line: 1, column: 1)
    packageHeader = try PackageHeader.read(bytes, file: file)
    let node = try YAMLReader.read(bytes, file: file)
    guard var entries = node.entries else {
      throw ConfigError.unreadableYAML(
        origin: node.origin, problem: "a config must be a mapping, this is \(node.value.kindName)")
    }
    try InterpolationCheck.check(node)
    let list = entries.removeValue(forKey: "defaults")
    hasDefaultsList = list != nil
    defaults = try list.map { try DefaultsSyntax.entries(in: $0, config: name) } ?? []
    sweep = try entries.removeValue(forKey: "codex").map { try SweepBlock(section: $0) }
    content = ConfigNode(.mapping(entries), origin: node.origin)
  }
}
