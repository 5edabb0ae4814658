/// The casts of the override grammar: `int(3.7)` is 3, `str([1,2])` is `['1','2']`, `float(range(1,3))` a range.
///
/// Source: Hydra 1.3 `grammar_functions.py`, `cast_*`.
enum OverrideCast: String {
  case int, float, bool, str

  /// One positional argument or `value=`; several positional ones are a sweep.
  func evaluate(_ call: inout OverrideArguments) throws -> OverrideValue {
    let positional = call.takeAll(), value = call.named("value")
    try call.finish()
    switch (value, positional.count) {
    case (let value?, 0): return try cast(value)
    case (_?, _): throw OverrideFunction.Problem(problem: "\(rawValue)(…) has a value twice")
    case (nil, 0): throw OverrideFunction.Problem(problem: "\(rawValue)() has no value")
    case (nil, 1): return try cast(positional[0])
    case (nil, _):
      let elements = try OverrideFunction.elements(positional, of: rawValue, allowsNull: true)
      return .choice(ChoiceSweep(elements: try elements.map(cast), isSimple: true))
    }
  }

  /// As in Hydra, a cast forgets the tags and the order of a choice or a range.
  private func cast(_ value: OverrideValue) throws -> OverrideValue {
    switch value {
    case .element(let element): return .element(try cast(element))
    case .choice(let sweep):
      return .choice(
        ChoiceSweep(elements: try sweep.elements.map(cast), isSimple: sweep.isSimple, zipGroup: sweep.zipGroup))
    case .range(let sweep):
      return .range(
        RangeSweep(start: try number(sweep.start), stop: try number(sweep.stop), step: try number(sweep.step)))
    case .interval(let sweep):
      return .interval(
        IntervalSweep(
          start: try number(.float(sweep.start)).double, end: try number(.float(sweep.end)).double, tags: sweep.tags))
    case .glob, .edit: throw OverrideFunction.Problem(problem: "\(value.kindName) inside \(rawValue)(…)")
    }
  }

  private func number(_ number: RangeNumber) throws -> RangeNumber {
    switch (self, try cast(number.element)) {
    case (.int, .int(let integer)): return .int(integer)
    case (.float, .float(let double)): return .float(double)
    default:
      throw OverrideFunction.Problem(
        problem: "numbers of a sweep cannot be cast to \(rawValue)", remedy: "Cast them to int or float.")
    }
  }

  private func cast(_ element: OverrideElement) throws -> OverrideElement {
    switch (self, element) {
    case (_, .list(let elements)): return .list(try elements.map(cast))
    case (_, .mapping(let entries)): return .mapping(try entries.mapValues(cast))
    case (.bool, .null): return .bool(false)
    case (_, .null): throw refusal(of: element)
    case (.int, .bool(let flag)): return .int(flag ? 1 : 0)
    case (.int, .int), (.float, .float), (.bool, .bool): return element
    case (.int, .float(let double)):
      guard let integer = Int(exactly: double.rounded(.towardZero)) else { throw refusal(of: element) }
      return .int(integer)
    case (.int, .string(let text, _)):
      guard let integer = PythonNumber.int(text) else { throw refusal(of: element) }
      return .int(integer)
    case (.float, .bool(let flag)): return .float(flag ? 1 : 0)
    case (.float, .int(let integer)): return .float(Double(integer))
    case (.float, .string(let text, _)):
      guard let double = PythonNumber.float(text) else { throw refusal(of: element) }
      return .float(double)
    case (.bool, .int(let integer)): return .bool(integer != 0)
    case (.bool, .float(let double)): return .bool(double != 0)
    case (.bool, .string(let text, _)):
      switch text.lowercased() {
      case "true": return .bool(true)
      case "false": return .bool(false)
      default: throw refusal(of: element)
      }
    case (.str, .bool(let flag)): return .string(flag ? "true" : "false", quote: nil)
    case (.str, .int(let integer)): return .string(String(integer), quote: nil)
    case (.str, .float(let double)): return .string(FloatText.python(double), quote: nil)
    case (.str, .string(let text, _)): return .string(text, quote: nil)
    }
  }

  private func refusal(of element: OverrideElement) -> OverrideFunction.Problem {
    OverrideFunction.Problem(problem: "\(element.text) cannot be cast to \(rawValue)")
  }
}
