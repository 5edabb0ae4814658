/// Where configs are looked up: layers in order, the first that has a name wins.
///
/// A config's name is its path below `configs/` without `.yaml`, e.g. `training/reasoning/baseline`.
public struct ConfigSources: Sendable {
  /// What a config was found in.
  public enum Provenance: String, Sendable {
    case workspace
    /// A directory that the user named.
    case commandLine = "command-line"
    /// Compiled into the binary.
    case builtIn = "built-in"
  }

  /// A row of `--info searchpath`.
  public struct Place: Sendable, Equatable {
    /// Who put it there: `main`, `built-in`, or the setting `hydra.searchpath`.
    public let provider: String
    public let path: String
  }

  /// One place with configs.
  struct Layer: Sendable {
    let provenance: Provenance
    let place: Place
    /// What precedes a name in messages.
    let displayPrefix: String
    let index: ConfigIndex
    let read: @Sendable (_ name: String) throws -> [UInt8]
  }

  let layers: [Layer]
  /// Opens an entry of `hydra.searchpath`; nil where there is no directory that entries could lie in.
  var openSearchPath: (@Sendable (_ path: String, _ provider: String, _ origin: Origin) throws -> Layer)?

  init(layers: [Layer]) { self.layers = layers }

  /// Configs held in memory.
  ///
  /// - Parameters:
  ///   - files: Contents by path below `configs/`, with `.yaml`.
  ///   - searchable: Further such directories that `hydra.searchpath` may name.
  public init(builtIn files: [String: String], searchable: [String: [String: String]] = [:]) {
    layers = [.memory(files)]
    openSearchPath = { path, provider, origin in
      guard let files = searchable[path] else {
        throw ConfigError.badSearchPath(
          path: path, problem: "is not there", remedy: "Name a directory that exists.", origin: origin)
      }
      return .memory(files, place: Place(provider: provider, path: path), displayPrefix: path + "/")
    }
  }

  /// Every config with the layer that supplies it, sorted by name.
  public var list: [(name: String, provenance: Provenance)] {
    Set(layers.flatMap(\.index.names)).sorted().map { name in (name, layer(of: name)?.provenance ?? .builtIn) }
  }

  /// Where configs are looked up, in order.
  public var places: [Place] { layers.map(\.place) }

  /// The layer that supplies `name`, or nil.
  public func provenance(of name: String) -> Provenance? { layer(of: name)?.provenance }

  /// The bytes of a config and the name that messages show for it, or nil if no layer has it.
  public func read(_ name: String) throws -> (bytes: [UInt8], file: String)? {
    guard let layer = layer(of: name) else { return nil }
    return (try layer.read(name), "\(layer.displayPrefix)\(name).yaml")
  }

  /// The bytes of the config that messages show as `file`, or nil if no layer has it.
  public func read(shownAs file: String) throws -> [UInt8]? {
    for layer in layers where file.hasPrefix(layer.displayPrefix) && file.hasSuffix(Layer.suffix) {
      let name = String(file.dropFirst(layer.displayPrefix.count).dropLast(Layer.suffix.count))
      if layer.index.contains(name) { return try layer.read(name) }
    }
    return nil
  }

  /// The directories that hold configs at some depth, sorted: what defaults lists and overrides call groups.
  public var groups: [String] {
    var groups: Set<String> = []
    for name in layers.flatMap(\.index.names) {
      var group = name[...]
      while let slash = group.lastIndex(of: "/") {
        group = group[..<slash]
        guard groups.insert(String(group)).inserted else { break }
      }
    }
    return groups.sorted()
  }

  /// Whether some config lies in `group` or below it.
  public func hasGroup(_ group: String) -> Bool { layers.contains { $0.index.hasGroup(group) } }

  /// The configs directly in `group`, sorted.
  public func options(in group: String) -> [String] { Set(layers.flatMap { $0.index.options(in: group) }).sorted() }

  /// These sources, and after them the directories of a search path.
  ///
  /// - Throws: `ConfigError.badSearchPath`.
  func searching(_ entries: [(path: String, provider: String, origin: Origin)]) throws -> ConfigSources {
    var sources = ConfigSources(
      layers: layers
        + (try entries.map { entry in
          guard let openSearchPath else {
            throw ConfigError.badSearchPath(
              path: entry.path, problem: "cannot be searched here",
              remedy: "Put the configs into the workspace's configs/.", origin: entry.origin)
          }
          return try openSearchPath(entry.path, entry.provider, entry.origin)
        }))
    sources.openSearchPath = openSearchPath
    return sources
  }

  private func layer(of name: String) -> Layer? { layers.first { $0.index.contains(name) } }
}

extension ConfigSources.Layer {
  static let suffix = ".yaml"

  static func memory(
    _ files: [String: String], place: ConfigSources.Place = .init(provider: "built-in", path: "built-in configs"),
    displayPrefix: String = "built-in configs/"
  ) -> Self {
    let names = files.keys.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
    return Self(provenance: .builtIn, place: place, displayPrefix: displayPrefix, index: ConfigIndex(names)) { name in
      Array((files[name + suffix] ?? "").utf8)
    }
  }
}
