import OrderedCollections

/// Replaces interpolations by what they refer to: the last phase of composition.
///
/// A value that is one interpolation takes its target's type; inside a longer string the target is spelled as Python's
/// `str` does. References go through other interpolations, and only as far as they need to: what else a mapping holds
/// may well refer back. Cycles are refused.
///
/// Source: OmegaConf 2.3 `grammar_visitor.py` and `base.py`.
struct InterpolationResolver {
  /// What an interpolation turned out to be.
  enum Outcome {
    /// The value at a path, which is no interpolation.
    case place(ConfigPath)
    /// A value made by a resolver or by text; if it is live, strings in it may be interpolations.
    case made(ConfigNode, isLive: Bool)
  }

  let root: ConfigNode
  let inputs: ResolverInputs
  /// What `${hydra:…}` reads.
  let hydra: ConfigNode
  /// What interpolations turned out to be, by their paths.
  private var outcomes: [ConfigPath: Outcome] = [:]
  /// Resolved values of interpolations, by their paths.
  private var known: [ConfigPath: ConfigNode] = [:]
  /// The interpolations being read, outermost first.
  private var active: [ConfigPath] = []
  /// The collections being resolved at places that references led to.
  private var open: Set<ConfigPath> = []
  private var nodeCount = 0
  private var depth = 0
  /// What `oc.deprecated` had to say, once for each path.
  private(set) var notices: OrderedDictionary<ConfigPath, ConfigNotice> = [:]
  /// Which path each interpolation read, in the order met.
  private(set) var references: OrderedDictionary<ConfigPath, OrderedSet<ConfigPath>> = [:]

  init(root: ConfigNode, hydra: ConfigNode = HydraSection.initial, inputs: ResolverInputs = ResolverInputs()) {
    self.root = root
    self.hydra = hydra
    self.inputs = inputs
  }

  /// The whole tree without interpolations. `???` stays where it was written.
  ///
  /// - Complexity: O(values of the result), capped by `CompositionLimits.nodeCount`.
  mutating func resolvedRoot() throws -> ConfigNode { try resolved(root, at: ConfigPath(keys: []), isLive: true) }

  /// The value at `path` without interpolations, those on the way to it included; nil if there is none.
  mutating func resolvedValue(at path: ConfigPath) throws -> ConfigNode? {
    var node = root, isLive = true
    for (depth, key) in path.keys.enumerated() {
      if isLive, node.value.mayRefer, case .string = node.value {
        node = try resolved(node, at: ConfigPath(keys: Array(path.keys.prefix(depth))), isLive: true)
        isLive = false
      }
      guard let child = node[child: key] else { return nil }
      node = child
    }
    return try resolved(node, at: path, isLive: isLive)
  }

  /// A copy of the collection that the interpolation at `path` of `root` leads to; nil if there is no interpolation,
  /// if it leads elsewhere, or nowhere.
  static func collection(at path: ConfigPath, in root: ConfigNode, inputs: ResolverInputs) -> ConfigNode? {
    guard let node = root[at: path.keys[...]], case .string = node.value, node.value.mayRefer else { return nil }
    var resolver = InterpolationResolver(root: root, inputs: inputs)
    guard let outcome = try? resolver.outcome(of: node, at: path), let target = try? resolver.value(of: outcome) else {
      return nil
    }
    // To OmegaConf a list that is an argument, or that `oc.decode` read, is no collection to merge into.
    if case .made(_, isLive: false) = outcome { return nil }
    switch target.value {
    case .mapping, .list: return target
    default: return nil
    }
  }

  // MARK: Values

  private mutating func resolved(_ node: ConfigNode, at path: ConfigPath, isLive: Bool) throws -> ConfigNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= CompositionLimits.treeDepth else {
      throw ConfigError.limitExceeded(
        what: "nested values", limit: CompositionLimits.treeDepth, origin: node.origin)
    }
    switch node.value {
    case .mapping(var entries):
      try count(entries.count, origin: node.origin)
      for (key, child) in entries where child.value.mayRefer {
        entries[key] = try resolved(child, at: path.appending(key), isLive: isLive)
      }
      return ConfigNode(.mapping(entries), origin: node.origin)
    case .list(var elements):
      try count(elements.count, origin: node.origin)
      for (index, child) in elements.enumerated() where child.value.mayRefer {
        elements[index] = try resolved(child, at: path.appending("\(index)"), isLive: isLive)
      }
      return ConfigNode(.list(elements), origin: node.origin)
    case .string where isLive && node.value.mayRefer: return try resolvedInterpolation(node, at: path)
    default: return node
    }
  }

  private mutating func resolvedInterpolation(_ node: ConfigNode, at path: ConfigPath) throws -> ConfigNode {
    if let known = known[path] {
      try count(known.nodeCount, origin: node.origin)
      return known
    }
    let result: ConfigValue
    switch try outcome(of: node, at: path) {
    case .place(let place): result = try resolved(at: place, for: node, at: path).value
    case .made(let made, let isLive): result = try resolved(made, at: path, isLive: isLive).value
    }
    known[path] = ConfigNode(result, origin: node.origin)
    return ConfigNode(result, origin: node.origin)
  }

  /// The value that the interpolation `node` found at `place`, without interpolations.
  private mutating func resolved(at place: ConfigPath, for node: ConfigNode, at path: ConfigPath) throws -> ConfigNode {
    guard let (target, isLive) = try self.node(at: place) else {
      preconditionFailure("an outcome's place exists: \(place)")
    }
    guard open.insert(place).inserted else {
      throw refusal(
        of: node, at: path,
        Interpolation.Problem(
          problem: "it contains itself (\(path) → \(place) → \(path))", remedy: "Refer to one of its values."))
    }
    defer { open.remove(place) }
    return try resolved(target, at: place, isLive: isLive)
  }

  // MARK: Outcomes

  /// What the interpolation `node` at `path` is.
  ///
  /// - Throws: `ConfigError.interpolation`.
  mutating func outcome(of node: ConfigNode, at path: ConfigPath) throws -> Outcome {
    if let known = outcomes[path] { return known }
    guard case .string(let text) = node.value else { return .place(path) }
    do {
      guard !active.contains(path) else {
        let cycle = (active.drop { $0 != path } + [path]).map(\.description).joined(separator: " → ")
        throw Interpolation.Problem(problem: "it refers to itself (\(cycle))", remedy: "Give one of them a value.")
      }
      guard active.count < CompositionLimits.interpolationDepth else {
        throw Interpolation.Problem(
          problem: "more than \(CompositionLimits.interpolationDepth) references in a chain",
          remedy: "Refer to the value itself.")
      }
      active.append(path)
      defer { active.removeLast() }
      let outcome = try evaluate(Interpolation(text).parts, at: path, origin: node.origin)
      if case .place(let place) = outcome, place.isPrefix(of: path) {
        throw Interpolation.Problem(
          problem: "it contains itself (\(path) → \(place))", remedy: "Refer to one of its values.")
      }
      outcomes[path] = outcome
      return outcome
    } catch let problem as Interpolation.Problem {
      throw refusal(of: node, at: path, problem)
    }
  }

  private func refusal(of node: ConfigNode, at path: ConfigPath, _ problem: Interpolation.Problem) -> ConfigError {
    var text = ""
    if case .string(let written) = node.value { text = written }
    return .interpolation(
      text: text, path: path.description, problem: problem.problem, remedy: problem.remedy,
      origin: node.origin)
  }

  /// One part keeps its type, several make a text.
  mutating func evaluate(_ parts: [Interpolation.Part], at path: ConfigPath, origin: Origin) throws -> Outcome {
    guard parts.count == 1, case .reference(let reference, let text)? = parts.first else {
      return .made(ConfigNode(.string(try text(of: parts, at: path, origin: origin)), origin: origin), isLive: false)
    }
    switch reference {
    case .node(let key): return .place(try target(key, text: text, at: path, origin: origin))
    case .call(let name, let arguments):
      let call = ResolverCall(
        name: try name.map { try key($0, at: path, origin: origin) }.joined(separator: "."), text: text, path: path,
        origin: origin, arguments: try arguments.map { try value(of: $0, at: path, origin: origin) })
      return try call.outcome(in: &self)
    }
  }

  mutating func text(of parts: [Interpolation.Part], at path: ConfigPath, origin: Origin) throws -> String {
    var result = ""
    for part in parts {
      switch part {
      case .literal(let text): result += text
      case .reference(_, let text):
        let outcome = try evaluate([part], at: path, origin: origin)
        let value = try self.value(of: outcome).value
        guard let spelled = ConfigText.embedded(value) else {
          throw Interpolation.Problem(
            problem: "'\(text)' is \(value.kindName), which has no place in a string",
            remedy: "Refer to one of its values.")
        }
        result += spelled
      }
      guard result.utf8.count <= CompositionLimits.interpolatedByteCount else {
        throw Interpolation.Problem(
          problem: "the text passes \(CompositionLimits.interpolatedByteCount) bytes", remedy: "Shorten it.")
      }
    }
    return result
  }

  /// A part of a key, which must be a text.
  private mutating func key(_ part: Interpolation.Part, at path: ConfigPath, origin: Origin) throws -> String {
    guard case .reference(_, let text) = part else {
      guard case .literal(let literal) = part else { return "" }
      return literal
    }
    let outcome = try evaluate([part], at: path, origin: origin)
    let value = try self.value(of: outcome).value
    guard case .string(let key) = value else {
      throw Interpolation.Problem(
        problem: "'\(text)' stands for a key and is \(value.kindName), not a text", remedy: "Quote the value there.")
    }
    return key
  }

  private mutating func value(
    of argument: Interpolation.Argument, at path: ConfigPath, origin: Origin
  ) throws -> Outcome {
    func made(_ value: ConfigValue) -> Outcome { .made(ConfigNode(value, origin: origin), isLive: false) }
    switch argument {
    case .value(let value): return made(value)
    case .reference(let part): return try evaluate([part], at: path, origin: origin)
    case .text(let parts): return made(.string(try text(of: parts, at: path, origin: origin)))
    case .list(let elements):
      return made(
        .list(try elements.map { try resolved(value(of: $0, at: path, origin: origin), at: path, origin: origin) }))
    case .mapping(let entries):
      var mapping: OrderedDictionary<String, ConfigNode> = [:]
      for (key, argument) in entries {
        mapping[key] = try resolved(value(of: argument, at: path, origin: origin), at: path, origin: origin)
      }
      return made(.mapping(mapping))
    }
  }

  /// What `oc.decode` reads in `text`.
  mutating func decoded(_ text: String, at path: ConfigPath, origin: Origin) throws -> Outcome {
    var parser = InterpolationParser(text)
    return try value(of: parser.singleArgument(), at: path, origin: origin)
  }

  // MARK: Places

  /// The path of what a key refers to; it is no interpolation.
  private mutating func target(
    _ pieces: [Interpolation.Part], text: String, at path: ConfigPath, origin: Origin
  ) throws -> ConfigPath {
    let written = try pieces.map { try key($0, at: path, origin: origin) }.joined()
    let place: ConfigPath
    switch try select(written, at: path, origin: origin) {
    case .found(let found): place = found
    case .outside:
      throw Interpolation.Problem(problem: "'\(text)' leaves the configuration", remedy: "Use fewer dots.")
    case .absent(let parent, let key), .noCollection(let parent, let key):
      let keys = try node(at: parent)?.node.entries.map { Array($0.keys) } ?? []
      let hint = Suggestion.nearest(to: key, among: keys).first.map { " (did you mean '\(parent.appending($0))'?)" }
      throw Interpolation.Problem(
        problem: "no setting '\(parent.appending(key))'\(hint ?? "")",
        remedy: "Write a path from the root, or '.' for a neighbour.")
    case .noIndex(let parent, let key):
      throw Interpolation.Problem(problem: "'\(key)' is no index of the list '\(parent)'", remedy: "Write a number.")
    }
    guard !place.isPrefix(of: path) else {
      throw Interpolation.Problem(
        problem: "it contains itself (\(path) → \(place))", remedy: "Refer to one of its values.")
    }
    if try node(at: place)?.node.value.isMissing == true {
      throw Interpolation.Problem(
        problem: "'\(place)' must be given (it is '???')", remedy: "Set it with '\(place)=<value>'.")
    }
    return place
  }

  /// What a written key leads to.
  enum Selection {
    case found(ConfigPath)
    case outside
    case absent(parent: ConfigPath, key: String)
    case noCollection(parent: ConfigPath, key: String)
    case noIndex(parent: ConfigPath, key: String)
  }

  /// Follows `key`, through interpolations; with leading dots from the collection that holds `path`.
  mutating func select(_ key: String, at path: ConfigPath, origin: Origin) throws -> Selection {
    let dots = key.prefix { $0 == "." }.count
    guard dots <= path.keys.count else { return .outside }
    // One dot is the mapping or list that holds the value.
    var place = ConfigPath(keys: dots == 0 ? [] : Array(path.keys.dropLast(dots)))
    for key in ConfigPath(String(key.dropFirst(dots))).keys {
      guard let (node, isLive) = try self.node(at: place) else { return .absent(parent: place, key: key) }
      switch node.value {
      case .mapping(let entries):
        guard let child = entries[key] else { return .absent(parent: place, key: key) }
        place = try settled(child, at: place.appending(key), isLive: isLive)
      case .list(let elements):
        guard let index = Int(key) else { return .noIndex(parent: place, key: key) }
        guard elements.indices.contains(index) else { return .absent(parent: place, key: key) }
        place = try settled(elements[index], at: place.appending("\(index)"), isLive: isLive)
      default: return .noCollection(parent: place, key: key)
      }
    }
    references[path, default: []].append(place)
    return .found(place)
  }

  /// Where the value at `path` really is: there, or where its interpolation leads.
  private mutating func settled(_ node: ConfigNode, at path: ConfigPath, isLive: Bool) throws -> ConfigPath {
    guard isLive, case .string = node.value, node.value.mayRefer else { return path }
    switch try outcome(of: node, at: path) {
    case .place(let place): return place
    case .made: return path
    }
  }

  /// The value at `path` as it stands, and whether strings in it may be interpolations; nil if there is none.
  ///
  /// Below an interpolation it is the value that a resolver made in its place.
  func node(at path: ConfigPath) throws -> (node: ConfigNode, isLive: Bool)? {
    var node = root, isLive = true, here = ConfigPath(keys: [])
    func enter() {
      if isLive, case .string = node.value, case .made(let made, let live)? = outcomes[here] {
        (node, isLive) = (made, live)
      }
    }
    enter()
    for key in path.keys {
      guard let child = node[child: key] else { return nil }
      node = child
      here.keys.append(key)
      enter()
    }
    return (node, isLive)
  }

  /// The value of an outcome as it stands; strings in it may be interpolations.
  func value(of outcome: Outcome) throws -> ConfigNode {
    switch outcome {
    case .place(let place): try node(at: place)?.node ?? ConfigNode(.null, origin: .implied)
    case .made(let node, _): node
    }
  }

  /// The value of an outcome without interpolations.
  mutating func resolved(_ outcome: Outcome, at path: ConfigPath, origin: Origin) throws -> ConfigNode {
    switch outcome {
    case .made(let node, let isLive): return try resolved(node, at: path, isLive: isLive)
    case .place(let place):
      guard let (node, isLive) = try node(at: place) else { return ConfigNode(.null, origin: origin) }
      return try resolved(node, at: place, isLive: isLive)
    }
  }

  mutating func notice(_ notice: ConfigNotice, at path: ConfigPath) { notices[path] = notice }

  private mutating func count(_ added: Int, origin: Origin) throws {
    nodeCount += added
    guard nodeCount <= CompositionLimits.nodeCount else {
      throw ConfigError.limitExceeded(what: "resolved values", limit: CompositionLimits.nodeCount, origin: origin)
    }
  }
}

extension ConfigValue {
  /// Whether this is, or may hold, an interpolation.
  var mayRefer: Bool {
    switch self {
    case .string(let text): Interpolation.isNeeded(for: text)
    case .list, .mapping: true
    default: false
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
