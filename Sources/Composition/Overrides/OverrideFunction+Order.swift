import Randomness

/// `sort` and `shuffle`.
extension OverrideFunction {
  static func sort(_ call: inout OverrideArguments) throws -> OverrideValue {
    let arguments = call.takeAll()
    let chosen = try takeNamed(&call)
    let descends = try call.named("reverse").map { argument in
      guard case .element(.bool(let flag)) = argument else {
        throw Problem(problem: "reverse is \(argument.kindName), not true or false")
      }
      return flag
    }
    try call.finish()
    let values = chosen.map { [$0] } ?? arguments
    guard values.count == 1, let only = values.first else {
      let elements = try elements(values, of: "sort")
      return .choice(ChoiceSweep(elements: try sorted(elements, descends: descends ?? false), isSimple: true))
    }
    switch only {
    case .choice(let sweep):
      var result = ChoiceSweep(
        elements: try sorted(sweep.elements, descends: descends ?? false), isSimple: sweep.isSimple)
      (result.shuffleSeed, result.tags, result.zipGroup) = (sweep.shuffleSeed, sweep.tags, sweep.zipGroup)
      return .choice(result)
    case .range(let sweep): return try sweep.sorted(descends: descends ?? false)
    case .element(.list(let elements)): return .element(.list(try sorted(elements, descends: descends ?? false)))
    case .element(.null), .interval, .glob, .edit: throw Problem(problem: "\(only.kindName) cannot be sorted")
    case .element: return only
    }
  }

  static func shuffle(_ call: inout OverrideArguments) throws -> OverrideValue {
    let arguments = call.takeAll()
    let chosen = try takeNamed(&call)
    let seed = try call.named("seed").map { argument in
      guard case .element(.int(let seed)) = argument else {
        throw Problem(problem: "seed is \(argument.kindName), not an integer")
      }
      return seed
    }
    try call.finish()
    let values = chosen.map { [$0] } ?? arguments
    guard values.count == 1, let only = values.first else {
      let elements = try elements(values, of: "shuffle")
      return .choice(ChoiceSweep(elements: elements, isSimple: true, shuffleSeed: seed ?? 0))
    }
    switch only {
    case .choice(var sweep):
      sweep.shuffleSeed = seed ?? 0
      return .choice(sweep)
    case .range(var sweep):
      sweep.shuffleSeed = seed ?? 0
      return .range(sweep)
    case .element(.list(let elements)): return .element(.list(inSeededOrder(elements, seed: seed ?? 0)))
    case .element(.null), .interval, .glob, .edit: throw Problem(problem: "\(only.kindName) cannot be shuffled")
    case .element(let element): return .element(.list([element]))
    }
  }

  /// What `list=` or else `sweep=` gives; in Hydra too it hides positional arguments.
  private static func takeNamed(_ call: inout OverrideArguments) throws -> OverrideValue? {
    let list = call.named("list"), sweep = call.named("sweep")
    switch sweep {
    case nil, .choice, .range: break
    case let sweep?: throw Problem(problem: "sweep is \(sweep.kindName), not a choice or a range")
    }
    switch list {
    case nil: return sweep
    case .element(.list): return list
    case let list?: throw Problem(problem: "list is \(list.kindName), not a list")
    }
  }

  /// The elements in an order that `seed` alone determines.
  static func inSeededOrder(_ elements: [OverrideElement], seed: Int) -> [OverrideElement] {
    var elements = elements
    var random = RandomStream(seed: UInt64(bitPattern: Int64(seed)), "override shuffle")
    random.shuffle(&elements)
    return elements
  }

  // MARK: Order

  /// Stable, as Python's `sorted`: numbers by value, texts by scalars, lists element by element; no mixture.
  private static func sorted(_ elements: [OverrideElement], descends: Bool) throws -> [OverrideElement] {
    if elements.count > 1, elements.contains(where: isQuoted) {
      throw Problem(
        problem: "quoted texts in a list cannot be sorted", remedy: "Leave the quotes out, or list them in order.")
    }
    // The standard library's sort is stable, though it promises that only in its implementation notes.
    return try elements.enumerated().sorted { left, right in
      switch try order(left.element, right.element) {
      case 0: left.offset < right.offset
      case let order: descends ? order > 0 : order < 0
      }
    }.map(\.element)
  }

  private static func isQuoted(_ element: OverrideElement) -> Bool {
    if case .string(_, _?) = element { return true }
    return false
  }

  /// Negative, zero or positive, as `left` is before, with or after `right`.
  private static func order(_ left: OverrideElement, _ right: OverrideElement) throws -> Int {
    switch (left, right) {
    case (.string(let left, nil), .string(let right, nil)):
      return left == right ? 0 : left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars) ? -1 : 1
    case (.list(let left), .list(let right)):
      for (left, right) in Swift.zip(left, right) {
        let order = try order(left, right)
        if order != 0 { return order }
      }
      return left.count - right.count
    default:
      let left = try number(.element(left), "a value to sort"), right = try number(.element(right), "a value to sort")
      if case .int(let left) = left, case .int(let right) = right { return left == right ? 0 : left < right ? -1 : 1 }
      guard !left.double.isNaN, !right.double.isNaN else { throw Problem(problem: "nan has no place in an order") }
      return left.double == right.double ? 0 : left.double < right.double ? -1 : 1
    }
  }
}
