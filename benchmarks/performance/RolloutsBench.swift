import ArgumentParser
import Plans
import Randomness
import Reasoner
import Storage
import Tensors
import Worlds

/// `--new` sampled tokens for each of `--batch` sequences after a prompt, under the plan grammar's masks.
///
/// Every token takes a pass of its own, forced ones too, as where no grammar is known. A sequence whose plan is complete goes
/// on with the grammar's first state, so that all have the same length. The model's vocabulary may be larger than the
/// grammar's; the tokens beyond are never allowed.
struct RolloutsBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollouts", abstract: "Time sampling under the plan grammar, prompts included.",
    discussion: "Example: codex-bench rollouts --layers 4 --width 128 --heads 4 --ff 384 --vocab 512")

  @OptionGroup var model: ShapeOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var options: InferenceOptions
  @Option(help: "Sequences sampled together.") var batch = 64
  @Option(help: "Tokens of each prompt.") var prompt = 32
  @Option(help: "Tokens sampled after it.") var new = 96
  @Option(help: "Temperature.") var temperature: Float = 1

  func validate() throws {
    let grammar = Self.vocabulary.count
    guard model.vocab >= grammar else {
      throw ValidationError("--vocab is \(model.vocab); the plan grammar has \(grammar) tokens. Use at least as many.")
    }
  }

  private static let vocabulary = PlanVocabulary(signatures: WorldKind.allCases.map(\.world.signature))

  func run() throws {
    let shape = try model.shape(positions: prompt + new)
    let (weights, pool) = try options.weights(shape, machine)
    let engine = InferenceEngine(weights, pool: pool, sequences: batch)
    var random = RandomStream(seed: 0, "bench/rollouts")
    let prompts = (0..<batch).map { _ in randomTokens(prompt, shape, &random) }
    let starts = try (0..<batch).map(Self.start)
    var tokens = InferenceBatch()
    var choosing = 0.0
    let times = try options.measure {
      choosing = 0
      var rollouts = starts.enumerated().map { Rollout(start: $0.element, seed: $0.offset) }
      let begin = monotonicSeconds()
      let sequences = try prompts.map { _ in try engine.cache.open() }
      tokens.removeAll()
      for (sequence, prompt) in zip(sequences, prompts) { tokens.append(sequence, tokens: prompt) }
      for step in 0..<new {
        let outputs = try engine.run(tokens)
        let before = monotonicSeconds()
        try choose(&rollouts, outputs, pool: pool)
        choosing += monotonicSeconds() - before
        guard step + 1 < new else { break }
        tokens.removeAll()
        for (rollout, sequence) in zip(rollouts, sequences) {
          tokens.append(sequence, tokens: CollectionOfOne(rollout.token))
        }
      }
      for sequence in sequences { engine.cache.close(sequence) }
      return monotonicSeconds() - begin
    }
    let count = batch * new
    let seen = Double(prompt) + Double(new) / 2
    let flops = 2 * Double(shape.matrixParameters(head: true)) + 4 * Double(shape.layers * shape.width) * seen
    let findings = InferenceFindings(
      tokens: count, times: times, flopsOfToken: flops * Double(prompt + new) / Double(new),
      bytesOfRun: Double(new)
        * (Double(weights.bytesOfPass) + Double(shape.cacheBytes(engine.cache.format)) * seen * Double(batch)),
      steps: new)
    try machine.show(
      [
        ("batch", .int(Int64(batch))), ("prompt", .int(Int64(prompt))), ("new", .int(Int64(new))),
        ("masks", .string("plan automaton, \(Self.vocabulary.count) tokens")),
        ("microseconds_per_mask_and_choice", .double(choosing / Double(count) * 1e6)),
      ] + findings.rows(options, machine, weights))
  }

  /// A sequence being sampled.
  private struct Rollout {
    let start: PlanAutomaton.State
    var state: PlanAutomaton.State
    var random: RandomStream
    var token: Int32 = 0
    var failure: (any Error)?

    init(start: PlanAutomaton.State, seed: Int) {
      self.start = start
      state = start
      random = RandomStream(seed: 0, "bench/rollout", seed)
    }

    mutating func extend(
      _ logits: UnsafePointer<Float>, vocabulary: Int, temperature: Float, kernels: any Kernels
    ) throws {
      let position = random.uniform()
      let choice = withUnsafeBytes(of: state.allowed.words) {
        kernels.choose(
          logits, vocabulary: vocabulary, allowed: $0.assumingMemoryBound(to: UInt64.self), temperature: temperature,
          position: position)
      }
      guard let choice else { throw ReasonerError.noDistribution(token: 0) }
      token = Int32(choice.token)
      try state.advance(PlanToken(rawValue: UInt16(choice.token)))
      if state.isComplete { state = start }
    }
  }

  private func choose(_ rollouts: inout [Rollout], _ outputs: InferenceEngine.Outputs, pool: ThreadPool) throws {
    let kernels = FastKernels(backend: .builtIn)
    let temperature = temperature
    let count = rollouts.count
    try rollouts.withUnsafeMutableBufferPointer { rollouts in
      nonisolated(unsafe) let (rollouts, outputs) = (rollouts, outputs)  // SAFETY: parts take disjoint sequences
      let parts = min(count, 16)
      pool.forEach(parts) { part in
        for row in count * part / parts..<count * (part + 1) / parts {
          do {
            try rollouts[row].extend(
              outputs.logits + row * outputs.vocabulary, vocabulary: outputs.vocabulary, temperature: temperature,
              kernels: kernels)
          } catch { rollouts[row].failure = error }
        }
      }
      for rollout in rollouts { if let failure = rollout.failure { throw failure } }
    }
  }

  /// The grammar's first state for problem `number`: worlds and levels take turns.
  private static func start(_ number: Int) throws -> PlanAutomaton.State {
    let world = WorldKind.allCases[number % WorldKind.allCases.count]
    var random = RandomStream(seed: 1, "bench/problems", number)
    let levels = world.teacher.levels
    let problem = world.teacher.exercise(level: levels[number % levels.count].number, random: &random).problem
    let signature = world.world.signature
    let automaton = try PlanAutomaton(
      vocabulary: vocabulary, signature: signature,
      heads: Set(signature.entries.map { PlanHead($0.kind, $0.name) }), limits: PlanLimits())
    return try automaton.start(goal: problem.goal, feasibility: world.world.feasibility(for: problem))
  }
}
