/// What a dataset's files contain, in numbers: `split_stats.json`.
public struct SplitStatsRecord: Record, Hashable {
  public static let schema = "codex.split_stats/1"

  public let partition: Partition
  /// One per example file, in reading order.
  public let files: [File]
  /// Examples per category over all files.
  public let totalCategoryCounts: [String: Int]

  /// How training examples were divided into stages.
  public struct Partition: Codable, Hashable, Sendable {
    /// `single` or `category_then_steps`; `shuffled` where an earlier codex dealt the examples of a control at random.
    public let strategy: String
    /// One sentence per stage, in the order in which stages are tried.
    public let rules: [String]

    public init(strategy: String, rules: [String]) {
      self.strategy = strategy
      self.rules = rules
    }
  }

  /// One example file.
  public struct File: Codable, Hashable, Sendable {
    public let path: String
    public let split: String
    /// The curriculum stage, for training files.
    public let stage: String?
    public let digest: Digest
    public let count: Int
    /// Examples per category.
    public let categories: [String: Int]
    /// Examples per level; keys are decimal.
    public let levels: [String: Int]
    public let stepStats: StepStats

    public init(
      path: String, split: String, stage: String?, digest: Digest, count: Int, categories: [String: Int],
      levels: [String: Int], stepStats: StepStats
    ) {
      self.path = path
      self.split = split
      self.stage = stage
      self.digest = digest
      self.count = count
      self.categories = categories
      self.levels = levels
      self.stepStats = stepStats
    }

    enum CodingKeys: String, CodingKey {
      case path, split, stage, digest, count, categories, levels
      case stepStats = "step_stats"
    }
  }

  /// Steps per solution.
  public struct StepStats: Codable, Hashable, Sendable {
    /// 0 where there are no examples, as `maximum` and `average`.
    public let minimum: Int
    public let maximum: Int
    public let average: Double
    /// Examples per number of steps; keys are decimal.
    public let distribution: [String: Int]

    public init(minimum: Int, maximum: Int, average: Double, distribution: [String: Int]) {
      self.minimum = minimum
      self.maximum = maximum
      self.average = average
      self.distribution = distribution
    }

    enum CodingKeys: String, CodingKey {
      case distribution
      case minimum = "min"
      case maximum = "max"
      case average = "avg"
    }
  }

  public init(partition: Partition, files: [File], totalCategoryCounts: [String: Int]) {
    self.partition = partition
    self.files = files
    self.totalCategoryCounts = totalCategoryCounts
  }

  enum CodingKeys: String, CodingKey {
    case partition, files
    case totalCategoryCounts = "total_category_counts"
  }
}
