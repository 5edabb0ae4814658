extension RangeSweep {
  /// - Throws: `OverrideFunction.Problem` for a range without end.
  func validate() throws {
    guard [start, stop, step].allSatisfy(\.double.isFinite) else {
      throw OverrideFunction.Problem(problem: "a bound of range(…) is not finite")
    }
    if case .int(Int.min) = step { throw OverrideFunction.Problem(problem: "the step of range(…) is too small") }
    guard step.double != 0 else { throw OverrideFunction.Problem(problem: "the step of range(…) is 0") }
  }

  /// The numbers in the order of the range, whatever `shuffleSeed` says.
  ///
  /// Decimals are added as Python's `decimal` module adds them, to 28 digits, so that `range(0,1,0.1)` has the numbers
  /// that Hydra has.
  ///
  /// - Throws: `OverrideFunction.Problem` if there are more than `CompositionLimits.sweepValueCount`.
  package func elements() throws -> [OverrideElement] {
    guard case (.int(let first), .int(let stop), .int(let step)) = (start, stop, step) else { return try decimals() }
    var elements: [OverrideElement] = [], number = first
    while step > 0 ? number < stop : number > stop {
      elements.append(.int(number))
      try Self.limit(elements.count)
      let (next, overflow) = number.addingReportingOverflow(step)
      if overflow { break }
      number = next
    }
    return elements
  }

  private func decimals() throws -> [OverrideElement] {
    var elements: [OverrideElement] = []
    var number = SweepDecimal(start)
    let stop = SweepDecimal(stop), step = SweepDecimal(step), rises = self.step.double > 0
    while rises ? number.isLess(than: stop) : stop.isLess(than: number) {
      elements.append(.float(number.double))
      try Self.limit(elements.count)
      number = number.adding(step)
    }
    return elements
  }

  private static func limit(_ count: Int) throws {
    guard count <= CompositionLimits.sweepValueCount else {
      throw OverrideFunction.Problem(
        problem: "range(…) has more than \(CompositionLimits.sweepValueCount) values", remedy: "Take larger steps.")
    }
  }

  /// The range's own numbers in the order asked for; an empty range is turned round, as Hydra does it.
  ///
  /// - Throws: As `elements()`.
  func sorted(descends: Bool) throws -> OverrideValue {
    let own = try elements()
    guard let last = own.last else { return .range(try turned(descends: descends)) }
    guard (step.double < 0) != descends else { return .range(self) }
    guard case (.int(let first), .int(let last), .int(let step)) = (start, last, step) else {
      var sweep = ChoiceSweep(elements: own.reversed(), isSimple: false)
      (sweep.shuffleSeed, sweep.tags) = (shuffleSeed, tags)
      return .choice(sweep)
    }
    let (end, overflow) = first.subtractingReportingOverflow(step)
    guard !overflow else { throw OverrideFunction.Problem(problem: "a bound of range(…) does not fit 64 bits") }
    var result = self
    (result.start, result.stop, result.step) = (.int(last), .int(end), .int(-step))
    return .range(result)
  }

  private func turned(descends: Bool) throws -> RangeSweep {
    guard descends ? start.double < stop.double : start.double > stop.double else { return self }
    var result = self
    if case (.int(let start), .int(let stop), .int(let step)) = (start, stop, step) {
      let width = descends ? -abs(step) : abs(step)
      let (first, overflow) = stop.addingReportingOverflow(width)
      let (last, carry) = start.addingReportingOverflow(width)
      guard !overflow, !carry else {
        throw OverrideFunction.Problem(problem: "a bound of range(…) does not fit 64 bits")
      }
      (result.start, result.stop, result.step) = (.int(first), .int(last), .int(-step))
    } else {
      let width = descends ? -abs(step.double) : abs(step.double)
      (result.start, result.stop) = (.float(stop.double + width), .float(start.double + width))
      result.step = .float(-step.double)
      try result.validate()
    }
    return result
  }
}
