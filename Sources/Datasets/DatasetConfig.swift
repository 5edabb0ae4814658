import Composition
import Worlds

/// What to generate. A value of this type is valid.
public struct DatasetConfig: Hashable, Sendable {
  /// The name under which it was asked for, e.g. `reasoning/baseline`.
  public let preset: String
  public let world: WorldKind
  /// How solutions are written.
  public let style: SolutionStyle
  /// Levels drawn in turn, so each makes up the same share; ascending.
  public let levels: [Int]
  /// Distinct examples per split.
  public let sizes: [Split: Int]
  public let splitRule: SplitRule
  public let seed: Int

  /// Reads the section `dataset`: `preset`, `world`, `style`, `levels`, `sizes.train`, `sizes.validation`,
  /// `sizes.test`, `split_salt`, `seed`.
  ///
  /// - Throws: `ConfigError`, all problems together.
  public init(_ resolved: ResolvedConfig) throws {
    var read = ConfigReader(resolved, at: "dataset")
    preset = read.string("preset")
    world = read.enumeration("world")
    style = read.enumeration("style")
    let known = world.teacher.levels.map(\.number)
    let levels = read.ints("levels", in: known[0]...known[known.count - 1])
    if Set(levels).count != levels.count || levels.isEmpty {
      read.refuse("levels", allowed: "one level or more, none twice")
    }
    self.levels = levels.sorted()
    sizes = [
      .train: read.int("sizes.train", in: 0...Self.maximumSize),
      .validation: read.int("sizes.validation", in: 0...Self.maximumSize),
      .test: read.int("sizes.test", in: 0...Self.maximumSize),
    ]
    splitRule = SplitRule(salt: read.string("split_salt"))
    seed = read.int("seed", in: 0...Int.max)
    try read.finish()
  }

  /// The largest number of examples in one split.
  public static let maximumSize = 5_000_000

  /// For code that has its values already.
  ///
  /// - Precondition: `levels` are levels of the world, ascending; sizes are not negative.
  public init(
    preset: String, world: WorldKind, style: SolutionStyle = .actions, levels: [Int]? = nil, sizes: [Split: Int],
    splitRule: SplitRule = .standard, seed: Int
  ) {
    let known = world.teacher.levels.map(\.number)
    precondition(levels?.allSatisfy(known.contains) ?? true, "unknown level")
    precondition(sizes.values.allSatisfy { (0...Self.maximumSize).contains($0) }, "a size is out of range")
    precondition(seed >= 0, "seeds are not negative")
    self.preset = preset
    self.world = world
    self.style = style
    self.levels = levels ?? known
    self.sizes = sizes
    self.splitRule = splitRule
    self.seed = seed
  }
}
