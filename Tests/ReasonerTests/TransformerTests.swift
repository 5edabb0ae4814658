import Randomness
import Reasoner
import Tensors
import TestSupport
import Testing

@Suite struct TransformerTests {  // Sources/Reasoner/Model/Transformer.swift
  /// `Σ c·logits + Σ d·values`: a scalar whose gradient with respect to the outputs is (c, d).
  private struct LinearObjective {
    let logitWeights: [Float]
    let valueWeights: [Float]

    init(rows: Int, vocabulary: Int, seed: UInt64) {
      var random = RandomStream(seed: seed, "tests/objective")
      logitWeights = random.normals(rows * vocabulary)
      valueWeights = random.normals(rows)
    }

    func value(_ outputs: Transformer.Outputs) -> Double {
      var sum = 0.0
      for index in logitWeights.indices { sum += Double(logitWeights[index]) * Double(outputs.logits.pointer[index]) }
      for index in valueWeights.indices { sum += Double(valueWeights[index]) * Double(outputs.values.pointer[index]) }
      return sum
    }

    func overwrite(_ outputs: Transformer.Outputs) {
      for index in logitWeights.indices { outputs.logits.pointer[index] = logitWeights[index] }
      for index in valueWeights.indices { outputs.values.pointer[index] = valueWeights[index] }
    }
  }

  /// Larger weights than an initial model's, so that every path carries signal.
  private func weights(seed: UInt64, tied: Bool = true) throws -> Weights {
    let weights = Weights(try TinyModel.shape(vocabulary: 11, tiesEmbeddings: tied))
    var random = RandomStream(seed: seed, "tests/weights")
    for index in 0..<weights.buffer.count { weights.buffer.pointer[index] = Float(0.3 * random.normal()) }
    return weights
  }

  private func packed(_ lengths: [Int], seed: UInt64) -> PackedSequences {
    var sequences = PackedSequences()
    for (index, length) in lengths.enumerated() {
      sequences.append(TinyModel.randomTokens(length, below: 11, seed: seed &+ UInt64(index) &* 977))
    }
    return sequences
  }

  /// Also where an embedding of its own holds what another pass left.
  @Test(arguments: [true, false]) func backward_overwritesWhatWasThere(tied: Bool) throws {
    let weights = try weights(seed: 1, tied: tied)
    let sequences = packed([4, 7], seed: 1)
    let transformer = Transformer(weights, team: TinyModel.reference)
    let objective = LinearObjective(rows: sequences.rows, vocabulary: 11, seed: 1)
    let gradients = FloatBuffer(count: weights.layout.count)
    var passes: [[Float]] = []
    for filler in [Float(0), 1, -3] {
      gradients.fill(filler)
      objective.overwrite(try transformer.onlyOutputs(sequences))
      transformer.backwardAll(into: gradients)
      passes.append(gradients.array)
    }
    #expect(passes[1] == passes[0] && passes[2] == passes[0])
  }

  /// A pass whose outputs come in several chunks adds up to one pass for each of its sequences.
  @Test(arguments: TinyModel.teams) func outputChunks_addUpToPassesOfOne(team: KernelTeam) throws {
    // 2²⁰ / 16,384 is below 128, the smallest chunk: 300 rows are chunks of 128, 128 and 44.
    let shape = try ModelShape(
      layers: 1, width: 16, heads: 2, kvHeads: 1, feedForward: 24, vocabulary: 16_384, positions: 128)
    let weights = Weights.initial(shape, seed: 2)
    let lengths = [100, 100, 100]
    let sequences = lengths.indices.map { TinyModel.randomTokens(lengths[$0], below: 16_384, seed: UInt64($0)) }
    /// Gradients of the outputs that tell rows and tokens apart, and the rows' logits as they came.
    func pass(_ some: [Int], into gradients: FloatBuffer, accumulating: Bool, seen: inout [Int: Float]) throws {
      var packed = PackedSequences()
      for index in some { packed.append(sequences[index]) }
      let transformer = Transformer(weights, team: team)
      try transformer.forward(packed)
      for chunk in transformer.outputChunks {
        let outputs = transformer.outputs(of: chunk)
        for row in chunk {
          let global = some[0] * 100 + row
          let logits = outputs.logits[row - chunk.lowerBound]
          seen[global] = logits[global % 16_384]
          for token in 0..<16_384 { logits[token] = token % 97 == global % 97 ? Float(global % 7 - 3) / 100 : 0 }
          outputs.values[row - chunk.lowerBound].pointee = Float(global % 5) / 100
        }
        transformer.backwardOutputs(of: chunk, into: gradients, accumulating: accumulating)
      }
      transformer.backward(into: gradients, accumulating: accumulating)
      #expect(transformer.outputChunks.count == (some.count == 1 ? 1 : 3))
    }
    let (whole, parts) = (FloatBuffer(count: weights.layout.count), FloatBuffer(count: weights.layout.count))
    var (wholeSeen, partsSeen) = ([Int: Float](), [Int: Float]())
    try pass([0, 1, 2], into: whole, accumulating: false, seen: &wholeSeen)
    for index in 0..<3 { try pass([index], into: parts, accumulating: index > 0, seen: &partsSeen) }
    let scale = parts.array.map(abs).max() ?? 0
    #expect(scale > 0 && wholeSeen.count == 300)
    #expect(wholeSeen.allSatisfy { abs($0.value - (partsSeen[$0.key] ?? .infinity)) <= 1e-5 })
    // 300 terms added in another order in single precision.
    #expect(zip(whole.array, parts.array).allSatisfy { abs($0 - $1) <= 300 * 0x1p-24 * scale })
  }

  @Test func backward_agreesWithFiniteDifferencesAlongRandomDirections() throws {
    try withEvery("seed", in: UInt64(0)..<6) { seed in
      let weights = try weights(seed: seed, tied: seed % 2 == 0)
      let sequences = packed([1, 5, 9], seed: seed)
      let transformer = Transformer(weights, team: TinyModel.reference)
      let objective = LinearObjective(rows: sequences.rows, vocabulary: 11, seed: seed)
      let gradients = FloatBuffer(count: weights.layout.count)
      objective.overwrite(try transformer.onlyOutputs(sequences))
      transformer.backwardAll(into: gradients)
      for direction in 0..<8 {
        var random = RandomStream(seed: seed, "tests/direction", direction)
        let step = (0..<weights.layout.count).map { _ in Float(random.normal()) }
        let original = weights.buffer.array
        func shifted(_ size: Float) throws -> Double {
          for index in step.indices { weights.buffer.pointer[index] = original[index] + size * step[index] }
          return objective.value(try transformer.onlyOutputs(sequences))
        }
        // The weights are single precision, so the step is large and the difference of fourth order.
        let h: Float = 1e-3
        let near = try (shifted(h) - shifted(-h)) / Double(2 * h)
        let far = try (shifted(2 * h) - shifted(-2 * h)) / Double(4 * h)
        for index in original.indices { weights.buffer.pointer[index] = original[index] }
        let numeric = (4 * near - far) / 3
        let analytic = step.indices.reduce(0.0) { $0 + Double(step[$1]) * Double(gradients.pointer[$1]) }
        let size = step.indices.reduce(0.0) { $0 + Double(gradients.pointer[$1]) * Double(gradients.pointer[$1]) }
        // Relative to the gradient's length: a direction may be nearly orthogonal to it.
        #expect(abs(numeric - analytic) <= 2e-3 * size.squareRoot(), "seed \(seed), direction \(direction)")
      }
    }
  }

  @Test func backward_ofABrokenGradientIsCaught() throws {
    let weights = try weights(seed: 3)
    let sequences = packed([6], seed: 3)
    let transformer = Transformer(weights, team: TinyModel.reference)
    let objective = LinearObjective(rows: sequences.rows, vocabulary: 11, seed: 3)
    let gradients = FloatBuffer(count: weights.layout.count)
    objective.overwrite(try transformer.onlyOutputs(sequences))
    transformer.backwardAll(into: gradients)
    let good = gradients.array
    var broken = good
    let tensor = try #require(weights.layout.tensors.first { $0.name.hasSuffix("1.mlp.up_proj.weight") })
    for index in tensor.offset..<tensor.offset + tensor.count { broken[index] = -broken[index] }
    #expect(!Tolerance(absolute: 1e-4, relative: 1e-3).accepts(broken, good))
  }

  @Test func fastKernels_agreeWithReferenceForwardAndBackward() throws {
    try withEvery("seed", in: UInt64(0)..<4) { seed in
      let weights = try weights(seed: seed, tied: seed % 2 == 0)
      let sequences = packed([7, 1, 12, 3], seed: seed)
      let objective = LinearObjective(rows: sequences.rows, vocabulary: 11, seed: seed)
      let results = try TinyModel.teams.map { team -> ([Float], [Float]) in
        let transformer = Transformer(weights, team: team)
        let gradients = FloatBuffer(count: weights.layout.count)
        let outputs = try transformer.onlyOutputs(sequences)
        let logits = outputs.logitsArray
        objective.overwrite(outputs)
        transformer.backwardAll(into: gradients)
        return (logits, gradients.array)
      }
      expectClose(results[1].0, results[0].0, Tolerance(absolute: 1e-4, relative: 1e-4))
      expectClose(results[1].1, results[0].1, Tolerance(absolute: 2e-3, relative: 1e-3))
    }
  }

  @Test func bitsDoNotDependOnThreads() throws {
    let weights = try weights(seed: 5)
    let sequences = packed(Array(repeating: [23, 57, 9, 41], count: 5).flatMap { $0 }, seed: 5)
    let objective = LinearObjective(rows: sequences.rows, vocabulary: 11, seed: 5)
    for format in ProductFormat.floatingPoint {
      let results = try [1, 2, 3, 4].map { threads -> ([Float], [Float]) in
        let team = KernelTeam(kernels: FastKernels(backend: .builtIn), pool: ThreadPool(threads: threads))
        let transformer = Transformer(weights, team: team, format: format)
        let gradients = FloatBuffer(count: weights.layout.count)
        let outputs = try transformer.onlyOutputs(sequences)
        let logits = outputs.logitsArray
        objective.overwrite(outputs)
        transformer.backwardAll(into: gradients)
        return (logits, gradients.array)
      }
      for result in results.dropFirst() {
        #expect(result.0 == results[0].0)
        #expect(result.1 == results[0].1)
      }
    }
  }

  @Test func recomputedActivationsGiveTheSameBits() throws {
    let weights = try weights(seed: 7)
    let sequences = packed([9, 33, 5], seed: 7)
    let objective = LinearObjective(rows: sequences.rows, vocabulary: 11, seed: 7)
    for team in TinyModel.teams {
      let results = try [false, true].map { recomputes in
        let transformer = Transformer(weights, team: team, recomputes: recomputes)
        let gradients = FloatBuffer(count: weights.layout.count)
        objective.overwrite(try transformer.onlyOutputs(sequences))
        transformer.backwardAll(into: gradients)
        return gradients.array
      }
      #expect(results[0] == results[1])
    }
  }

  @Test func gradients_accumulate() throws {
    let weights = try weights(seed: 6)
    let sequences = packed([7, 12], seed: 6)
    let objective = LinearObjective(rows: sequences.rows, vocabulary: 11, seed: 6)
    let transformer = Transformer(weights, team: TinyModel.teams[1])
    let gradients = FloatBuffer(count: weights.layout.count)
    gradients.fill(.nan)  // the first pass writes every element
    for pass in 0..<2 {
      objective.overwrite(try transformer.onlyOutputs(sequences))
      transformer.backwardOutputs(of: transformer.outputChunks[0], into: gradients, accumulating: pass > 0)
      transformer.backward(into: gradients, accumulating: pass > 0)
    }
    let once = FloatBuffer(count: weights.layout.count)
    objective.overwrite(try transformer.onlyOutputs(sequences))
    transformer.backwardAll(into: once)
    expectClose(gradients.array, once.array.map { 2 * $0 }, Tolerance(absolute: 1e-3, relative: 1e-4))
  }

  @Test func forward_ofPackedSequencesEqualsEachAlone() throws {
    let weights = try weights(seed: 1)
    let lengths = [4, 9, 1]
    let transformer = Transformer(weights, team: TinyModel.reference)
    let together = try transformer.onlyOutputs(packed(lengths, seed: 1))
    let logits = together.logitsArray
    var row = 0
    for (index, length) in lengths.enumerated() {
      var single = PackedSequences()
      single.append(TinyModel.randomTokens(length, below: 11, seed: 1 &+ UInt64(index) &* 977))
      let alone = try transformer.onlyOutputs(single)
      let part = alone.logitsArray
      #expect(part == Array(logits[row * 11..<(row + length) * 11]))
      row += length
    }
  }

  @Test func untiedEmbeddings_withEqualTables_computeWhatTiedOnesDo() throws {
    let tied = try weights(seed: 2)
    let untied = Weights(try TinyModel.shape(vocabulary: 11, tiesEmbeddings: false))
    for tensor in untied.layout.tensors {
      let name = tensor.name == "lm_head.weight" ? "model.embed_tokens.weight" : tensor.name
      let source = try #require(tied.layout.tensors.first { $0.name == name })
      for (index, value) in tied.values(of: source).enumerated() { untied.buffer[tensor.offset + index] = value }
    }
    #expect(untied.layout.count == untied.shape.parameterCount)
    #expect(untied.shape.parameterCount == tied.shape.parameterCount + 11 * 24)
    let sequences = packed([5, 8], seed: 2)
    let objective = LinearObjective(rows: sequences.rows, vocabulary: 11, seed: 2)
    func run(_ weights: Weights) throws -> (logits: [Float], gradients: FloatBuffer) {
      let transformer = Transformer(weights, team: TinyModel.reference)
      let gradients = FloatBuffer(count: weights.layout.count)
      let outputs = try transformer.onlyOutputs(sequences)
      let logits = outputs.logitsArray
      objective.overwrite(outputs)
      transformer.backwardAll(into: gradients)
      return (logits, gradients)
    }
    let (logits, gradients) = try run(untied)
    let (expected, sum) = try run(tied)
    #expect(logits == expected)
    // The tied table's gradient is the sum of what its two uses give.
    func values(_ name: String, _ weights: Weights, _ buffer: FloatBuffer) throws -> [Float] {
      let tensor = try #require(weights.layout.tensors.first { $0.name == name })
      return Array(UnsafeBufferPointer(start: buffer.at(tensor.offset), count: tensor.count))
    }
    let read = try values("model.embed_tokens.weight", untied, gradients)
    let written = try values("lm_head.weight", untied, gradients)
    let both = zip(read, written).map { $0 + $1 }
    let table = try values("model.embed_tokens.weight", tied, sum)
    expectClose(both, table, Tolerance(absolute: 1e-4, relative: 1e-4))
    #expect(
      !Tolerance(absolute: 1e-4, relative: 1e-4).accepts(read, table), "control: one use alone is not the gradient")
  }

  @Test func forward_refusesSequencesBeyondItsPositions() throws {
    let transformer = Transformer(try weights(seed: 0), team: TinyModel.reference)
    #expect(throws: ReasonerError.sequenceTooLong(tokens: 97, positions: 96)) {
      try transformer.onlyOutputs(packed([97], seed: 0))
    }
  }
}
