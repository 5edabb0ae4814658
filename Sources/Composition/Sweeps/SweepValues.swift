/// The values of one sweep, in the order in which they are tried.
enum SweepValues {
  static func of(_ override: Override, options: (_ group: String) -> [String]) throws -> [OverrideElement] {
    switch override.value {
    case .choice(let sweep): return ordered(sweep.elements, sweep.shuffleSeed)
    case .range(let sweep):
      do {
        let elements = try sweep.elements()
        guard !elements.isEmpty else {
          throw OverrideFunction.Problem(
            problem: "the range is empty", remedy: "Its start, its stop and the sign of its step do not go together.")
        }
        return ordered(elements, sweep.shuffleSeed)
      } catch let problem as OverrideFunction.Problem {
        throw refusal(of: override, problem.problem, remedy: problem.remedy)
      }
    case .glob(let glob):
      let options = options(override.key)
      let chosen = options.filter(glob.matches)
      guard !chosen.isEmpty else {
        throw refusal(
          of: override,
          options.isEmpty ? "'\(override.key)' is no config group" : "no option of '\(override.key)' matches",
          remedy: options.isEmpty
            ? "glob(…) picks options of a group; to try values, write choice(…)."
            : "Available: \(options.joined(separator: ", ")).")
      }
      return chosen.map { .string($0, quote: nil) }
    case .interval:
      throw refusal(
        of: override, "an interval has no end of values, and here each value is tried",
        remedy: "Write steps, range(0,1,0.1), or values, choice(0.1,0.5).")
    case .element(let element)?: return [element]
    case .edit, nil: return []
    }
  }

  private static func ordered(_ elements: [OverrideElement], _ seed: Int?) -> [OverrideElement] {
    seed.map { OverrideFunction.inSeededOrder(elements, seed: $0) } ?? elements
  }

  private static func refusal(of override: Override, _ problem: String, remedy: String) -> ConfigError {
    .badSweep(text: override.text, problem: problem, remedy: remedy, origin: override.origin)
  }
}

extension GlobSweep {
  /// Whether `name` matches a pattern of `include` and none of `exclude`.
  func matches(_ name: String) -> Bool {
    include.contains { GlobPattern($0).matches(name) } && !exclude.contains { GlobPattern($0).matches(name) }
  }
}
