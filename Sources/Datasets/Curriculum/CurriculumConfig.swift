import Composition

/// The stages of training in order. A value of this type is valid.
public struct CurriculumConfig: Hashable, Sendable {
  /// At least one; the first that takes an example gets it.
  public let stages: [CurriculumStage]
  /// Whether the list of visits that the stages make is permuted in time: the control that tells what the order is worth.
  ///
  /// Stages hold the same examples either way; only training reads this.
  public let isShuffled: Bool

  /// One stage with everything.
  public static let single = CurriculumConfig(stages: [CurriculumStage(id: "all")])

  public init(stages: [CurriculumStage], isShuffled: Bool = false) {
    precondition(!stages.isEmpty, "a curriculum has a stage")
    self.stages = stages
    self.isShuffled = isShuffled
  }

  /// What training calls the phases in ledgers, metadata and checkpoints, in order: the stages' ids; of a control, whose
  /// phases only end where the stages would, `shuffled_1`, `shuffled_2`, ….
  public var phaseNames: [String] {
    isShuffled ? stages.indices.map { "shuffled_\($0 + 1)" } : stages.map(\.id)
  }

  /// Reads the section `curriculum`: `preset`, `replay_ratio` (used by stages through interpolation), `shuffled` and
  /// `phase_schedule`, a list of `{id, dataset, categories, min_steps, max_steps, steps, epochs, replay_ratio,
  /// metrics}` where `null` stands for no restriction.
  ///
  /// - Throws: `ConfigError`, all problems together.
  public init(_ resolved: ResolvedConfig) throws {
    var read = ConfigReader(resolved, at: "curriculum")
    _ = read.optionalString("preset")
    _ = read.optionalFloat("replay_ratio", in: 0...0.9)
    isShuffled = read.bool("shuffled", default: false)
    stages = read.each("phase_schedule") { Self.stage(&$0) }
    let ids = stages.map { $0.id.lowercased() }
    if stages.isEmpty || Set(ids).count != ids.count {
      read.refuse("phase_schedule", allowed: "one stage or more, with different ids")
    }
    try read.finish()
  }

  private static func stage(_ read: inout ConfigReader) -> CurriculumStage {
    let id = read.string("id")
    if !isStageName(id) { read.refuse("id", allowed: "1 to 32 of A-Z a-z 0-9 _") }
    let limit = CurriculumStage.maximumStepCount
    let minimum = read.optionalInt("min_steps", in: 0...limit) ?? 0
    let maximum = read.optionalInt("max_steps", in: 0...limit) ?? limit
    if minimum > maximum { read.refuse("min_steps", allowed: "at most max_steps, \(maximum)") }
    let epochs = read.optionalInt("epochs", in: 1...10_000)
    let steps = read.optionalInt("steps", in: 1...100_000_000)
    if (epochs == nil) == (steps == nil) { read.refuse("steps", allowed: "a number here or in 'epochs', not both") }
    return CurriculumStage(
      id: id, categories: read.optionalStrings("categories"), stepCounts: min(minimum, maximum)...maximum,
      duration: steps.map { .steps($0) } ?? .epochs(epochs ?? 1),
      replayRatio: read.optionalFloat("replay_ratio", in: 0...0.9) ?? 0, dataset: read.optionalString("dataset"),
      metrics: read.optionalStrings("metrics") ?? [])
  }

  private static func isStageName(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

extension ConfigReader {
  /// A list of strings, or nil for `null` or an absent key.
  fileprivate mutating func optionalStrings(_ path: String) -> [String]? {
    guard has(path) else {
      leave(path)
      return nil
    }
    return strings(path)
  }
}
