import Foundation
import Randomness
import Statistics

/// Binomial probabilities for exact coverages, by logarithms of gamma functions: none of the code under test.
struct Binomial {
  let probability: Double
  /// Of 0 … trials successes.
  let masses: [Double]

  /// - Parameter probability: In (0, 1).
  init(trials: Int, probability: Double) {
    self.probability = probability
    masses = (0...trials).map { successes in
      let failures = trials - successes
      let logarithm: Double = Self.logFactorial(trials) - Self.logFactorial(successes) - Self.logFactorial(failures)
      return exp(logarithm + Double(successes) * log(probability) + Double(failures) * log1p(-probability))
    }
  }

  static func logFactorial(_ number: Int) -> Double { lgamma(Double(number) + 1) }

  /// The chance that the interval of the successes contains the probability; a refused sample has none.
  func coverage(_ intervals: [Interval?]) -> Double {
    zip(masses, intervals).reduce(0) { $0 + ($1.1.map { covers($0) } ?? false ? $1.0 : 0) }
  }

  func covers(_ interval: Interval) -> Bool { interval.lower <= probability && probability <= interval.upper }
}

extension RandomStream {
  /// How many of `trials` succeed. Consumes one uniform number each.
  mutating func binomial(trials: Int, probability: Double) -> Int {
    var successes = 0
    for _ in 0..<trials where uniform() < probability { successes += 1 }
    return successes
  }

  /// Wins and losses among `trials`. Consumes one uniform number each.
  mutating func trinomial(trials: Int, winning: Double, losing: Double) -> (wins: Int, losses: Int) {
    var (wins, losses) = (0, 0)
    for _ in 0..<trials {
      let drawn = uniform()
      if drawn < winning { wins += 1 } else if drawn < winning + losing { losses += 1 }
    }
    return (wins, losses)
  }
}
