import OrderedCollections

/// One call of a resolver: `${oc.select:key,default}`.
///
/// The set is closed: no configuration can name code. Source: OmegaConf 2.3 `resolvers/oc`, Hydra 1.3 `core/utils.py`.
struct ResolverCall {
  typealias Outcome = InterpolationResolver.Outcome
  typealias Problem = Interpolation.Problem

  let name: String
  /// As written, for messages.
  let text: String
  let path: ConfigPath
  let origin: Origin
  let arguments: [Outcome]

  static let names = [
    "codex", "hydra", "now", "oc.create", "oc.decode", "oc.deprecated", "oc.dict.keys", "oc.dict.values", "oc.env",
    "oc.select",
  ]

  func outcome(in resolver: inout InterpolationResolver) throws -> Outcome {
    switch name {
    case "oc.env": return try environment(&resolver)
    case "oc.select": return try select(&resolver)
    case "oc.decode": return try decode(&resolver)
    case "oc.create": return try create(&resolver)
    case "oc.deprecated": return try deprecated(&resolver)
    case "oc.dict.keys": return try keys(&resolver)
    case "oc.dict.values": return try values(&resolver)
    case "now": return try now(&resolver)
    case "hydra", "codex": return try hydra(&resolver)
    default:
      let near = Suggestion.nearest(to: name, among: Self.names)
      throw Problem(
        problem: "there is no resolver '\(name)'"
          + (near.isEmpty ? "" : " (did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?)"),
        remedy: "Known: \(Self.names.joined(separator: ", ")).")
    }
  }

  // MARK: The world around

  private func environment(_ resolver: inout InterpolationResolver) throws -> Outcome {
    try requireCount(1...2)
    let key = try string(0, &resolver)
    if let value = resolver.inputs.environment[key] { return made(.string(value)) }
    guard arguments.count == 2 else {
      throw Problem(
        problem: "the environment variable '\(key)' is not given to configurations",
        remedy: "Allow it, give a default (${oc.env:\(key),default}), or pass the value as an override.")
    }
    let value = try resolver.value(of: arguments[1]).value
    if case .null = value { return made(.null) }
    guard let spelled = ConfigText.embedded(value) else {
      throw Problem(problem: "the default of '\(text)' is \(value.kindName)", remedy: "Give a text or a number.")
    }
    return made(.string(spelled))
  }

  private func now(_ resolver: inout InterpolationResolver) throws -> Outcome {
    try requireCount(1...1)
    let pattern = try string(0, &resolver)
    guard let now = resolver.inputs.now else {
      throw Problem(
        problem: "configurations have no clock here", remedy: "Write the time out, or pass it as an override.")
    }
    guard let formatted = now.formatted(pattern) else {
      throw Problem(
        problem: "'\(pattern)' is no pattern of a time", remedy: "Use directives such as %Y-%m-%d_%H-%M-%S.")
    }
    return made(.string(formatted))
  }

  private func hydra(_ resolver: inout InterpolationResolver) throws -> Outcome {
    try requireCount(1...1)
    let key = try string(0, &resolver)
    guard let node = resolver.hydra[path: key] else {
      throw Problem(
        problem: "'\(name):\(key)' is not known here",
        remedy: "Known: job.config_name, job.name, job.override_dirname, overrides.task, runtime.choices.<group>.")
    }
    return .made(node, isLive: false)
  }

  // MARK: The configuration

  private func select(_ resolver: inout InterpolationResolver) throws -> Outcome {
    try requireCount(1...2)
    let key = try string(0, &resolver)
    switch try resolver.select(key, at: path, origin: origin) {
    case .found(let place):
      if try resolver.node(at: place)?.node.value.isMissing == true { break }
      return .place(place)
    case .outside: throw Problem(problem: "'\(key)' leaves the configuration", remedy: "Use fewer dots.")
    case .noIndex(let parent, let key):
      throw Problem(problem: "'\(key)' is no index of the list '\(parent)'", remedy: "Write a number.")
    case .absent, .noCollection: break
    }
    return arguments.count == 2 ? arguments[1] : made(.null)
  }

  private func deprecated(_ resolver: inout InterpolationResolver) throws -> Outcome {
    try requireCount(1...2)
    let key = try string(0, &resolver)
    let template =
      arguments.count == 2
      ? try string(1, &resolver) : "'$OLD_KEY' is deprecated. Change your code and config to use '$NEW_KEY'"
    guard case .found(let place) = try resolver.select(key, at: path, origin: origin) else {
      throw Problem(
        problem: "no setting '\(key)', which '\(path)' was replaced by", remedy: "Name the key that counts.")
    }
    var message = template
    for (name, value) in [("OLD_KEY", path.description), ("NEW_KEY", place.description)] {
      message = message.replacing("$\(name)", with: value).replacing("${\(name)}", with: value)
    }
    resolver.notice(ConfigNotice(message: message, origin: origin), at: path)
    return .place(place)
  }

  private func keys(_ resolver: inout InterpolationResolver) throws -> Outcome {
    let (_, entries) = try dictionary(&resolver)
    let keys = entries.keys.map { ConfigNode(.string($0), origin: origin) }
    return .made(ConfigNode(.list(keys), origin: origin), isLive: true)
  }

  private func values(_ resolver: inout InterpolationResolver) throws -> Outcome {
    let (place, entries) = try dictionary(&resolver)
    // Live references, as in OmegaConf: a value may refer back to this list. Keys that no reference can spell are
    // resolved now.
    let elements = try entries.keys.map { key -> ConfigNode in
      let target = place.appending(key)
      if target.isPlain { return ConfigNode(.string("${\(target)}"), origin: origin) }
      return try resolver.resolved(.place(target), at: target, origin: origin)
    }
    return .made(ConfigNode(.list(elements), origin: origin), isLive: true)
  }

  private func dictionary(
    _ resolver: inout InterpolationResolver
  ) throws -> (ConfigPath, OrderedDictionary<String, ConfigNode>) {
    try requireCount(1...1)
    let key = try string(0, &resolver)
    guard case .found(let place) = try resolver.select(key, at: path, origin: origin),
      let value = try resolver.node(at: place)?.node.value
    else { throw Problem(problem: "no setting '\(key)'", remedy: "Write a path from the root.") }
    guard case .mapping(let entries) = value else {
      throw Problem(problem: "'\(place)' is \(value.kindName), not a mapping", remedy: "Name a mapping.")
    }
    return (place, entries)
  }

  // MARK: Values

  private func decode(_ resolver: inout InterpolationResolver) throws -> Outcome {
    try requireCount(1...1)
    let value = try resolver.value(of: arguments[0]).value
    switch value {
    case .null: return made(.null)
    case .string(let text): return try resolver.decoded(text, at: path, origin: origin)
    default: throw Problem(problem: "oc.decode reads a text, not \(value.kindName)", remedy: "Quote the value.")
    }
  }

  private func create(_ resolver: inout InterpolationResolver) throws -> Outcome {
    try requireCount(1...1)
    let node = try resolver.value(of: arguments[0])
    switch node.value {
    case .null, .list, .mapping: return .made(ConfigNode(node.value, origin: origin), isLive: true)
    case .string(let text):
      let read = try YAMLReader.read(Array(text.utf8), file: "\(origin)")
      if case .string = read.value {
        return .made(
          ConfigNode(.mapping([text: ConfigNode(.null, origin: origin)]), origin: origin), isLive: false)
      }
      return .made(read, isLive: true)
    default:
      throw Problem(problem: "oc.create makes no configuration of \(node.value.kindName)", remedy: "Give a mapping.")
    }
  }

  // MARK: Arguments

  private func made(_ value: ConfigValue) -> Outcome { .made(ConfigNode(value, origin: origin), isLive: false) }

  private func string(_ index: Int, _ resolver: inout InterpolationResolver) throws -> String {
    let value = try resolver.value(of: arguments[index]).value
    guard case .string(let string) = value else {
      throw Problem(
        problem: "argument \(index + 1) of \(name) is \(value.kindName), not a text", remedy: "Quote the argument.")
    }
    return string
  }

  private func requireCount(_ range: ClosedRange<Int>) throws {
    guard range.contains(arguments.count) else {
      let expected = range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) or \(range.upperBound)"
      throw Problem(
        problem: "\(name) takes \(expected) argument\(range.upperBound == 1 ? "" : "s"), not \(arguments.count)",
        remedy: "Separate arguments by ',' and quote those with commas.")
    }
  }
}

extension ConfigPath {
  /// Whether `${…}` can spell this path.
  fileprivate var isPlain: Bool {
    !keys.isEmpty
      && keys.allSatisfy { key in
        !key.isEmpty && key.unicodeScalars.allSatisfy { WordScanner.continuesName($0) }
      }
  }
}
