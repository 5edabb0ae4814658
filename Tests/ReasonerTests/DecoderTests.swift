import Plans
import Randomness
import Reasoner
import Tensors
import TestSupport
import Testing

@Suite struct DecoderTests {  // Sources/Reasoner/Inference/Decoder.swift
  private func tokens(_ count: Int, seed: UInt64) -> [PlanToken] {
    TinyModel.randomTokens(count, below: TinyModel.vocabulary.count, seed: seed).map { PlanToken(rawValue: UInt16($0)) }
  }

  /// Logits after the last of `tokens`, by a full forward pass.
  private func fullPass(_ weights: Weights, _ tokens: [PlanToken], _ kernels: any Kernels) throws -> [Float] {
    var sequences = PackedSequences()
    sequences.append(tokens.map { Int32($0.rawValue) })
    let transformer = Transformer(weights, team: KernelTeam(kernels: kernels, pool: ThreadPool(threads: 1)))
    return try withExtendedLifetime(transformer) {
      Array(try transformer.onlyOutputs(sequences).logitsArray.suffix(weights.shape.vocabulary))
    }
  }

  @Test func extend_inAnyPiecesEqualsAFullPass() throws {
    try withEvery("seed", in: UInt64(0)..<10) { seed in
      let weights = Weights.initial(try TinyModel.shape(), seed: seed)
      var random = RandomStream(seed: seed, "tests/pieces")
      let sequence = tokens(random.integer(in: 2...40), seed: seed)
      for kernels in TinyModel.kernelSets {
        let decoder = Decoder(weights, kernels: kernels)
        var position = 0
        var logits: [Float] = []
        while position < sequence.count {
          let end = min(sequence.count, position + random.integer(in: 1...5))
          let outputs = try decoder.extend([.init(slot: 0, tokens: sequence[position..<end])])
          logits = Array(UnsafeBufferPointer(start: outputs.logits, count: weights.shape.vocabulary))
          position = end
        }
        expectClose(logits, try fullPass(weights, sequence, kernels), Tolerance(absolute: 1e-5, relative: 1e-4))
      }
    }
  }

  @Test func extend_doesNotDependOnWhoSharesTheBatch() throws {
    let weights = Weights.initial(try TinyModel.shape(), seed: 5)
    let mine = tokens(11, seed: 1)
    let others = (2..<6).map { tokens(3 + Int($0), seed: $0) }
    let alone = Decoder(weights, kernels: ReferenceKernels(), slots: 1)
    let shared = Decoder(weights, kernels: ReferenceKernels(), slots: 5)
    let size = weights.shape.vocabulary
    let expected = Array(
      UnsafeBufferPointer(start: try alone.extend([.init(slot: 0, tokens: mine[...])]).logits, count: size))
    let extensions =
      others.enumerated().map { Decoder.Extension(slot: $0.offset, tokens: $0.element[...]) }
      + [.init(slot: 4, tokens: mine[...])]
    let outputs = try shared.extend(extensions)
    let actual = Array(UnsafeBufferPointer(start: outputs.logits + 4 * size, count: size))
    #expect(actual == expected)
  }

  @Test func truncate_forgetsWhatCameAfter() throws {
    let weights = Weights.initial(try TinyModel.shape(), seed: 6)
    let decoder = Decoder(weights, kernels: ReferenceKernels())
    let prefix = tokens(6, seed: 1)
    let first = tokens(5, seed: 2)
    let second = tokens(4, seed: 3)
    _ = try decoder.extend([.init(slot: 0, tokens: (prefix + first)[...])])
    decoder.cache.truncate(0, to: prefix.count)
    let outputs = try decoder.extend([.init(slot: 0, tokens: second[...])])
    let actual = Array(UnsafeBufferPointer(start: outputs.logits, count: weights.shape.vocabulary))
    expectClose(
      actual, try fullPass(weights, prefix + second, ReferenceKernels()), Tolerance(absolute: 1e-6, relative: 1e-5))
    // Control: without the truncation the answer is another one.
    _ = try decoder.extend([.init(slot: 0, tokens: first[...])])
    let stale = try decoder.extend([.init(slot: 0, tokens: second[...])])
    let wrong = Array(UnsafeBufferPointer(start: stale.logits, count: weights.shape.vocabulary))
    #expect(!Tolerance(absolute: 1e-6, relative: 1e-5).accepts(wrong, actual))
  }

  @Test func extend_refusesMoreThanItsCapacity() throws {
    let weights = Weights.initial(try TinyModel.shape(), seed: 7)
    let decoder = Decoder(weights, kernels: ReferenceKernels(), capacity: 8)
    _ = try decoder.extend([.init(slot: 0, tokens: tokens(8, seed: 1)[...])])
    #expect(throws: ReasonerError.sequenceTooLong(tokens: 9, positions: 8)) {
      try decoder.extend([.init(slot: 0, tokens: tokens(1, seed: 2)[...])])
    }
    #expect(decoder.cache.lengths == [8])
  }
}
