import Composition
import Datasets
import Planning
import Schemas

/// What to ask and how often. A value of this type is valid.
public struct EvaluationConfig: Sendable {
  /// The problems' dataset; `nil` for the one that the run was trained on.
  public let dataset: PinnedDataset?
  public let split: Split
  /// Problems asked at most, from the split's first; a dataset's levels take turns, so a prefix is balanced.
  public let maximumProblems: Int
  /// The ways to plan, each asked on the same problems.
  public let modes: [SearchConfig]
  public let seed: UInt64
  /// Digest of the configuration it was read from.
  public let digest: Digest

  /// Reads the sections `evaluation` (`dataset`, `split`, `max_problems`, `modes`, `budget`, optional `seed`) and `search`,
  /// whose other settings all modes share.
  ///
  /// `budget` binds the modes that search; `greedy` is one pass and one repair, which its token budget bounds.
  ///
  /// - Throws: `ConfigError`, all problems together.
  public init(_ resolved: ResolvedConfig) throws {
    var read = ConfigReader(resolved, sections: ["evaluation", "search"])
    let search = SearchConfig(reading: &read)
    if read.has("evaluation.dataset") {
      dataset = read.nested("evaluation.dataset") { PinnedDataset(&$0) }
    } else {
      dataset = nil
      read.leave("evaluation.dataset")
    }
    split = read.enumeration("evaluation.split")
    maximumProblems = read.int("evaluation.max_problems", in: 1...1_000_000)
    let budget = read.int("evaluation.budget", in: 1...1_000_000)
    let names: [PlanningMode] = read.enumerations("evaluation.modes")
    if names.isEmpty || Set(names).count != names.count {
      read.refuse("evaluation.modes", allowed: "one mode or more, none twice")
    }
    seed = UInt64(read.int("evaluation.seed", in: 0...Int.max, default: 0))
    modes = names.map { $0 == .greedy ? search.with(mode: $0) : search.with(mode: $0, budget: budget) }
    digest = resolved.digest
    try read.finish()
  }

  /// For code that has its values already. Traps without a mode or a problem.
  public init(
    dataset: PinnedDataset? = nil, split: Split, maximumProblems: Int, modes: [SearchConfig], seed: UInt64,
    digest: Digest
  ) {
    precondition(!modes.isEmpty && maximumProblems > 0)
    self.dataset = dataset
    self.split = split
    self.maximumProblems = maximumProblems
    self.modes = modes
    self.seed = seed
    self.digest = digest
  }
}
