import OrderedCollections
import Yams

/// Reads one YAML document into a configuration value that knows its lines.
///
/// The parser gives structure only; what a scalar means is `YAMLScalar`'s decision. Keys are their text, whatever a
/// plain scalar of that spelling would mean as a value. Merge keys (`<<: *base`) are expanded.
public enum YAMLReader {
  /// Reads `bytes` (UTF-8). An empty document is an empty mapping, as in Hydra.
  ///
  /// - Parameter file: The name that errors and origins show.
  /// - Throws: `ConfigError` for text that is no single document, duplicate keys, unknown tags and passed limits.
  public static func read(_ bytes: [UInt8], file: String) throws -> ConfigNode {
    try YAMLGuard.check(bytes, file: file)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigError.unreadableYAML(
        origin: .file(path: file, line: 1, column: 1), problem: "the bytes are not UTF-8")
    }
    guard let root = try parse(text, file: file) else {
      return ConfigNode(.mapping([:]), origin: .file(path: file, line: 1, column: 1))
    }
    var conversion = YAMLConversion(file: file)
    let node = try conversion.convert(root)
    if case .null = node.value { return ConfigNode(.mapping([:]), origin: node.origin) }
    return node
  }

  private static func parse(_ text: String, file: String) throws -> Node? {
    do {
      // `.utf8` is given because the default encoding consults the environment.
      return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw configError(error, file: file)
    }
  }

  private static func configError(_ error: YamlError, file: String) -> ConfigError {
    func origin(_ mark: Mark) -> Origin { .file(path: file, line: mark.line, column: mark.column) }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return .unreadableYAML(
        origin: origin(mark), problem: [context?.text, problem].compactMap(\.self).joined(separator: ", "))
    case .duplicatedKeysInMapping(let duplicates, let context):
      return .duplicateKey(key: duplicates.first ?? "", origin: origin(context.mark))
    case .reader(let problem, _, _, _):
      return .unreadableYAML(origin: .file(path: file, line: 1, column: 1), problem: problem)
    default:
      return .unreadableYAML(origin: .file(path: file, line: 1, column: 1), problem: "\(error)")
    }
  }
}

/// The walk from the parser's nodes to ours; counts values, so that aliases cannot multiply without end.
private struct YAMLConversion {
  let file: String
  var nodeCount = 0

  mutating func convert(_ node: Node) throws -> ConfigNode {
    let origin = origin(of: node)
    nodeCount += 1
    guard nodeCount <= CompositionLimits.nodeCount else {
      throw ConfigError.limitExceeded(what: "values", limit: CompositionLimits.nodeCount, origin: origin)
    }
    switch node {
    case .scalar(let scalar): return ConfigNode(try value(of: scalar, origin: origin), origin: origin)
    case .sequence(let sequence):
      try refuseTag(sequence.tag, except: "seq", origin: origin)
      var elements: [ConfigNode] = []
      for element in sequence { elements.append(try convert(element)) }
      return ConfigNode(.list(elements), origin: origin)
    case .mapping(let mapping):
      try refuseTag(mapping.tag, except: "map", origin: origin)
      return ConfigNode(.mapping(try entries(of: mapping)), origin: origin)
    case .alias: throw ConfigError.unreadableYAML(origin: origin, problem: "an alias that names no anchor")
    }
  }

  private mutating func entries(of mapping: Node.Mapping) throws -> OrderedDictionary<String, ConfigNode> {
    var entries: OrderedDictionary<String, ConfigNode> = [:]
    var merged: OrderedDictionary<String, ConfigNode> = [:]
    for (key, value) in mapping {
      let origin = origin(of: key)
      guard case .scalar(let scalar) = key, scalar.string.utf8.count <= CompositionLimits.keyByteCount else {
        throw ConfigError.unreadableYAML(
          origin: origin, problem: "a key must be a scalar of at most \(CompositionLimits.keyByteCount) bytes")
      }
      if scalar.string == "<<", scalar.style == .plain {
        try merge(value, into: &merged)
      } else if entries.updateValue(try convert(value), forKey: scalar.string) != nil {
        throw ConfigError.duplicateKey(key: scalar.string, origin: origin)
      }
    }
    // Merged entries come first and lose against the mapping's own, as in YAML 1.1.
    return merged.merging(entries) { _, own in own }
  }

  private mutating func merge(_ value: Node, into merged: inout OrderedDictionary<String, ConfigNode>) throws {
    let sources: [Node]
    if case .sequence(let sequence) = value { sources = Array(sequence) } else { sources = [value] }
    for source in sources {
      guard case .mapping(let mapping) = source else {
        throw ConfigError.unreadableYAML(
          origin: origin(of: source), problem: "'<<' merges a mapping or a list of mappings, given by aliases")
      }
      merged.merge(try entries(of: mapping)) { earlier, _ in earlier }
    }
  }

  private func value(of scalar: Node.Scalar, origin: Origin) throws -> ConfigValue {
    let tag = scalar.tag.rawValue
    let core = "tag:yaml.org,2002:"
    // The basic resolver leaves plain scalars' tags implicit (""), and gives quoted ones the string tag.
    if scalar.style != .plain && (tag.isEmpty || tag == "!" || tag == core + "str") { return .string(scalar.string) }
    if tag == core + "str" && scalar.style == .plain { return .string(scalar.string) }
    let meaning = YAMLScalar.meaning(ofPlain: scalar.string)
    switch (meaning, tag) {
    case (.value(let value), ""), (.value(let value), "?"): return value
    case (.value(.null), core + "null"): return .null
    case (.value(.bool(let flag)), core + "bool"): return .bool(flag)
    case (.value(.int(let integer)), core + "int"): return .int(integer)
    case (.value(.float(let double)), core + "float"): return .float(double)
    case (.value(.int(let integer)), core + "float"): return .float(Double(integer))
    case (.tooLarge, _):
      throw ConfigError.unreadableYAML(origin: origin, problem: "the integer \(scalar.string) does not fit 64 bits")
    case (.reserved(let name), _):
      throw ConfigError.unreadableYAML(
        origin: origin, problem: "could not determine a constructor for the tag '\(core)\(name)'; quote the value")
    default:
      throw ConfigError.unreadableYAML(
        origin: origin, problem: "'\(scalar.string)' cannot be read with the tag '\(tag)'; leave the tag out")
    }
  }

  private func refuseTag(_ tag: Tag, except name: String, origin: Origin) throws {
    guard ["", "!", "tag:yaml.org,2002:" + name].contains(tag.rawValue) else {
      throw ConfigError.unreadableYAML(
        origin: origin, problem: "the tag '\(tag.rawValue)' means nothing here; leave it out")
    }
  }

  private func origin(of node: Node) -> Origin {
    .file(path: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }
}
