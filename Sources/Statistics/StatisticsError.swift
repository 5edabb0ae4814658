/// Why a statistic cannot be computed. A missing answer is an error, never 0: a gate must not pass on no data.
public enum StatisticsError: Error, Equatable, Sendable {
  case noSamples(statistic: String)
  case notANumber(statistic: String, index: Int, value: Double)
  case outOfRange(argument: String, value: String, allowed: String)
  /// Samples, of which the method needs at least `smallest` to mean what it says.
  case tooFew(statistic: String, count: Int, smallest: Int)
  /// All values are equal, so that their spread says nothing of how uncertain they are.
  case noSpread(statistic: String, count: Int, value: Double)
  /// A seed whose answers are not those to the first seed's problems, each once.
  case notPaired(statistic: String, seed: Int, expected: Int, got: Int)
}

extension StatisticsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSamples(let statistic):
      "\(statistic): expected at least one sample, got none. Measure before summarising."
    case .notANumber(let statistic, let index, let value):
      "\(statistic): sample \(index) is \(value); expected a finite number. Find what produced it; do not drop it."
    case .outOfRange(let argument, let value, let allowed):
      "\(argument) is \(value); allowed: \(allowed). Correct the caller."
    case .tooFew(let statistic, let count, let smallest):
      "\(statistic): expected at least \(smallest), got \(count). Measure more before claiming anything."
    case .noSpread(let statistic, let count, let value):
      "\(statistic): all \(count) values are \(value); expected a spread to judge by. Measure more, or take an exact method."
    case .notPaired(let statistic, let seed, let expected, let got):
      """
      \(statistic): seed \(seed) answers \(got) of the first seed's \(expected) problems once and no other; expected all. \
      Ask every seed the same problems.
      """
    }
  }
}
