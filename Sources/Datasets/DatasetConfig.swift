import Composition
import Schemas
import Storage
import Worlds

/// What to generate. A value of this type is valid.
public struct DatasetConfig: Hashable, Sendable {
  /// The name under which it was asked for, e.g. `reasoning/baseline`.
  public let preset: String
  /// Directory of a dataset that is there already, an imported one for instance, relative to the workspace; `nil` where the
  /// other settings make one.
  public let path: StoragePath?
  /// How solutions are written.
  public let style: SolutionStyle
  /// The levels drawn of each world, ascending; worlds without an entry are not drawn.
  public let levels: [WorldKind: [Int]]
  /// Distinct examples per split.
  public let sizes: [Split: Int]
  public let splitRule: SplitRule
  public let seed: Int

  /// The worlds drawn in turn, so each makes up the same share; in the order of `WorldKind`.
  public var worlds: [WorldKind] { WorldKind.allCases.filter { levels[$0] != nil } }

  /// Reads the section `dataset`: `preset`, `path`, `worlds`, `style`, `levels.<world>`, `sizes.train`, `sizes.validation`,
  /// `sizes.test`, `split_salt`, `seed`. Levels of a world that is not drawn are checked and left aside.
  ///
  /// - Throws: `ConfigError`, all problems together.
  public init(_ resolved: ResolvedConfig) throws {
    var read = ConfigReader(resolved, at: "dataset")
    preset = read.string("preset")
    let place = read.optionalString("path")
    path = place.flatMap { try? StoragePath(parsing: $0) }
    if place != nil, path == nil { read.refuse("path", allowed: "a path in the workspace, e.g. datasets/mine") }
    let worlds: [WorldKind] = read.enumerations("worlds")
    if worlds.isEmpty || Set(worlds).count != worlds.count {
      read.refuse("worlds", allowed: "one world or more, none twice")
    }
    style = read.enumeration("style")
    levels = read.nested("levels") { Self.levels(of: worlds, &$0) }
    sizes = [
      .train: read.int("sizes.train", in: 0...Self.maximumSize),
      .validation: read.int("sizes.validation", in: 0...Self.maximumSize),
      .test: read.int("sizes.test", in: 0...Self.maximumSize),
    ]
    let salt = read.string("split_salt")
    if SplitSalt(salt).isKnown {
      splitRule = SplitRule(salt: salt)
    } else {
      splitRule = .standard
      read.refuse("split_salt", allowed: "a salt under a known rule, 'NAME' (rule 1) or 'NAME@2'")
    }
    seed = read.int("seed", in: 0...Int.max)
    try read.finish()
  }

  private static func levels(of worlds: [WorldKind], _ read: inout ConfigReader) -> [WorldKind: [Int]] {
    var levels: [WorldKind: [Int]] = [:]
    for world in WorldKind.allCases where worlds.contains(world) || read.has(world.rawValue) {
      let known = world.teacher.levels.map(\.number)
      let numbers = read.ints(world.rawValue, in: known[0]...known[known.count - 1])
      if numbers.isEmpty || Set(numbers).count != numbers.count {
        read.refuse(world.rawValue, allowed: "one level or more, none twice")
      }
      levels[world] = worlds.contains(world) ? numbers.sorted() : nil
    }
    return levels
  }

  /// The largest number of examples in one split.
  public static let maximumSize = 5_000_000

  /// For code that has its values already, for one world.
  ///
  /// - Parameter levels: All levels of the world, if nil.
  public init(
    preset: String, world: WorldKind, style: SolutionStyle = .actions, levels: [Int]? = nil, sizes: [Split: Int],
    splitRule: SplitRule = .standard, seed: Int
  ) {
    self.init(
      preset: preset, levels: [world: levels ?? world.teacher.levels.map(\.number)], style: style, sizes: sizes,
      splitRule: splitRule, seed: seed)
  }

  /// For code that has its values already.
  ///
  /// - Precondition: There is a world; `levels` are levels of their world, ascending; sizes are not negative.
  public init(
    preset: String, levels: [WorldKind: [Int]], style: SolutionStyle = .actions, sizes: [Split: Int],
    splitRule: SplitRule = .standard, seed: Int
  ) {
    precondition(!levels.isEmpty, "a dataset has a world")
    for (world, numbers) in levels {
      precondition(Set(numbers).isSubset(of: world.teacher.levels.map(\.number)), "unknown level")
    }
    precondition(sizes.values.allSatisfy { (0...Self.maximumSize).contains($0) }, "a size is out of range")
    precondition(seed >= 0, "seeds are not negative")
    self.preset = preset
    path = nil
    self.style = style
    self.levels = levels
    self.sizes = sizes
    self.splitRule = splitRule
    self.seed = seed
  }
}
