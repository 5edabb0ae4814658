/// Refuses texts that look like interpolations and are none, as soon as they are read: OmegaConf refuses them then.
enum InterpolationCheck {
  /// - Throws: `ConfigError.interpolation` at the first one in `node`, which stands at `path`.
  static func check(_ node: ConfigNode, at path: ConfigPath = ConfigPath(keys: [])) throws {
    switch node.value {
    case .mapping(let entries):
      for (key, child) in entries where child.value.mayRefer { try check(child, at: path.appending(key)) }
    case .list(let elements):
      for (index, child) in elements.enumerated() where child.value.mayRefer {
        try check(child, at: path.appending("\(index)"))
      }
    case .string(let text) where node.value.mayRefer:
      do {
        _ = try Interpolation(text)
      } catch let problem as Interpolation.Problem {
        throw ConfigError.interpolation(
          text: text, path: path.description, problem: problem.problem, remedy: problem.remedy, origin: node.origin)
      }
    default: return
    }
  }
}
