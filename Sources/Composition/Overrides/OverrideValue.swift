/// What stands after the `=` of an override.
public enum OverrideValue: Sendable {
  /// One value.
  case element(OverrideElement)
  // Sweeps: one value for each run.
  case choice(ChoiceSweep)
  case range(RangeSweep)
  case interval(IntervalSweep)
  case glob(GlobSweep)
  /// A change to a list that is there: `append(x)`. Hydra has no such thing.
  case edit(ListEdit)
}

/// Values to try one after the other: `a,b`, `choice(a,b)`, `zip(a,b)`.
public struct ChoiceSweep: Sendable {
  public let elements: [OverrideElement]
  /// Whether it was typed without a function around it: `a,b`.
  public var isSimple: Bool
  /// The seed of the order in which the values are tried; nil for the order typed.
  public var shuffleSeed: Int?
  /// Sorted; for the reader, runs do not depend on them.
  public var tags: [String] = []
  /// Sweeps of the same group advance together, instead of being crossed. Hydra has no such thing.
  public var zipGroup: String?
}

/// Numbers from `start` up or down to `stop`, which is left out.
public struct RangeSweep: Sendable {
  public var start: RangeNumber
  public var stop: RangeNumber
  public var step: RangeNumber
  public var shuffleSeed: Int?
  public var tags: [String] = []
}

/// All numbers from `start` up to `end`, which is left out; only a sampler could try them.
public struct IntervalSweep: Sendable {
  public var start: Double
  public var end: Double
  public var tags: [String] = []
}

/// The options of a config group whose names match a pattern of `include` and none of `exclude`.
public struct GlobSweep: Sendable {
  public let include: [String]
  public let exclude: [String]
}

/// A change to a list.
public struct ListEdit: Sendable {
  /// Where the elements go, or that they go away.
  public enum Operation: String, Sendable {
    case append, prepend, remove
  }

  public let operation: Operation
  public let elements: [OverrideElement]
}

/// A bound or the step of a range: whole ranges of integers are of integers.
public enum RangeNumber: Sendable, Equatable {
  case int(Int)
  case float(Double)

  var double: Double {
    switch self {
    case .int(let integer): Double(integer)
    case .float(let double): double
    }
  }

  var element: OverrideElement {
    switch self {
    case .int(let integer): .int(integer)
    case .float(let double): .float(double)
    }
  }
}

extension OverrideValue {
  /// Whether the override is for several runs.
  public var isSweep: Bool {
    switch self {
    case .element, .edit: false
    case .choice, .range, .interval, .glob: true
    }
  }

  /// What Hydra calls this kind of value; `LIST_EDIT` is ours.
  public var typeName: String {
    switch self {
    case .element: "ELEMENT"
    case .choice(let sweep): sweep.isSimple ? "SIMPLE_CHOICE_SWEEP" : "CHOICE_SWEEP"
    case .range: "RANGE_SWEEP"
    case .interval: "INTERVAL_SWEEP"
    case .glob: "GLOB_CHOICE_SWEEP"
    case .edit: "LIST_EDIT"
    }
  }

  /// What kind of value this is, for messages.
  var kindName: String {
    switch self {
    case .element(let element): element.kindName
    case .choice: "a choice"
    case .range: "a range"
    case .interval: "an interval"
    case .glob: "a glob"
    case .edit(let edit): "\(edit.operation.rawValue)(…)"
    }
  }
}
