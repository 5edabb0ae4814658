import Schemas

/// Counts what goes into a dataset's files.
enum DatasetStatistics {
  static func file(
    _ group: ExampleGroup, _ records: [ExampleRecord], digest: Digest
  ) -> SplitStatsRecord.File {
    SplitStatsRecord.File(
      path: group.fileName, split: group.split.rawValue, stage: group.stage, digest: digest, count: records.count,
      categories: counts(records.map(\.category)), levels: counts(records.map { String($0.level) }),
      stepStats: stepStats(records))
  }

  static func partition(_ curriculum: CurriculumConfig) -> SplitStatsRecord.Partition {
    let strategy = curriculum.stages.count == 1 ? "single" : "category_then_steps"
    return SplitStatsRecord.Partition(strategy: strategy, rules: curriculum.stages.map(\.rule))
  }

  static func totals(_ files: [SplitStatsRecord.File]) -> [String: Int] {
    files.reduce(into: [:]) { $0.merge($1.categories, uniquingKeysWith: +) }
  }

  /// One line per number of steps: the number, the count, and a bar whose longest is 60 characters.
  static func histogram(_ files: [SplitStatsRecord.File]) -> String {
    let counts = files.reduce(into: [String: Int]()) { $0.merge($1.stepStats.distribution, uniquingKeysWith: +) }
    let rows = counts.compactMap { key, count in Int(key).map { (steps: $0, count: count) } }.sorted { $0 < $1 }
    let largest = rows.map(\.count).max() ?? 1
    let width = String(largest).count
    let lines = rows.map { row in
      let bar = String(repeating: "#", count: max(1, row.count * 60 / largest))
      return "\(padded(row.steps, 5))  \(padded(row.count, width))  \(bar)\n"
    }
    return "steps  " + String(repeating: " ", count: max(0, width - 5)) + "count\n" + lines.joined()
  }

  private static func stepStats(_ records: [ExampleRecord]) -> SplitStatsRecord.StepStats {
    let steps = records.map(\.stepCount)
    let average = steps.isEmpty ? 0 : Double(steps.reduce(0, +)) / Double(steps.count)
    return SplitStatsRecord.StepStats(
      minimum: steps.min() ?? 0, maximum: steps.max() ?? 0, average: average,
      distribution: counts(steps.map(String.init)))
  }

  private static func counts(_ keys: [String]) -> [String: Int] {
    keys.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
