/// Where configs are looked up: layers in order, the first that has a name wins.
///
/// A config's name is its path below `configs/` without `.yaml`, e.g. `training/reasoning/baseline`.
public struct ConfigSources: Sendable {
  /// What a config was found in.
  public enum Provenance: String, Sendable {
    case workspace
    /// Compiled into the binary.
    case builtIn = "built-in"
  }

  /// One place with configs.
  struct Layer: Sendable {
    let provenance: Provenance
    /// What precedes a name in messages.
    let displayPrefix: String
    /// Sorted.
    let names: [String]
    let read: @Sendable (_ name: String) throws -> [UInt8]
  }

  let layers: [Layer]

  init(layers: [Layer]) { self.layers = layers }

  /// Configs held in memory.
  ///
  /// - Parameter files: Contents by path below `configs/`, with `.yaml`.
  public init(builtIn files: [String: String]) { layers = [.memory(files)] }

  /// Every config with the layer that supplies it, sorted by name.
  public var list: [(name: String, provenance: Provenance)] {
    Set(layers.flatMap(\.names)).sorted().map { name in (name, layer(of: name)?.provenance ?? .builtIn) }
  }

  /// The layer that supplies `name`, or nil.
  public func provenance(of name: String) -> Provenance? { layer(of: name)?.provenance }

  /// The bytes of a config and the name that messages show for it, or nil if no layer has it.
  public func read(_ name: String) throws -> (bytes: [UInt8], file: String)? {
    guard let layer = layer(of: name) else { return nil }
    return (try layer.read(name), "\(layer.displayPrefix)\(name).yaml")
  }

  /// Whether some config lies in `group` or below it.
  func hasGroup(_ group: String) -> Bool {
    !group.isEmpty && layers.contains { $0.names.contains { $0.hasPrefix(group + "/") } }
  }

  /// The configs directly in `group`, sorted.
  public func options(in group: String) -> [String] {
    let prefix = group.isEmpty ? "" : group + "/"
    let below = layers.flatMap(\.names).filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    return Set(below.filter { !$0.contains("/") }).sorted()
  }

  private func layer(of name: String) -> Layer? { layers.first { $0.names.contains(name) } }
}

extension ConfigSources.Layer {
  static let suffix = ".yaml"

  static func memory(_ files: [String: String]) -> Self {
    let names = files.keys.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }.sorted()
    return Self(provenance: .builtIn, displayPrefix: "built-in configs/", names: names) { name in
      Array((files[name + suffix] ?? "").utf8)
    }
  }
}
