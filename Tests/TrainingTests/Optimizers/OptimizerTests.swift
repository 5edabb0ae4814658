import Plans
import Randomness
import Reasoner
import Tensors
import TestSupport
import Testing
import Training

/// What every optimizer owes its run, whatever its rule.
@Suite struct OptimizerTests {  // Sources/Training/Optimizers/
  enum Rule: String, CaseIterable {
    case adamW, adafactor, muon

    var settings: OptimizerSettings {
      switch self {
      case .adamW: .adamW(AdamWSettings())
      case .adafactor: .adafactor(AdafactorSettings())
      case .muon: .muon(MuonSettings(), others: AdamWSettings())
      }
    }
  }

  static let shape = try? ModelShape(
    layers: 2, width: 24, heads: 2, kvHeads: 1, feedForward: 40, vocabulary: 13, positions: 32)
  /// One whose tensors are several blocks of element-wise work.
  static let wide = try? ModelShape(
    layers: 1, width: 320, heads: 2, kvHeads: 2, feedForward: 400, vocabulary: 300, positions: 8)

  func team(_ kernels: any Kernels = FastKernels(backend: .builtIn), threads: Int = 2) -> KernelTeam {
    KernelTeam(kernels: kernels, pool: ThreadPool(threads: threads))
  }

  /// Weights after three updates by random gradients.
  func updated(
    _ rule: Rule, _ shape: ModelShape, _ team: KernelTeam, format: ProductFormat = .float32, seed: UInt64 = 1
  ) -> [Float] {
    let weights = Weights.initial(shape, seed: 1)
    let optimizer = rule.settings.optimizer(for: weights.layout, format: format)
    var random = RandomStream(seed: seed, "tests/optimizer")
    for step in 1...3 {
      let gradients = FloatBuffer(random.normals(weights.layout.count))
      optimizer.update(weights, gradients: gradients, rate: 3e-3, gradientScale: 0.1, step: step, team: team)
    }
    return weights.buffer.array
  }

  @Test(arguments: Rule.allCases) func update_hasTheSameBitsForAnyThreads(_ rule: Rule) throws {
    let shape = try #require(Self.wide)
    for format in ProductFormat.floatingPoint {
      let expected = updated(rule, shape, team(threads: 1), format: format)
      for threads in [2, 3, 4] {
        #expect(updated(rule, shape, team(threads: threads), format: format) == expected, "\(format), \(threads)")
      }
      #expect(updated(rule, shape, team(), format: format, seed: 2) != expected, "control: other gradients")
    }
  }

  @Test(arguments: Rule.allCases) func update_agreesWithTheReferenceKernels(_ rule: Rule) throws {
    let shape = try #require(Self.shape)
    expectClose(
      updated(rule, shape, team()), updated(rule, shape, team(ReferenceKernels())),
      Tolerance(absolute: 2e-6, relative: 1e-4))
  }

  @Test(arguments: Rule.allCases) func update_movesEveryParameter(_ rule: Rule) throws {
    let shape = try #require(Self.shape)
    let (before, after) = (Weights.initial(shape, seed: 1).buffer.array, updated(rule, shape, team()))
    #expect(zip(before, after).allSatisfy { $0 != $1 && $1.isFinite })
  }

  @Test(arguments: Rule.allCases) func state_isAllThatAResumeNeeds(_ rule: Rule) throws {
    let shape = try #require(Self.shape)
    let (weights, team) = (Weights.initial(shape, seed: 1), team())
    let optimizer = rule.settings.optimizer(for: weights.layout, format: .float32)
    var random = RandomStream(seed: 3, "tests/optimizer/state")
    let gradients = (0..<2).map { _ in FloatBuffer(random.normals(weights.layout.count)) }
    optimizer.update(weights, gradients: gradients[0], rate: 1e-3, gradientScale: 1, step: 1, team: team)
    // Another one, given state and weights, goes on to the same bits; with the weights alone it does not.
    let (resumed, forgetful) = (
      rule.settings.optimizer(for: weights.layout, format: .float32),
      rule.settings.optimizer(for: weights.layout, format: .float32)
    )
    for (own, other) in zip(resumed.state, optimizer.state) {
      #expect(own.name == other.name && own.shape == other.shape)
      _ = own.values.update(fromContentsOf: other.values)
    }
    let middle = weights.buffer.array
    let ends = [optimizer, resumed, forgetful].map { each in
      for (index, value) in middle.enumerated() { weights.buffer[index] = value }
      each.update(weights, gradients: gradients[1], rate: 1e-3, gradientScale: 1, step: 2, team: team)
      return weights.buffer.array
    }
    #expect(ends[0] == ends[1])
    #expect(ends[0] != ends[2])
  }

  @Test(arguments: Rule.allCases) func update_allocatesNoNumbersOnceWarm(_ rule: Rule) throws {
    let weights = Weights.initial(try #require(Self.shape), seed: 1)
    let optimizer = rule.settings.optimizer(for: weights.layout, format: .bfloat16)
    let gradients = FloatBuffer(count: weights.layout.count)
    let team = team()
    // Other tests allocate at the same time: some repetition without any allocation must be seen.
    let wasQuiet = (1...200).contains { step in
      let before = FloatBuffer.allocationCount
      optimizer.update(weights, gradients: gradients, rate: 1e-3, gradientScale: 1, step: step, team: team)
      return FloatBuffer.allocationCount == before
    }
    #expect(wasQuiet)
  }

  @Test func bytes_areThoseOfTheState() throws {
    let layout = WeightLayout(try #require(Self.shape))
    let kernels = FastKernels(backend: .builtIn)
    func bytes(_ rule: Rule, threads: Int = 2) -> (predicted: Int, state: Int) {
      let settings = rule.settings
      let optimizer = settings.optimizer(for: layout, format: .float32)
      return (
        settings.bytes(for: layout, kernels: kernels, format: .float32, threads: threads),
        4 * optimizer.state.reduce(0) { $0 + $1.values.count }
      )
    }
    #expect(bytes(.adamW) == (8 * layout.count, 8 * layout.count))
    let adafactor = bytes(.adafactor)
    #expect(adafactor.state < layout.count)  // of 8 bytes a parameter, less than one
    #expect(adafactor.predicted < 4 * adafactor.state)
    let (one, two) = (bytes(.muon, threads: 1), bytes(.muon))
    #expect(one.state < bytes(.adamW).state && one.predicted > one.state)
    #expect(two.predicted - one.predicted == one.predicted - one.state, "each thread has scratch memory of its own")
  }

  @Test(arguments: Rule.allCases) func rule_learns(_ rule: Rule) throws {
    let weights = Weights.initial(try #require(Self.shape), seed: 3)
    let team = team()
    let accumulator = GradientAccumulator(weights, team: team, format: .bfloat16, chunkRows: 64)
    let optimizer = rule.settings.optimizer(for: weights.layout, format: .bfloat16)
    var random = RandomStream(seed: 4, "tests/optimizer/learns")
    var losses: [Double] = []
    for step in 1...150 {
      // Every token is the one before plus one or two: at best a loss of log 2, from log 13 at the start.
      let sequences = (0..<6).map { _ in
        var token = random.integer(in: 0...12)
        return TrainingSequence(
          plan: (0..<12).map { _ in
            token = (token + random.integer(in: 1...2)) % 13
            return PlanToken(rawValue: UInt16(token))
          }, promptLength: 1)
      }
      let (sums, _) = try accumulator.compute(SupervisedBatch(sequences, valueLossWeight: 0))
      let norm = accumulator.gradientNorm()
      optimizer.update(
        weights, gradients: accumulator.gradients, rate: 3e-3, gradientScale: norm > 1 ? 1 / norm : 1, step: step,
        team: team)
      losses.append(SupervisedBatch.loss(sums))
    }
    let last = losses.suffix(10).reduce(0, +) / 10
    #expect(losses[0] > 2.4 && last < 0.85, "loss \(losses[0]) → \(last)")
  }
}
