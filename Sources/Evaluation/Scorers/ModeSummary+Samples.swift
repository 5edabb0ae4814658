import Planning
import Schemas

extension ModeSummary {
  /// The scores of one mode, as a whole and by group. Throws `StatisticsError` without samples.
  init(_ search: SearchConfig, _ samples: [SampleRecord]) throws {
    try self.init(
      mode: search.mode.rawValue, budget: search.budget, overall: ScoreRecord(group: "all", samples),
      worlds: Self.scores(samples, orderedBy: { [.text($0.world)] }),
      levels: Self.scores(samples, orderedBy: { [.text($0.world), .number($0.level)] }),
      categories: Self.scores(samples, orderedBy: { [.text($0.world), .text($0.category)] }))
  }

  /// Part of a group's name; levels are ordered as numbers.
  private enum Part: Hashable, Comparable, CustomStringConvertible {
    case number(Int)
    case text(String)

    var description: String {
      switch self {
      case .number(let number): String(number)
      case .text(let text): text
      }
    }
  }

  /// One score per key, ascending.
  private static func scores(
    _ samples: [SampleRecord], orderedBy key: (SampleRecord) -> [Part]
  ) throws -> [ScoreRecord] {
    let groups = Dictionary(grouping: samples, by: key)
    return try groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, samples in
      try ScoreRecord(group: key.map(\.description).joined(separator: "/"), samples)
    }
  }
}
