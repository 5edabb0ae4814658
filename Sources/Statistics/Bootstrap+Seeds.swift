import Randomness

/// Two-level bootstrap of a method that was trained with several seeds and asked the same problems each time.
///
/// Each resample draws as many seeds as there are, then as many problems, with replacement, and takes the mean over the
/// drawn problems' answers of the drawn seeds. All drawn seeds share one draw of problems: a problem that is easy for one
/// seed is easy for all, and drawn for each seed anew it would pass for as many problems as there are seeds. Source: Owen
/// 2007, "The pigeonhole bootstrap", which also shows the variance to be overstated rather than understated, save that of
/// the seeds themselves: S seeds show (S-1)/S of it. Where few seeds decide, `studentInterval` of their means does not
/// have this fault; where problems decide, it does not see them.
extension Bootstrap {
  /// The mean of `values`, a row for each seed and in it one value for each problem, in the same order of problems.
  ///
  /// Intervals are percentile ones. Cost: `resamples` · seeds · problems additions.
  ///
  /// - Parameter random: Consumed.
  /// - Returns: `count` is the number of seeds.
  /// - Throws: `StatisticsError.tooFew` below two seeds or `smallestCount` problems, `.notPaired` for rows of other length,
  ///   `.noSpread` for equal values, `.notANumber`; `.outOfRange` for another method than percentiles.
  public func mean(overSeeds values: [[Double]], random: inout RandomStream) throws -> Estimate {
    try mean(overSeeds: values) { random.index(below: $0) }
  }

  /// The mean as above on given resamples.
  ///
  /// - Parameter draw: The next index below its argument: for each resample those of the seeds, then those of the problems.
  package func mean(overSeeds values: [[Double]], drawing draw: (Int) -> Int) throws -> Estimate {
    let statistic = "two-level bootstrap"
    let resampled = try resampledMean(overSeeds: values, statistic, drawing: draw)
    let interval = interval(of: resampled)
    guard !Self.isPoint(interval) else {
      throw StatisticsError.noSpread(
        statistic: statistic, count: values.count * values[0].count, value: resampled.value)
    }
    return Estimate(
      value: resampled.value, interval: interval, standardError: resampled.standardError, count: values.count)
  }

  /// The win rate over several seeds, a tie counting ½: for each seed its scores, one for each problem, in any order.
  ///
  /// Where all comparisons end alike, the interval is the exact one of equal outcomes for as many as there are seeds or
  /// problems, whichever are fewer.
  ///
  /// - Throws: As `mean(overSeeds:random:)`, but for `.noSpread`; `.notPaired` unless all seeds answer the same problems once.
  public func winRate<P>(overSeeds scores: [[PairedScore<P>]], random: inout RandomStream) throws -> Estimate {
    let statistic = "two-level bootstrap win rate"
    let problems = (scores.first ?? []).map(\.problem)
    let values = try scores.enumerated().map { seed, scores in
      let outcomes = Dictionary(grouping: scores, by: \.problem).compactMapValues {
        $0.count == 1 ? $0[0].outcome : nil
      }
      let ordered = problems.compactMap { outcomes[$0] }
      guard ordered.count == problems.count, scores.count == problems.count else {
        throw StatisticsError.notPaired(
          statistic: statistic, seed: seed, expected: problems.count, got: min(ordered.count, scores.count))
      }
      return ordered
    }
    let resampled = try resampledMean(overSeeds: values, statistic) { random.index(below: $0) }
    var interval = interval(of: resampled)
    if Self.isPoint(interval) {
      interval = try equalOutcomesInterval(
        value: resampled.value, count: min(values.count, problems.count), confidence: confidence)
    }
    return Estimate(
      value: resampled.value, interval: interval, standardError: resampled.standardError, count: values.count)
  }

  private func resampledMean(
    overSeeds values: [[Double]], _ statistic: String, drawing draw: (Int) -> Int
  ) throws -> ResampledMean {
    guard method == .percentile else {
      throw StatisticsError.outOfRange(
        argument: "method", value: "\(method)", allowed: "percentile, over several seeds")
    }
    let problems = values.first?.count ?? 0
    for (name, count, smallest) in [("seeds", values.count, 2), ("problems", problems, smallestCount)]
    where count < smallest {
      throw StatisticsError.tooFew(statistic: "\(statistic) (\(name))", count: count, smallest: smallest)
    }
    if let other = values.firstIndex(where: { $0.count != problems }) {
      throw StatisticsError.notPaired(
        statistic: statistic, seed: other, expected: problems, got: values[other].count)
    }
    let flat = values.flatMap { $0 }
    if let bad = flat.firstIndex(where: { !$0.isFinite }) {
      throw StatisticsError.notANumber(statistic: statistic, index: bad, value: flat[bad])
    }
    let size = Double(flat.count)
    let means = (0..<resamples).map { _ in
      let seeds = values.indices.map { _ in draw(values.count) }
      // Problem by problem: each draw of a problem serves all drawn seeds.
      return (0..<problems).reduce(0.0) { sum, _ in
        let problem = draw(problems)
        return seeds.reduce(sum) { $0 + flat[$1 * problems + problem] }
      } / size
    }
    return ResampledMean(value: flat.reduce(0, +) / size, means: means, acceleration: 0, count: values.count)
  }
}
