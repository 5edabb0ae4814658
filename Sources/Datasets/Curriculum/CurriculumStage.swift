/// One stage of training: which examples it takes and how long it lasts.
public struct CurriculumStage: Hashable, Sendable {
  /// 1 to 32 of `A-Z a-z 0-9 _`: names the file (in lower case), the checkpoint and the phase in ledgers.
  public let id: String
  /// Categories that it takes; `nil` takes all.
  public let categories: [String]?
  public let stepCounts: ClosedRange<Int>
  /// How often its examples are seen, or for how many optimizer steps.
  public let duration: Duration
  /// Share of each batch drawn from the stages before it, in 0..<1.
  public let replayRatio: Double
  /// The dataset preset that its examples come from; `nil` for the one being trained on.
  public let dataset: String?
  /// What `explain` names as its measures.
  public let metrics: [String]

  public enum Duration: Hashable, Sendable {
    case epochs(Int)
    case steps(Int)
  }

  public init(
    id: String, categories: [String]? = nil, stepCounts: ClosedRange<Int> = 0...Self.maximumStepCount,
    duration: Duration = .epochs(1), replayRatio: Double = 0, dataset: String? = nil, metrics: [String] = []
  ) {
    self.id = id
    self.categories = categories
    self.stepCounts = stepCounts
    self.duration = duration
    self.replayRatio = replayRatio
    self.dataset = dataset
    self.metrics = metrics
  }

  public static let maximumStepCount = 1000

  func takes(category: String, stepCount: Int) -> Bool {
    stepCounts.contains(stepCount) && (categories?.contains(category) ?? true)
  }

  var fileName: String { "stage_\(id.lowercased()).ndjson" }

  /// The rule in words, for statistics.
  var rule: String {
    let which = categories.map { "category " + $0.joined(separator: " or ") } ?? "any category"
    let most = stepCounts.upperBound == Self.maximumStepCount ? "or more" : "to \(stepCounts.upperBound)"
    return "\(id): \(which), \(stepCounts.lowerBound) \(most) steps"
  }
}
