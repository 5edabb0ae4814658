/// How a setting came to be: who set it, what that replaced, and what it refers to.
public struct ConfigExplanation: Sendable {
  /// One change of the setting.
  public struct Step: Sendable {
    /// Where the new value was written; of a mapping, the first thing in it that changed.
    public let origin: Origin
    /// Nil if the setting was deleted.
    public let value: ConfigNode?
    /// The config that brought the value; nil for an override. Its own `origin` says who included it.
    public let included: IncludedConfig?
  }

  /// A value that an interpolation in the setting read.
  public struct Reference: Sendable, Equatable {
    /// The path of the interpolation.
    public let from: String
    /// The path that it led to.
    public let to: String
    /// Where the value there was written.
    public let origin: Origin
  }

  /// The setting's dotted path. Another one than was asked for, if that leads through an interpolation.
  public let path: String
  /// Oldest first; the last is in force.
  public let steps: [Step]
  /// As composed, interpolations standing; nil if the setting was deleted.
  public let value: ConfigNode?
  /// Without interpolations; nil if the setting was deleted or if `problem` is in the way.
  public let resolved: ConfigNode?
  /// Why the setting cannot be resolved.
  public let problem: ConfigError?
  /// In the order in which interpolations are written.
  public let references: [Reference]

  /// The scalars and empty collections of the setting, with the last word on each.
  public var leaves: [(path: String, node: ConfigNode)] { value?.leaves(below: path) ?? [] }
}

extension ConfigNode {
  /// The scalars and empty collections in this tree, in order, by their dotted paths below `path`.
  public func leaves(below path: String = "") -> [(path: String, node: ConfigNode)] {
    func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    switch value {
    case .mapping(let entries) where !entries.isEmpty: return entries.flatMap { $1.leaves(below: join($0)) }
    case .list(let elements) where !elements.isEmpty:
      return elements.enumerated().flatMap { $1.leaves(below: join("\($0)")) }
    default: return [(path, self)]
    }
  }
}
