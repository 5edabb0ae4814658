import Composition

/// The stages of training in order. A value of this type is valid.
public struct CurriculumConfig: Hashable, Sendable {
  /// At least one; the first that takes an example gets it.
  public let stages: [CurriculumStage]
  /// Whether examples are dealt to the stages at random, in the same numbers: the control that tells what the order is
  /// worth.
  public let isShuffled: Bool

  /// One stage with everything.
  public static let single = CurriculumConfig(stages: [CurriculumStage(id: "all")])

  public init(stages: [CurriculumStage], isShuffled: Bool = false) {
    precondition(!stages.isEmpty, "a curriculum has a stage")
    self.stages = stages
    self.isShuffled = isShuffled
  }

  /// Reads the section `curriculum`; without it there is one stage.
  ///
  /// Keys: `phase_schedule`, a list of `{id, categories, min_steps, max_steps, epochs | steps, replay_ratio}`;
  /// `replay_ratio`, the default of the stages after the first; `shuffled`.
  ///
  /// - Throws: `ConfigError`, all problems together.
  public init(_ resolved: ResolvedConfig) throws {
    guard resolved.subtree("curriculum") != nil else {
      self = .single
      return
    }
    var read = ConfigReader(resolved, at: "curriculum")
    let replayRatio = read.float("replay_ratio", in: 0...0.9, default: 0)
    isShuffled = read.bool("shuffled", default: false)
    var isFirst = true
    stages = read.each("phase_schedule") { read in
      defer { isFirst = false }
      return Self.stage(&read, defaultReplay: isFirst ? 0 : replayRatio)
    }
    let ids = stages.map(\.id)
    if stages.isEmpty || Set(ids).count != ids.count {
      read.refuse("phase_schedule", allowed: "stages with different ids, one at least")
    }
    try read.finish()
  }

  private static func stage(_ read: inout ConfigReader, defaultReplay: Double) -> CurriculumStage {
    let id = read.string("id")
    if !isStageName(id) { read.refuse("id", allowed: "1 to 32 of a-z 0-9 _") }
    let categories = read.has("categories") ? read.strings("categories") : nil
    let limit = CurriculumStage.maximumStepCount
    let minimum = read.int("min_steps", in: 0...limit, default: 0)
    let maximum = read.int("max_steps", in: 0...limit, default: limit)
    if minimum > maximum { read.refuse("min_steps", allowed: "at most max_steps (\(maximum))") }
    let epochs = read.optionalInt("epochs", in: 1...10_000)
    let steps = read.optionalInt("steps", in: 1...100_000_000)
    if (epochs == nil) == (steps == nil) { read.refuse(epochs == nil ? "id" : "steps", allowed: "either epochs or steps") }
    return CurriculumStage(
      id: id, categories: categories, stepCounts: min(minimum, maximum)...maximum,
      duration: steps.map { .steps($0) } ?? .epochs(epochs ?? 1),
      replayRatio: read.float("replay_ratio", in: 0...0.9, default: defaultReplay))
  }

  private static func isStageName(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
  }
}
