/// One stage of training: which examples it takes and how long it lasts.
public struct CurriculumStage: Hashable, Sendable {
  /// `a`, `b`, `c`, …: names the file and the checkpoint.
  public let id: String
  /// Categories that it takes; `nil` takes all.
  public let categories: [String]?
  public let stepCounts: ClosedRange<Int>
  /// How often its examples are seen, or for how many optimizer steps.
  public let duration: Duration
  /// Share of each batch drawn from the stages before it, in 0..<1.
  public let replayRatio: Double

  public enum Duration: Hashable, Sendable {
    case epochs(Int)
    case steps(Int)
  }

  public init(
    id: String, categories: [String]? = nil, stepCounts: ClosedRange<Int> = 0...Self.maximumStepCount,
    duration: Duration = .epochs(1), replayRatio: Double = 0
  ) {
    self.id = id
    self.categories = categories
    self.stepCounts = stepCounts
    self.duration = duration
    self.replayRatio = replayRatio
  }

  public static let maximumStepCount = 1000

  func takes(category: String, stepCount: Int) -> Bool {
    stepCounts.contains(stepCount) && (categories?.contains(category) ?? true)
  }

  /// The rule in words, for statistics.
  var rule: String {
    let which = categories.map { "category " + $0.joined(separator: " or ") } ?? "any category"
    return "\(id): \(which), \(stepCounts.lowerBound) to \(stepCounts.upperBound) steps"
  }
}
