/// Calls of functions in override values: `choice(a,b)`, `sort([2,1])`, `int(3.7)`.
///
/// Source: Hydra 1.3 `grammar_functions.py` and `functions.py`, with Python's rules for binding arguments. Ours are
/// `zip`, `append`, `prepend`, `remove`, and the argument `seed` of `shuffle`.
enum OverrideFunction {
  /// Why a call means nothing; the parser adds the place.
  struct Problem: Error {
    let problem: String
    var remedy = "Quote the value to use a text."
  }

  static let names = [
    "append", "bool", "choice", "float", "glob", "int", "interval", "prepend", "range", "remove", "shuffle", "sort",
    "str", "tag", "zip",
  ]

  /// The value of a call.
  ///
  /// - Throws: `Problem`.
  static func evaluate(_ call: OverrideArguments) throws -> OverrideValue {
    var call = call
    switch call.name {
    case "choice": return try choice(&call)
    case "range": return try range(&call)
    case "interval": return try interval(&call)
    case "glob": return try glob(&call)
    case "zip": return try zip(&call)
    case "tag": return try tag(&call)
    case "sort": return try sort(&call)
    case "shuffle": return try shuffle(&call)
    case "append", "prepend", "remove": return try edit(&call)
    default: break
    }
    guard let cast = OverrideCast(rawValue: call.name) else {
      let near = Suggestion.nearest(to: call.name, among: names)
      throw Problem(
        problem: "there is no function '\(call.name)'"
          + (near.isEmpty ? "" : " (did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?)"),
        remedy: "Known: \(names.joined(separator: ", ")). Quote the value to use a text.")
    }
    return try cast.evaluate(&call)
  }

  // MARK: Sweeps

  private static func choice(_ call: inout OverrideArguments) throws -> OverrideValue {
    let arguments = call.takeAll()
    try call.finish()
    if arguments.count == 1, case .choice(var sweep) = arguments[0] {
      guard sweep.isSimple else { throw Problem(problem: "a choice inside a choice") }
      sweep.isSimple = false
      return .choice(sweep)
    }
    return .choice(ChoiceSweep(elements: try elements(arguments, of: "choice"), isSimple: false))
  }

  private static func zip(_ call: inout OverrideArguments) throws -> OverrideValue {
    let arguments = call.takeAll()
    let group = try call.named("group").map { try text($0, "group") }
    try call.finish()
    var sweep: ChoiceSweep
    switch arguments.first {
    case .choice(let inner) where arguments.count == 1: sweep = inner
    case .range(let inner) where arguments.count == 1:
      sweep = ChoiceSweep(elements: try inner.elements(), isSimple: false)
    default: sweep = ChoiceSweep(elements: try elements(arguments, of: "zip"), isSimple: false)
    }
    sweep.isSimple = false
    sweep.zipGroup = group ?? ""
    return .choice(sweep)
  }

  private static func range(_ call: inout OverrideArguments) throws -> OverrideValue {
    let first = try number(call.required("start"), "start")
    let second = try call.optional("stop").map { try number($0, "stop") }
    let step = try call.optional("step").map { try number($0, "step") } ?? .int(1)
    try call.finish()
    let sweep = RangeSweep(start: second == nil ? .int(0) : first, stop: second ?? first, step: step)
    try sweep.validate()
    return .range(sweep)
  }

  private static func interval(_ call: inout OverrideArguments) throws -> OverrideValue {
    let start = try number(call.required("start"), "start"), end = try number(call.required("end"), "end")
    try call.finish()
    return .interval(IntervalSweep(start: start.double, end: end.double))
  }

  private static func glob(_ call: inout OverrideArguments) throws -> OverrideValue {
    let include = try patterns(call.required("include"), "include")
    let exclude = try call.optional("exclude").map { try patterns($0, "exclude") } ?? []
    try call.finish()
    return .glob(GlobSweep(include: include, exclude: exclude))
  }

  private static func tag(_ call: inout OverrideArguments) throws -> OverrideValue {
    var arguments = call.takeAll()
    guard !arguments.isEmpty else { throw Problem(problem: "tag(…) takes tags and then a sweep") }
    if let sweep = call.named("sweep") { arguments.append(sweep) }
    try call.finish()
    let tags = Set(try arguments.dropLast().map { try text($0, "a tag") }).sorted()
    switch arguments.last {
    case .choice(var sweep):
      sweep.tags = tags
      return .choice(sweep)
    case .range(var sweep):
      sweep.tags = tags
      return .range(sweep)
    case .interval(var sweep):
      sweep.tags = tags
      return .interval(sweep)
    default:
      throw Problem(problem: "the last argument of tag(…) is a choice, a range or an interval")
    }
  }

  private static func edit(_ call: inout OverrideArguments) throws -> OverrideValue {
    let arguments = call.takeAll()
    try call.finish()
    guard let operation = ListEdit.Operation(rawValue: call.name) else { throw Problem(problem: "no list operation") }
    return .edit(ListEdit(operation: operation, elements: try elements(arguments, of: call.name, allowsNull: true)))
  }

  // MARK: Arguments

  /// The values of arguments that may not be sweeps; Hydra refuses `null` in them, though not in `a,null`.
  static func elements(
    _ arguments: [OverrideValue], of function: String, allowsNull: Bool = false
  ) throws -> [OverrideElement] {
    guard !arguments.isEmpty else { throw Problem(problem: "\(function)() is empty") }
    return try arguments.map { argument in
      guard case .element(let element) = argument else {
        throw Problem(problem: "\(argument.kindName) inside \(function)(…)")
      }
      if case .null = element, !allowsNull { throw Problem(problem: "null in \(function)(…)") }
      return element
    }
  }

  /// A number; Python counts booleans among them.
  static func number(_ argument: OverrideValue, _ name: String) throws -> RangeNumber {
    switch argument {
    case .element(.int(let integer)): return .int(integer)
    case .element(.float(let double)): return .float(double)
    case .element(.bool(let flag)): return .int(flag ? 1 : 0)
    default: throw Problem(problem: "\(name) is \(argument.kindName), not a number")
    }
  }

  static func text(_ argument: OverrideValue, _ name: String) throws -> String {
    guard case .element(.string(let text, _)) = argument else {
      throw Problem(problem: "\(name) is \(argument.kindName), not a text")
    }
    return text
  }

  private static func patterns(_ argument: OverrideValue, _ name: String) throws -> [String] {
    guard case .element(.list(let elements)) = argument else { return [try text(argument, name)] }
    return try elements.map { try text(.element($0), "a pattern of \(name)") }
  }
}
