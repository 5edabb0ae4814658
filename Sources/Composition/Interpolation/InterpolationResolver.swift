import OrderedCollections

/// Replaces interpolations by what they refer to: the last phase of composition.
///
/// A value that is one interpolation takes its target's type; inside a longer string the target is spelled as Python's
/// `str` does. References may go through other interpolations; cycles are refused.
struct InterpolationResolver {
  private let root: ConfigNode
  private var known: [ConfigPath: ConfigNode] = [:]
  /// The values being resolved, outermost first.
  private var active: [ConfigPath] = []
  private var nodeCount = 0

  private init(root: ConfigNode) { self.root = root }

  /// `root` without interpolations. `???` stays where it was written.
  ///
  /// - Complexity: O(values of the result), capped by `CompositionLimits.nodeCount`.
  static func resolve(_ root: ConfigNode) throws -> ConfigNode {
    var resolver = InterpolationResolver(root: root)
    return try resolver.resolved(root, at: ConfigPath(keys: []))
  }

  private mutating func resolved(_ node: ConfigNode, at path: ConfigPath) throws -> ConfigNode {
    try count(1, origin: node.origin)
    switch node.value {
    case .mapping(let entries):
      var result: OrderedDictionary<String, ConfigNode> = [:]
      for (key, child) in entries { result[key] = try resolved(child, at: path.appending(key)) }
      return ConfigNode(.mapping(result), origin: node.origin)
    case .list(let elements):
      var result: [ConfigNode] = []
      for (index, child) in elements.enumerated() { result.append(try resolved(child, at: path.appending("\(index)"))) }
      return ConfigNode(.list(result), origin: node.origin)
    case .string(let text) where InterpolationTemplate.isNeeded(for: text):
      if let known = known[path] {
        try count(known.nodeCount, origin: node.origin)
        return known
      }
      let result = ConfigNode(try evaluate(text, of: node, at: path), origin: node.origin)
      known[path] = result
      return result
    default: return node
    }
  }

  private mutating func evaluate(_ text: String, of node: ConfigNode, at path: ConfigPath) throws -> ConfigValue {
    func refuse(_ problem: String, _ remedy: String) -> ConfigError {
      .interpolation(text: text, path: path.description, problem: problem, remedy: remedy, origin: node.origin)
    }
    guard !active.contains(path) else {
      let cycle = (active.drop { $0 != path } + [path]).map(\.description).joined(separator: " → ")
      throw refuse("it refers to itself (\(cycle))", "Give one of them a value.")
    }
    guard active.count < CompositionLimits.interpolationDepth else {
      throw refuse(
        "more than \(CompositionLimits.interpolationDepth) references in a chain", "Refer to the value itself.")
    }
    active.append(path)
    defer { active.removeLast() }
    do {
      let template = try InterpolationTemplate(text)
      if case .reference(let dots, let key, let reference)? = template.parts.first, template.parts.count == 1 {
        return try target(dots: dots, key: key, text: reference, at: path).value
      }
      return .string(try embedded(template.parts, at: path))
    } catch let error as InterpolationTemplate.TemplateProblem {
      throw refuse(error.problem, error.remedy)
    }
  }

  private mutating func embedded(_ parts: [InterpolationTemplate.Part], at path: ConfigPath) throws -> String {
    var result = ""
    for part in parts {
      switch part {
      case .literal(let text): result += text
      case .reference(let dots, let key, let text):
        let value = try target(dots: dots, key: key, text: text, at: path).value
        guard let spelled = ConfigText.embedded(value) else {
          throw InterpolationTemplate.TemplateProblem(
            problem: "'\(text)' is \(value.kindName), which has no place in a string",
            remedy: "Refer to one of its values.")
        }
        result += spelled
      }
      guard result.utf8.count <= CompositionLimits.interpolatedByteCount else {
        throw InterpolationTemplate.TemplateProblem(
          problem: "the text passes \(CompositionLimits.interpolatedByteCount) bytes", remedy: "Shorten it.")
      }
    }
    return result
  }

  /// What a reference written at `path` refers to, resolved.
  private mutating func target(
    dots: Int, key: [InterpolationTemplate.Part], text: String, at path: ConfigPath
  ) throws -> ConfigNode {
    let name = try embedded(key, at: path)
    // One dot is the mapping or list that holds the value.
    guard dots <= path.keys.count else {
      throw InterpolationTemplate.TemplateProblem(
        problem: "'\(text)' leaves the configuration", remedy: "Use fewer dots.")
    }
    let base = dots == 0 ? [] : Array(path.keys.dropLast(dots))
    let keys = base + ConfigPath(name).keys
    let node = try lookUp(keys, text: text)
    if node.value.isMissing {
      throw InterpolationTemplate.TemplateProblem(
        problem: "'\(ConfigPath(keys: keys))' must be given (it is '???')",
        remedy: "Set it with '\(ConfigPath(keys: keys))=<value>'.")
    }
    return node
  }

  private mutating func lookUp(_ keys: [String], text: String) throws -> ConfigNode {
    var node = root, path = ConfigPath(keys: []), isResolved = false
    for key in keys {
      if !isResolved, case .string(let text) = node.value, InterpolationTemplate.isNeeded(for: text) {
        node = try resolved(node, at: path)
        isResolved = true
      }
      guard let child = node[child: key] else {
        let nearest = Suggestion.nearest(to: key, among: node.entries.map { Array($0.keys) } ?? [])
        let hint = nearest.first.map { " (did you mean '\(path.appending($0))'?)" } ?? ""
        throw InterpolationTemplate.TemplateProblem(
          problem: "no setting '\(path.appending(key))'\(hint)",
          remedy: "Write a path from the root, or '.' for a neighbour.")
      }
      node = child
      path = path.appending(key)
    }
    return isResolved ? node : try resolved(node, at: path)
  }

  private mutating func count(_ added: Int, origin: Origin) throws {
    nodeCount += added
    guard nodeCount <= CompositionLimits.nodeCount else {
      throw ConfigError.limitExceeded(what: "resolved values", limit: CompositionLimits.nodeCount, origin: origin)
    }
  }
}

extension ConfigNode {
  /// The number of values in this tree, collections included.
  var nodeCount: Int {
    switch value {
    case .mapping(let entries): entries.values.reduce(1) { $0 + $1.nodeCount }
    case .list(let elements): elements.reduce(1) { $0 + $1.nodeCount }
    default: 1
    }
  }
}
