import OrderedCollections

/// A config as it was read: its package header, its defaults list and its own content.
struct ConfigFile: Sendable {
  /// From a header line `# @package foo.bar`, always absolute.
  let packageHeader: String?
  /// As written; empty if there is none.
  let defaults: [DefaultsEntry]
  let hasDefaultsList: Bool
  /// The mapping without its defaults list.
  let content: ConfigNode

  init(name: String, bytes: [UInt8], file: String) throws {
    packageHeader = try PackageHeader.read(bytes, file: file)
    let node = try YAMLReader.read(bytes, file: file)
    guard var entries = node.entries else {
      throw ConfigError.unreadableYAML(
        origin: node.origin, problem: "a config must be a mapping, this is \(node.value.kindName)")
    }
    let list = entries.removeValue(forKey: "defaults")
    hasDefaultsList = list != nil
    defaults = try list.map { try DefaultsSyntax.entries(in: $0, config: name) } ?? []
    content = ConfigNode(.mapping(entries), origin: node.origin)
  }
}
