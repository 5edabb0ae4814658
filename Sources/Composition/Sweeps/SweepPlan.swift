/// The runs that overrides with sweeps stand for.
///
///     let plan = try SweepPlan([model=nano,micro  seed=range(0,3)])   // 6 runs; the last sweep varies fastest
///
/// Source: Hydra 1.3 `basic_sweeper.py`. Sweeps made by `zip(…)` advance together, which Hydra cannot.
public struct SweepPlan: Sendable {
  /// One run: overrides without sweeps.
  public struct Run: Sendable {
    /// All overrides, in the order of their keys' first mention.
    public let overrides: [Override]
    /// Those that a sweep chose, which set this run apart from the others.
    public let choices: [Override]

    /// The overrides as they would be typed.
    public var texts: [String] { overrides.map(\.text) }
  }

  /// In order: the leftmost sweep varies slowest. One run without choices if there is no sweep.
  public let runs: [Run]

  init(runs: [Run]) { self.runs = runs }

  /// Expands `overrides`.
  ///
  /// - Parameter options: The options of a config group, sorted; `glob(…)` picks among them.
  /// - Throws: `ConfigError` for a sweep that cannot be enumerated, for zipped sweeps of unequal length, and above
  ///   `CompositionLimits.sweepRunCount` runs.
  /// - Complexity: O(runs · overrides).
  public init(_ overrides: [Override], options: (_ group: String) -> [String]) throws {
    let kept = Self.withoutReplaced(overrides)
    var axes: [Axis] = []
    for (position, override) in kept.enumerated() where override.isSweep {
      guard !override.key.hasPrefix("hydra.") && !override.key.hasPrefix("hydra/") else {
        throw ConfigError.badSweep(
          text: override.text, problem: "the settings of the sweep itself cannot be swept",
          remedy: "Give one value.", origin: override.origin)
      }
      let elements = try SweepValues.of(override, options: options)
      let axis = Axis(group: override.zipGroup, positions: [position], steps: elements.map { [override.choosing($0)] })
      if let group = axis.group, let index = axes.firstIndex(where: { $0.group == group }) {
        try axes[index].join(axis, override)
      } else {
        axes.append(axis)
      }
    }
    runs = try Self.product(of: axes, over: kept)
  }

  /// Sweeps that advance together.
  private struct Axis {
    let group: String?
    /// The overrides' positions among all.
    var positions: [Int]
    /// For each step, the override at each position.
    var steps: [[Override]]

    mutating func join(_ other: Axis, _ override: Override) throws {
      guard steps.count == other.steps.count else {
        throw ConfigError.badSweep(
          text: override.text,
          problem:
            "it has \(other.steps.count) values, and '\(steps[0][0].keyText)', zipped with it, has \(steps.count)",
          remedy: "Give both as many, or set one apart with zip(…, group=<name>).", origin: override.origin)
      }
      positions += other.positions
      for index in steps.indices { steps[index] += other.steps[index] }
    }
  }

  /// Without overrides whose key a later one sets again; that one takes the first one's place.
  ///
  /// Edits of lists and merged mappings build on one another, so they all stay.
  private static func withoutReplaced(_ overrides: [Override]) -> [Override] {
    var kept: [Override] = [], places: [String: Int] = [:]
    for override in overrides {
      if let place = places[override.keyText], kept[place].replacesWhole, override.replacesWhole {
        kept[place] = override
      } else {
        places[override.keyText] = kept.count
        kept.append(override)
      }
    }
    return kept
  }

  private static func product(of axes: [Axis], over overrides: [Override]) throws -> [Run] {
    var count = 1
    for axis in axes {
      let (product, overflow) = count.multipliedReportingOverflow(by: axis.steps.count)
      guard !overflow, product <= CompositionLimits.sweepRunCount else {
        throw ConfigError.limitExceeded(
          what: "runs of one sweep", limit: CompositionLimits.sweepRunCount,
          origin: overrides[axis.positions[0]].origin)
      }
      count = product
    }
    return (0..<count).map { number in
      var rest = number, chosen = overrides
      for axis in axes.reversed() {
        let step = axis.steps[rest % axis.steps.count]
        rest /= axis.steps.count
        for (position, override) in zip(axis.positions, step) { chosen[position] = override }
      }
      let swept = axes.flatMap(\.positions).sorted()
      return Run(overrides: chosen, choices: swept.map { chosen[$0] })
    }
  }
}

extension Override {
  fileprivate var zipGroup: String? {
    guard case .choice(let sweep)? = value else { return nil }
    return sweep.zipGroup
  }

  /// Whether nothing of an earlier override of the same key is left after this one.
  fileprivate var replacesWhole: Bool {
    switch value {
    case .edit?, .element(.mapping)?: false
    default: true
    }
  }
}
