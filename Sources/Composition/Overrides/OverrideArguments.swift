import OrderedCollections

/// The arguments of one function call in an override, bound to parameters as Python binds them.
struct OverrideArguments {
  let name: String
  private var positional: ArraySlice<OverrideValue>
  private var named: OrderedDictionary<String, OverrideValue>

  /// Quotes around whole arguments go.
  init(name: String, positional: [OverrideValue], named: OrderedDictionary<String, OverrideValue>) {
    self.name = name
    self.positional = positional.map(Self.unquoted)[...]
    self.named = named.mapValues(Self.unquoted)
  }

  private static func unquoted(_ value: OverrideValue) -> OverrideValue {
    guard case .element(let element) = value else { return value }
    return .element(element.unquoted)
  }

  /// The next positional argument, or the one called `parameter`.
  mutating func required(_ parameter: String) throws -> OverrideValue {
    guard let value = try next(parameter) else {
      throw OverrideFunction.Problem(problem: "\(name)(…) misses the argument '\(parameter)'")
    }
    return value
  }

  /// The next positional argument, or the one called `parameter`; nil if it is absent or `null`.
  mutating func optional(_ parameter: String) throws -> OverrideValue? {
    let value = try next(parameter)
    if case .element(.null)? = value { return nil }
    return value
  }

  /// All positional arguments.
  mutating func takeAll() -> [OverrideValue] {
    defer { positional = [] }
    return Array(positional)
  }

  /// The argument called `parameter`; nil if it is absent or `null`.
  mutating func named(_ parameter: String) -> OverrideValue? {
    let value = named.removeValue(forKey: parameter)
    if case .element(.null)? = value { return nil }
    return value
  }

  /// - Throws: `OverrideFunction.Problem` if an argument was not taken.
  func finish() throws {
    if let extra = named.keys.first {
      throw OverrideFunction.Problem(problem: "\(name)(…) has no argument '\(extra)'")
    }
    guard positional.isEmpty else { throw OverrideFunction.Problem(problem: "too many arguments of \(name)(…)") }
  }

  private mutating func next(_ parameter: String) throws -> OverrideValue? {
    guard let first = positional.popFirst() else { return named.removeValue(forKey: parameter) }
    guard named[parameter] == nil else {
      throw OverrideFunction.Problem(problem: "\(name)(…) has two values for '\(parameter)'")
    }
    return first
  }
}
