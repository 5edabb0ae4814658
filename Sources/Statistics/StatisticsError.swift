/// Why a statistic cannot be computed. A missing answer is an error, never 0: a gate must not pass on no data.
public enum StatisticsError: Error, Equatable, Sendable {
  case noSamples(statistic: String)
  case notANumber(statistic: String, index: Int, value: Double)
  case outOfRange(argument: String, value: String, allowed: String)
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
    }
  }
}
