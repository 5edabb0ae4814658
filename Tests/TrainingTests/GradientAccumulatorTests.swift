import Plans
import Randomness
import Reasoner
import Tensors
import TestSupport
import Testing
import Training

@Suite struct GradientAccumulatorTests {
  static let shape = try? ModelShape(
    layers: 2, width: 16, heads: 2, kvHeads: 1, feedForward: 24, vocabulary: 13, positions: 32)

  /// Walks around a circle of 13 tokens by one or two at a time: at best a loss of log 2, whatever was seen before.
  func walks(step: Int) -> [TrainingSequence] {
    var random = RandomStream(seed: 3, "tests/accumulator", step)
    return (0..<6).map { _ in
      var token = random.integer(in: 0...12)
      let plan = (0..<random.integer(in: 5...15)).map { _ in
        token = (token + random.integer(in: 1...2)) % 13
        return PlanToken(rawValue: UInt16(token))
      }
      return TrainingSequence(plan: plan, promptLength: 1)
    }
  }

  /// Losses of `steps` optimizer steps, each on a batch of its own, and the weights after them.
  func train(
    _ team: KernelTeam, steps: Int, format: ProductFormat = .float32, recomputes: Bool = false, chunkRows: Int = 40
  ) throws -> (losses: [Double], weights: [Float]) {
    let weights = Weights.initial(try #require(Self.shape), seed: 3)
    let accumulator = GradientAccumulator(
      weights, team: team, format: format, recomputes: recomputes, chunkRows: chunkRows)
    let optimizer = AdamWOptimizer(weights.layout.tensors, settings: AdamWSettings())
    let losses = try (1...steps).map { step in
      let (sums, _) = try accumulator.compute(SupervisedBatch(walks(step: step), valueLossWeight: 0.1))
      let norm = accumulator.gradientNorm()
      optimizer.update(
        weights, gradients: accumulator.gradients, rate: 3e-3, gradientScale: norm > 1 ? 1 / norm : 1, step: step,
        team: team)
      return SupervisedBatch.loss(sums)
    }
    return (losses, weights.buffer.array)
  }

  func team(threads: Int = 2) -> KernelTeam {
    KernelTeam(kernels: FastKernels(backend: .builtIn), pool: ThreadPool(threads: threads))
  }

  @Test func losses_areTheReferenceKernels() throws {
    let expected = try train(KernelTeam(kernels: ReferenceKernels(), pool: ThreadPool(threads: 2)), steps: 200).losses
    let actual = try train(team(), steps: 200).losses
    for step in 0..<200 {
      let difference = abs(actual[step] - expected[step]) / expected[step]
      #expect(difference <= (step < 20 ? 1e-5 : 1e-3), "step \(step + 1)")
    }
    #expect(
      actual[190...].reduce(0, +) / 10 < actual[0] / 2, "the task is learnt, so that the comparison means something")
  }

  @Test func control_anotherRateLeavesTheTolerance() throws {
    let losses = try train(team(), steps: 20).losses
    let rounded = try train(team(), steps: 20, format: .bfloat16).losses
    #expect(zip(losses, rounded).contains { abs($0 - $1) / $0 > 1e-5 })
  }

  @Test func bfloat16_learnsAlike() throws {
    let losses = try train(team(), steps: 120).losses
    let rounded = try train(team(), steps: 120, format: .bfloat16).losses
    for step in stride(from: 0, to: 120, by: 10) {
      #expect(abs(rounded[step] - losses[step]) <= 0.02 + 0.05 * losses[step], "step \(step + 1)")
    }
  }

  @Test func weights_doNotDependOnThreadsOrRecomputing() throws {
    for format in ProductFormat.floatingPoint {
      let expected = try train(team(threads: 1), steps: 8, format: format).weights
      for threads in [2, 3, 4] {
        #expect(try train(team(threads: threads), steps: 8, format: format).weights == expected)
      }
      #expect(try train(team(), steps: 8, format: format, recomputes: true).weights == expected)
    }
  }

  @Test func compute_allocatesNoNumbersOnceWarm() throws {
    let weights = Weights.initial(try #require(Self.shape), seed: 4)
    var random = RandomStream(seed: 4, "tests/accumulator/warm")
    let sequences = (0..<6).map { _ in TrainingSequence(randomTokens: 12, in: 0...12, random: &random) }
    let team = team()
    let accumulator = GradientAccumulator(weights, team: team, format: .bfloat16, chunkRows: 40)
    // Other tests allocate at the same time: some repetition without any allocation must be seen.
    let wasQuiet = try (0..<200).contains { _ in
      let before = FloatBuffer.allocationCount
      _ = try accumulator.compute(SupervisedBatch(sequences, valueLossWeight: 0.1))
      return FloatBuffer.allocationCount == before
    }
    #expect(wasQuiet)
    let before = FloatBuffer.allocationCount
    _ = GradientAccumulator(weights, team: team)
    #expect(FloatBuffer.allocationCount > before, "control: a new accumulator allocates")
  }
}
