import Storage

/// Reads typed values out of a configuration and collects every problem on the way.
///
///     var read = ConfigReader(resolved, at: "training")
///     maximumSteps = read.int("max_steps", in: 1...1_000_000)
///     learningRate = read.float("learning_rate", in: 1e-6...1)
///     try read.finish()
///
/// A value that cannot be believed is replaced by a harmless one until `finish()` throws; `finish()` also refuses keys
/// that nobody read, with a suggestion.
public struct ConfigReader {
  /// A part of a configuration that this reader is responsible for.
  struct Section {
    let path: String
    let node: ConfigNode?
  }

  let root: ConfigNode
  /// Precedes every path given to a reading function.
  private let base: String
  let sections: [Section]
  /// Where what is asked for is noted; nil where nobody wants to know.
  private let declarations: ConfigDeclarations?
  var problems: [ConfigError] = []
  var readPaths: Set<String> = []

  /// Reads the mapping at a dotted path, by default the whole configuration; paths are relative to it.
  public init(_ resolved: ResolvedConfig, at path: String = "") {
    self.init(resolved.root, base: path, sections: [path], declarations: resolved.declarations)
  }

  /// Reads several top-level sections; paths are from the root, and `finish()` refuses unread keys in these only.
  public init(_ resolved: ResolvedConfig, sections: [String]) {
    self.init(resolved.root, base: "", sections: sections, declarations: resolved.declarations)
  }

  /// Reads a value that was not composed, such as one YAML file.
  public init(_ root: ConfigNode, at path: String = "") {
    self.init(root, base: path, sections: [path], declarations: nil)
  }

  private init(_ root: ConfigNode, base: String, sections: [String], declarations: ConfigDeclarations?) {
    self.root = root
    self.base = base
    self.sections = sections.map { Section(path: $0, node: root[path: $0]) }
    self.declarations = declarations
    for section in self.sections {
      switch section.node?.value {
      case .mapping: break
      case let value?:
        problems.append(
          .wrongKind(
            path: section.path, expected: "a mapping", value: ConfigText.brief(value),
            origin: section.node?.origin ?? root.origin))
      case nil: problems.append(.absentValue(path: section.path, expected: "a mapping", place: place(of: section.path)))
      }
    }
  }

  // MARK: Scalars

  /// An integer in `range`.
  ///
  /// - Parameter default: Stands for an absent key; without it the key must be there.
  public mutating func int(
    _ path: String, in range: ClosedRange<Int> = Int.min...Int.max, default fallback: Int? = nil
  ) -> Int {
    declare(path, .init(range), default: fallback.map { .int(Int64($0)) })
    return value(path, expected: "an integer", default: fallback, placeholder: range.lowerBound) { node, full in
      guard case .int(let integer) = node.value else { return nil }
      guard range.contains(integer) else {
        throw ConfigError.outOfRange(
          path: full, value: "\(integer)", allowed: "\(range.lowerBound)…\(range.upperBound)", origin: node.origin)
      }
      return integer
    }
  }

  /// A finite number in `range`; integers count as numbers.
  public mutating func float(
    _ path: String, in range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude,
    default fallback: Double? = nil
  ) -> Double {
    declare(path, .init(range), default: fallback.map { .double($0) })
    return value(path, expected: "a number", default: fallback, placeholder: range.lowerBound) { node, full in
      let double: Double
      switch node.value {
      case .int(let integer): double = Double(integer)
      case .float(let number): double = number
      default: return nil
      }
      guard range.contains(double) else {  // also refuses NaN
        let allowed = "\(FloatText.yaml(range.lowerBound))…\(FloatText.yaml(range.upperBound))"
        throw ConfigError.outOfRange(
          path: full, value: FloatText.yaml(double), allowed: allowed, origin: node.origin)
      }
      return double
    }
  }

  /// `true` or `false`.
  public mutating func bool(_ path: String, default fallback: Bool? = nil) -> Bool {
    declare(path, .init(.boolean), default: fallback.map { .bool($0) })
    return value(path, expected: "true or false", default: fallback, placeholder: false) { node, _ in
      guard case .bool(let flag) = node.value else { return nil }
      return flag
    }
  }

  /// A string that is not empty.
  ///
  /// - Parameter allowed: The strings that are allowed; all, if nil.
  public mutating func string(_ path: String, allowed: [String]? = nil, default fallback: String? = nil) -> String {
    declare(path, .init(allowed: allowed), default: fallback.map { .string($0) })
    return value(path, expected: "a string", default: fallback, placeholder: allowed?.first ?? "") { node, full in
      try Self.string(node, path: full, allowed: allowed)
    }
  }

  /// A string, or nil for `null` or an absent key.
  public mutating func optionalString(_ path: String, allowed: [String]? = nil) -> String? {
    declare(path, .init(allowed: allowed), isNullable: true)
    return isNullOrAbsent(path) ? nil : string(path, allowed: allowed)
  }

  /// An integer, or nil for `null` or an absent key.
  public mutating func optionalInt(_ path: String, in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
    declare(path, .init(range), isNullable: true)
    return isNullOrAbsent(path) ? nil : int(path, in: range)
  }

  /// A number, or nil for `null` or an absent key.
  public mutating func optionalFloat(_ path: String, in range: ClosedRange<Double>) -> Double? {
    declare(path, .init(range), isNullable: true)
    return isNullOrAbsent(path) ? nil : float(path, in: range)
  }

  /// One of an enumeration's cases, by its raw value.
  public mutating func enumeration<Case: RawRepresentable & CaseIterable>(
    _ path: String, as type: Case.Type = Case.self, default fallback: Case? = nil
  ) -> Case where Case.RawValue == String {
    let cases = Array(Case.allCases)
    precondition(!cases.isEmpty, "an enumeration that is read has cases")
    declare(path, .init(allowed: cases.map(\.rawValue)), default: fallback.map { .string($0.rawValue) })
    return value(path, expected: "a string", default: fallback, placeholder: cases[0]) { node, full in
      try Self.string(node, path: full, allowed: cases.map(\.rawValue)).flatMap(Case.init(rawValue:))
    }
  }

  /// Texts and integers, one or a list of them, as texts: what is compared by its spelling.
  public mutating func texts(_ path: String) -> [String] {
    declare(path, .init())
    return value(path, expected: "a text, an integer, or a list of them", default: nil, placeholder: []) { node, _ in
      guard case .list(let elements) = node.value else { return Self.text(node).map { [$0] } }
      let texts = elements.compactMap(Self.text)
      return texts.count == elements.count ? texts : nil
    }
  }

  private static func text(_ node: ConfigNode) -> String? {
    switch node.value {
    case .string(let text): text
    case .int(let integer): String(integer)
    default: nil
    }
  }

  // MARK: Lists

  /// A list of integers in `range`.
  public mutating func ints(
    _ path: String, in range: ClosedRange<Int> = Int.min...Int.max, default fallback: [Int]? = nil
  ) -> [Int] {
    elements(path, default: fallback) { read, index in read.int(index, in: range) }
  }

  /// A list of numbers in `range`.
  public mutating func floats(
    _ path: String, in range: ClosedRange<Double>, default fallback: [Double]? = nil
  ) -> [Double] {
    elements(path, default: fallback) { read, index in read.float(index, in: range) }
  }

  /// A list of strings.
  public mutating func strings(_ path: String, allowed: [String]? = nil, default fallback: [String]? = nil) -> [String]
  {
    elements(path, default: fallback) { read, index in read.string(index, allowed: allowed) }
  }

  /// A list of cases of an enumeration.
  public mutating func enumerations<Case: RawRepresentable & CaseIterable>(
    _ path: String, as type: Case.Type = Case.self, default fallback: [Case]? = nil
  ) -> [Case] where Case.RawValue == String {
    elements(path, default: fallback) { read, index in read.enumeration(index) }
  }

  /// A list of mappings, each read by `body` with paths relative to it.
  public mutating func each<Element>(
    _ path: String, _ body: (inout ConfigReader) -> Element
  ) -> [Element] {
    elements(path, default: nil) { read, index in read.nested(index, body) }
  }

  /// A mapping, read by `body` with paths relative to it.
  public mutating func nested<Element>(_ path: String, _ body: (inout ConfigReader) -> Element) -> Element {
    declare(path, .init(.mapping))
    var inner = ConfigReader(root, base: full(path), sections: [full(path)], declarations: declarations)
    let element = body(&inner)
    problems += inner.problems
    readPaths.formUnion(inner.readPaths)
    return element
  }

  /// The keys of the mapping at `path`, which thereby count as known; empty if there is none.
  public func keys(_ path: String = "") -> [String] { root[path: full(path)]?.entries.map { Array($0.keys) } ?? [] }

  /// Whether the key exists and is not `null`.
  public func has(_ path: String) -> Bool {
    switch root[path: full(path)]?.value {
    case nil, .null: false
    default: true
    }
  }

  // MARK: Problems

  /// Whether something that was read so far could not be believed, so that harmless values stand in for it.
  public var hasProblems: Bool { !problems.isEmpty }

  /// Adds a problem that only the caller can see, such as two values that do not go together.
  public mutating func refuse(_ path: String, allowed: String) {
    guard let node = root[path: full(path)] else { return }
    problems.append(
      .outOfRange(path: full(path), value: ConfigText.brief(node.value), allowed: allowed, origin: node.origin))
  }

  /// Marks everything at and below `path` as read by somebody else.
  public mutating func leave(_ path: String) {
    declare(path, .init(), isNullable: !has(path))
    readPaths.insert(full(path))
  }

  // MARK: Helpers

  private func full(_ path: String) -> String { base.isEmpty ? path : path.isEmpty ? base : "\(base).\(path)" }

  private func declare(
    _ path: String, _ setting: @autoclosure () -> SettingSchema, default fallback: @autoclosure () -> JSONValue? = nil,
    isNullable: @autoclosure () -> Bool = false
  ) {
    guard let declarations else { return }
    var setting = setting()
    setting.defaultValue = fallback()
    setting.isNullable = isNullable()
    declarations.add(setting, at: ConfigPath(full(path)))
  }

  /// Where the value at `path` would be expected: the innermost mapping on the way to it that exists.
  private func place(of path: String) -> Origin {
    var node = root
    for key in ConfigPath(path).keys {
      guard let child = node[child: key] else { break }
      node = child
    }
    return node.origin
  }

  private mutating func isNullOrAbsent(_ path: String) -> Bool {
    readPaths.insert(full(path))
    return !has(path)
  }

  /// Reads one value; `convert` returns nil for the wrong kind and throws for a value that is not allowed.
  private mutating func value<Value>(
    _ path: String, expected: String, default fallback: Value?, placeholder: Value,
    _ convert: (ConfigNode, String) throws -> Value?
  ) -> Value {
    let full = full(path)
    readPaths.insert(full)
    guard let node = root[path: full] else {
      if let fallback { return fallback }
      problems.append(.absentValue(path: full, expected: expected, place: place(of: full)))
      return placeholder
    }
    do {
      if node.value.isMissing { throw ConfigError.mandatoryValue(path: full, origin: node.origin) }
      guard let value = try convert(node, full) else {
        throw ConfigError.wrongKind(
          path: full, expected: expected, value: ConfigText.brief(node.value), origin: node.origin)
      }
      return value
    } catch let error as ConfigError {
      problems.append(error)
    } catch {
      preconditionFailure("conversions throw ConfigError only: \(error)")
    }
    return fallback ?? placeholder
  }

  private static func string(_ node: ConfigNode, path: String, allowed: [String]?) throws -> String? {
    guard case .string(let string) = node.value else { return nil }
    if let allowed, !allowed.contains(string) {
      throw ConfigError.outOfRange(
        path: path, value: "'\(string)'", allowed: allowed.joined(separator: ", "), origin: node.origin)
    }
    guard !string.isEmpty else {
      throw ConfigError.outOfRange(path: path, value: "''", allowed: "text that is not empty", origin: node.origin)
    }
    return string
  }

  private mutating func elements<Element>(
    _ path: String, default fallback: [Element]?, _ read: (inout ConfigReader, String) -> Element
  ) -> [Element] {
    declare(path, .init(.list))
    let count = value(path, expected: "a list", default: fallback == nil ? nil : -1, placeholder: 0) { node, _ in
      guard case .list(let elements) = node.value else { return nil }
      return elements.count
    }
    // The list itself does not count as read: its elements do, one by one.
    if count > 0 { readPaths.remove(full(path)) }
    if count < 0 { return fallback ?? [] }
    return (0..<count).map { read(&self, "\(path).\($0)") }
  }
}
