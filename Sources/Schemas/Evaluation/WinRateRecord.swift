/// How often a run beats a named other one on the same problems: paired by problem, a tie counts one half.
public struct WinRateRecord: Codable, Sendable, Equatable {
  public let mode: String
  /// The run compared with.
  public let referenceRunID: String
  /// Problems that this run alone answers correctly.
  public let wins: Int
  /// Problems that both or neither answer correctly.
  public let ties: Int
  /// Problems that the reference alone answers correctly.
  public let losses: Int
  /// (wins + ties/2) / problems.
  public let value: Double
  /// Lower end of the bootstrap 95 % interval, clustered by problem.
  public let lower: Double
  /// Upper end of the bootstrap 95 % interval, clustered by problem.
  public let upper: Double
  /// Bootstrap resamples drawn.
  public let resamples: Int

  enum CodingKeys: String, CodingKey {
    case mode, wins, ties, losses, value, lower, upper, resamples
    case referenceRunID = "reference_run_id"
  }

  public init(
    mode: String, referenceRunID: String, wins: Int, ties: Int, losses: Int, value: Double, lower: Double,
    upper: Double, resamples: Int
  ) {
    self.mode = mode
    self.referenceRunID = referenceRunID
    self.wins = wins
    self.ties = ties
    self.losses = losses
    self.value = value
    self.lower = lower
    self.upper = upper
    self.resamples = resamples
  }
}
