import ArgumentParser
import Plans
import Randomness
import Reasoner
import Search
import Storage
import Tensors
import Worlds

/// Best-first search to a fixed number of evaluations: with a page table for every branch, and with the last sequence alone.
///
/// Both take turns on the same problems, on one thread, and must find the same plans at the same cost. Then a batch of partial
/// plans that share beginnings, beside one plain pass over as many tokens as are distinct among them.
struct SearchBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Time best-first search and batches of partial plans.",
    discussion: "Example: codex-bench search --layers 8 --width 96 --heads 6 --ff 256 --context 192")

  @OptionGroup var model: ShapeOptions
  @Flag(help: "Print one JSON object.") var json = false
  @Option(help: "A checkpoint's directory below this one, instead of random weights of the given shape.")
  var checkpoint: String?
  @Option(help: "Evaluations of a search.") var evaluations = 64
  @Option(help: "Problems, whose first plan fails.") var problems = 12
  @Option(help: "Most children per expansion.") var beam = 4
  @Option(help: "Plans of the batch.") var batch = 32
  @Option(help: "Rounds.") var rounds = 5

  private static let vocabulary = PlanVocabulary(signatures: WorldKind.allCases.map(\.world.signature))

  func run() throws {
    let master =
      if let checkpoint {
        try ModelFolder.load(
          StoragePath(parsing: checkpoint), in: StorageRoot(opening: "."), vocabulary: Self.vocabulary
        ).weights
      } else {
        Weights.initial(
          try ModelShape(
            layers: model.layers, width: model.width, heads: model.heads, kvHeads: model.kvHeads ?? model.heads,
            feedForward: model.ff, vocabulary: Self.vocabulary.count, positions: max(192, model.context)), seed: 0)
      }
    let pool = ThreadPool(threads: 1)
    let weights = InferenceWeights(master, kernels: FastKernels(backend: .builtIn), pool: pool)
    let searches = try timeSearches(weights)
    let batches = try timeBatches(weights, pool)
    try MachineOptions.parse(json ? ["--json"] : []).show(
      [("parameters", .int(Int64(weights.shape.parameterCount)))] + searches + batches)
  }

  // MARK: Searches

  private func timeSearches(_ weights: InferenceWeights) throws -> [(String, JSONValue)] {
    let tasks = try hardTasks(weights)
    var times: [Int: [Double]] = [:]
    for _ in 0..<rounds {
      var plans: [Int: [[PlanToken]?]] = [:]
      for branches in [1, ReasonerPolicy.standardBranches] {
        let begin = processorSeconds()
        plans[branches] = try tasks.map { try search($0, weights, branches: branches).plan?.tokens }
        times[branches, default: []].append(processorSeconds() - begin)
      }
      guard plans[1] == plans[ReasonerPolicy.standardBranches] else {
        throw ValidationError("the two policies found different plans")
      }
    }
    let (single, many) = (median(times[1] ?? []), median(times[ReasonerPolicy.standardBranches] ?? []))
    return [
      ("problems", .int(Int64(tasks.count))), ("evaluations", .int(Int64(evaluations))),
      ("seconds_last_sequence", .double(single)), ("seconds_page_tables", .double(many)),
      ("speed_ratio", .double(single / many)),
    ]
  }

  private func search(_ task: Task, _ weights: InferenceWeights, branches: Int) throws -> SearchOutcome {
    var policy = ReasonerPolicy(weights, branches: branches)
    var random = RandomStream(seed: 0, "bench/search")
    return try BestFirstSearch(beam: beam).run(
      from: task.root, policy: &policy, verifier: task.verifier,
      budget: SearchBudget(maximumEvaluations: evaluations), random: &random)
  }

  private struct Task {
    let root: PartialPlan
    let verifier: any PlanVerifier
  }

  /// Problems on which a search spends all its evaluations, worlds and levels in turn.
  private func hardTasks(_ weights: InferenceWeights) throws -> [Task] {
    var tasks: [Task] = []
    for number in 0..<100 * problems where tasks.count < problems {
      let task = try Self.task(number)
      if try search(task, weights, branches: 1).evaluations == evaluations { tasks.append(task) }
    }
    guard tasks.count == problems else {
      throw ValidationError("only \(tasks.count) of \(100 * problems) problems take \(evaluations) evaluations")
    }
    return tasks
  }

  private static func task(_ number: Int) throws -> Task {
    let kind = WorldKind.allCases[number % WorldKind.allCases.count]
    var random = RandomStream(seed: 1, "bench/problems", number)
    let levels = kind.teacher.levels
    let problem = kind.teacher.exercise(level: levels[levels.count - 1 - number % 2].number, random: &random).problem
    let signature = kind.world.signature
    let automaton = try PlanAutomaton(
      vocabulary: vocabulary, signature: signature,
      heads: Set(signature.entries.map { PlanHead($0.kind, $0.name) }), limits: PlanLimits())
    return Task(
      root: try PartialPlan(
        goal: problem.goal, automaton: automaton, feasibility: kind.world.feasibility(for: problem)),
      verifier: kind.world.verifier(for: problem))
  }

  // MARK: Batches

  private func timeBatches(_ weights: InferenceWeights, _ pool: ThreadPool) throws -> [(String, JSONValue)] {
    let plans = try relatives()
    let distinct = Set(plans.flatMap { plan in plan.tokens.indices.map { Array(plan.tokens[...$0]) } }).count
    var random = RandomStream(seed: 0, "bench/batch")
    let tokens = (0..<distinct).map { _ in Int32(random.index(below: weights.shape.vocabulary)) }
    var times: (together: [Double], plain: [Double]) = ([], [])
    for _ in 0..<10 * rounds {
      var policy = ReasonerPolicy(weights)
      let begin = processorSeconds()
      _ = try policy.propose(for: plans, limit: beam, random: &random)
      times.together.append(processorSeconds() - begin)
      times.plain.append(try Self.plainPass(tokens, weights, pool))
    }
    let (together, plain) = (median(times.together), median(times.plain))
    return [
      ("batch", .int(Int64(plans.count))), ("tokens", .int(Int64(plans.reduce(0) { $0 + $1.tokens.count }))),
      ("distinct_tokens", .int(Int64(distinct))), ("seconds_batch", .double(together)),
      ("seconds_distinct_tokens", .double(plain)), ("batch_ratio", .double(together / plain)),
    ]
  }

  /// Partial plans that branch off one another: each extends one of the plans before it by a choice or more.
  private func relatives() throws -> [PartialPlan] {
    var random = RandomStream(seed: 2, "bench/relatives")
    var number = 0
    while true {
      var plans = [try Self.task(number).root]
      for _ in 0..<100 * batch where plans.count <= batch {
        var plan = plans[random.index(below: plans.count)]
        for _ in 0...random.index(below: 3) where !plan.isComplete {
          let allowed = Array(plan.state.allowed)
          try plan.extend(allowed[random.index(below: allowed.count)], logProbability: -1)
        }
        if !plan.isComplete, !plans.contains(where: { $0.tokens == plan.tokens }) { plans.append(plan) }
      }
      if plans.count > batch { return Array(plans.dropFirst()) }
      number += 1
    }
  }

  /// Seconds of a fresh engine's pass over `tokens`, as sequences of the model's length.
  private static func plainPass(
    _ tokens: [Int32], _ weights: InferenceWeights, _ pool: ThreadPool
  ) throws -> Double {
    let begin = processorSeconds()
    let length = weights.shape.positions
    let engine = InferenceEngine(weights, pool: pool, sequences: (tokens.count + length - 1) / length)
    var batch = InferenceBatch()
    for first in stride(from: 0, to: tokens.count, by: length) {
      let piece = tokens[first..<min(first + length, tokens.count)]
      batch.append(try engine.cache.open(), tokens: piece, outputs: .all)
    }
    _ = try engine.run(batch)
    return processorSeconds() - begin
  }
}
