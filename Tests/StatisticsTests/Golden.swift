import Foundation
import TestSupport

/// What SciPy and statsmodels make of the cases in Golden/statistics.json, which Golden/make_goldens.py wrote.
struct Golden: Decodable {
  struct Share: Decodable {
    let successes: Int
    let trials: Int
    let confidence: Double
    let wilson: [Double]
    let clopperPearson: [Double]
  }
  struct BetaTail: Decodable {
    let a: Double
    let b: Double
    let x: Double
    let lower: Double
    let upper: Double
  }
  struct NormalQuantile: Decodable {
    let tail: Double
    let quantile: Double
  }
  struct Student: Decodable {
    let values: [Double]
    let confidence: Double
    let mean: Double
    let standardError: Double
    let interval: [Double]
    let quantile: Double
  }
  struct McNemar: Decodable {
    let wins: Int
    let losses: Int
    let exact: Double
    /// Statistic and p value; absent below 25 discordant pairs.
    let corrected: [Double]?
    let uncorrected: [Double]?
  }
  struct Holm: Decodable {
    let values: [Double]
    let adjusted: [Double]
  }
  struct Effect: Decodable {
    let kind: String
    let count: Int
    let share: Double
    let alpha: Double
    let power: Double
    let effect: Double
  }
  struct PairedShare: Decodable {
    let wins: Int
    let ties: Int
    let losses: Int
    let confidence: Double
    let interval: [Double]
  }
  struct Bootstrap: Decodable {
    let name: String
    let clusters: [[Double]]
    /// `resamples` times as many as clusters.
    let indices: [Int]
    let resamples: Int
    let confidence: Double
    let value: Double
    let standardError: Double
    let percentile: [Double]
    let corrected: [Double]
  }
  struct Seeds: Decodable {
    /// A row for each seed.
    let values: [[Double]]
    /// For each resample the seeds, then the problems.
    let indices: [Int]
    let resamples: Int
    let confidence: Double
    let value: Double
    let standardError: Double
    let percentile: [Double]
  }

  let madeBy: String
  let shares: [Share]
  let betaTails: [BetaTail]
  let normalQuantiles: [NormalQuantile]
  let student: [Student]
  let mcnemar: [McNemar]
  let holm: [Holm]
  let effects: [Effect]
  let pairedShares: [PairedShare]
  let bootstraps: [Bootstrap]
  let seeds: [Seeds]

  static func read() throws -> Golden {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Golden/statistics.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
  }

  /// Equal to 10⁻¹⁰, relative; zero must be zero.
  static func agree(_ actual: Double, _ expected: Double) -> Bool {
    Tolerance(absolute: 0, relative: 1e-10).accepts(actual, expected)
  }
}
