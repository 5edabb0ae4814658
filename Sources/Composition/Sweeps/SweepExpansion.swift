/// The runs that overrides and the sweeps written in configs stand for together.
///
/// Which configs there are may depend on what is swept: an option of a group brings its own sweep, whose options may bring
/// further ones. So each choice of groups is composed to find out, with every override that its runs have.
struct SweepExpansion {
  let config: String
  let sources: ConfigSources
  let inputs: ResolverInputs
  /// How often options of swept groups may bring sweeps of groups whose options bring sweeps.
  private static let largestDepth = 8

  /// - Parameter overrides: Of the command line.
  /// - Throws: `ConfigError` for what cannot be read or enumerated.
  func runs(of overrides: [Override]) throws -> [SweepPlan.Run] {
    let fixed = overrides.filter { !$0.isSweep }
    let places = try Composition(config: config, overrides: fixed, sources: sources, inputs: inputs).sources
    return try runs(of: overrides, brought: [], known: [], in: places, depth: 0)
  }

  /// - Parameters:
  ///   - brought: What configs have added so far; `overrides` of the same keys replace it.
  ///   - known: The same, as the configs say it.
  private func runs(
    of overrides: [Override], brought: [Override], known: Set<String>, in places: ConfigSources, depth: Int
  ) throws -> [SweepPlan.Run] {
    let all = try SweepPlan(brought + overrides, options: places.options(in:)).runs
    let branches = Self.branches(of: all, in: places)
    let found = try branches.map { branch in
      try branch.first.flatMap { try alternatives(in: $0, beyond: known) }
    }
    guard found.contains(where: { $0 != nil }) else { return all }
    guard depth < Self.largestDepth else {
      throw ConfigError.limitExceeded(
        what: "sweeps of groups whose options bring sweeps", limit: Self.largestDepth,
        origin: brought.last?.origin ?? .implied)
    }
    var result: [SweepPlan.Run] = []
    func add(_ alternatives: [[Override]], _ overrides: [Override], _ brought: [Override]) throws {
      for more in alternatives {
        result += try runs(
          of: overrides, brought: brought + more.filter { !known.contains($0.text) },
          known: known.union(more.map(\.text)), in: places, depth: depth + 1)
      }
    }
    let texts = found.map { $0?.map { $0.map(\.text) } }
    if let first = found.first ?? nil, texts.allSatisfy({ $0 == texts[0] }) {
      // The configs' sweeps do not depend on what is swept: the leftmost sweep varies slowest, of all together.
      try add(first, overrides, brought)
    } else {
      for (branch, alternatives) in zip(branches, found) {
        guard let alternatives, let run = branch.first else {
          result += branch
          continue
        }
        try add(
          alternatives, Self.fixing(overrides, as: run, in: places), Self.fixing(brought, as: run, in: places))
      }
    }
    guard result.count <= CompositionLimits.sweepRunCount else {
      throw ConfigError.limitExceeded(
        what: "runs of one sweep", limit: CompositionLimits.sweepRunCount, origin: .implied)
    }
    return result
  }

  /// The sweeps that the configs of `run` bring, one alternative after the other; nil if they are all known.
  private func alternatives(in run: SweepPlan.Run, beyond known: Set<String>) throws -> [[Override]]? {
    var composition = try Composition(config: config, overrides: run.overrides, sources: sources, inputs: inputs)
    composition.allowsMissingChoices = true
    let composed: ComposedConfig
    do { composed = try composition.result() } catch let error as ConfigError {
      guard run.choices.isEmpty else { return nil }  // the fault of one run among several, which says so itself
      throw error
    }
    var alternatives: [[Override]] = [[]]
    if let params = composed.hydra[path: "sweeper.params"] {
      alternatives = try SweepBlock(hydraParams: params).alternatives
    }
    for block in composed.sweeps where !block.alternatives.isEmpty {
      alternatives = alternatives.flatMap { known in block.alternatives.map { known + $0 } }
      guard alternatives.count <= CompositionLimits.sweepRunCount else {
        throw ConfigError.limitExceeded(
          what: "sweeps in configs", limit: CompositionLimits.sweepRunCount, origin: composed.root.origin)
      }
    }
    if alternatives.contains(where: { known.isSuperset(of: $0.map(\.text)) }) { return nil }
    let further = alternatives.filter { known.isSubset(of: $0.map(\.text)) }
    return further.isEmpty ? alternatives : further
  }

  /// The runs by the groups that their sweeps chose, in the order of each choice's first run.
  private static func branches(of runs: [SweepPlan.Run], in places: ConfigSources) -> [[SweepPlan.Run]] {
    var branches: [[SweepPlan.Run]] = []
    var numbers: [[String]: Int] = [:]
    for run in runs {
      let choices = run.choices.filter { places.hasGroup($0.key) }.map(\.text)
      if let number = numbers[choices] {
        branches[number].append(run)
      } else {
        numbers[choices] = branches.count
        branches.append([run])
      }
    }
    return branches
  }

  /// The overrides with the groups that `run` chose in place of their sweeps.
  private static func fixing(
    _ overrides: [Override], as run: SweepPlan.Run, in places: ConfigSources
  ) -> [Override] {
    let chosen = Dictionary(run.choices.map { ($0.keyText, $0) }) { $1 }
    return overrides.map { override in
      override.isSweep && places.hasGroup(override.key) ? chosen[override.keyText] ?? override : override
    }
  }
}
