import OrderedCollections
import Schemas

/// The recorded version and digest of each template: `configs/training/reasoning/manifest.yaml`.
///
/// A digest is that of the composed template, so comments, key order and the way it is split into files do not count.
public struct TemplateManifest: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    /// Counts the bumps, from 1.
    public let version: Int
    public let digest: Digest
  }

  /// By template name, in the file's order.
  public private(set) var entries: OrderedDictionary<String, Entry>

  /// - Throws: `ConfigError` with all problems.
  init(_ node: ConfigNode) throws {
    var read = ConfigReader(node)
    var entries: OrderedDictionary<String, Entry> = [:]
    var problems: [ConfigError] = []
    for name in read.keys() {
      let version = read.int("\(name).version", in: 1...1_000_000)
      let text = read.string("\(name).digest")
      do {
        entries[name] = Entry(version: version, digest: try Digest(parsing: text))
      } catch {
        problems.append(
          .outOfRange(
            path: "\(name).digest", value: "'\(text)'", allowed: "'sha256:' and 64 hexadecimal digits",
            origin: node[path: "\(name).digest"]?.origin ?? node.origin))
      }
    }
    try read.finish()
    if !problems.isEmpty { throw ConfigError.problems(problems) }
    self.entries = entries
  }

  /// The manifest with a new digest for `name` and the next version.
  func bumping(_ name: String, to digest: Digest) -> TemplateManifest {
    var manifest = self
    manifest.entries[name] = Entry(version: (entries[name]?.version ?? 0) + 1, digest: digest)
    return manifest
  }

  /// The file's text.
  var yaml: String {
    let nodes = entries.mapValues { entry in
      ConfigNode(
        .mapping([
          "version": ConfigNode(.int(entry.version), origin: .implied),
          "digest": ConfigNode(.string(entry.digest.description), origin: .implied),
        ]), origin: .implied)
    }
    return """
      # Version and digest of each template. Written by 'codex reasoning-templates bump'; 'validate' compares.
      \(YAMLPrinter.print(ConfigNode(.mapping(nodes), origin: .implied)))
      """
  }
}
