import Randomness
import Reasoner
import Tensors
import TestSupport
import Testing

@Suite struct InferenceEngineTests {  // Sources/Reasoner/Inference/InferenceEngine.swift
  private func tokens(_ count: Int, seed: UInt64) -> [Int32] {
    TinyModel.randomTokens(count, below: TinyModel.vocabulary.count, seed: seed)
  }

  private func engine(
    _ weights: Weights, _ kernels: any Kernels, format: ProductFormat = .float32, threads: Int = 1, sequences: Int = 1,
    pages: Int? = nil, rowsOfPass: Int = 512
  ) -> InferenceEngine {
    let pool = ThreadPool(threads: threads)
    return InferenceEngine(
      InferenceWeights(weights, format: format, kernels: kernels, pool: pool), pool: pool, sequences: sequences,
      pages: pages, rowsOfPass: rowsOfPass)
  }

  /// Logits and values after every token, from a full pass of the training path.
  private func fullPass(
    _ weights: Weights, _ tokens: [Int32], _ kernels: any Kernels
  ) throws -> (logits: [Float], values: [Float]) {
    var sequences = PackedSequences()
    sequences.append(tokens)
    let transformer = Transformer(weights, team: KernelTeam(kernels: kernels, pool: ThreadPool(threads: 1)))
    return try withExtendedLifetime(transformer) {
      let outputs = try transformer.onlyOutputs(sequences)
      return (outputs.logitsArray, Array(UnsafeBufferPointer(start: outputs.values.pointer, count: tokens.count)))
    }
  }

  /// Logits of all outputs of a run.
  private func run(_ engine: InferenceEngine, _ batch: InferenceBatch) throws -> [Float] {
    let outputs = try engine.run(batch)
    return Array(UnsafeBufferPointer(start: outputs.logits, count: outputs.count * outputs.vocabulary))
  }

  private func batch(_ sequence: Int, _ tokens: some Sequence<Int32>, _ outputs: InferenceBatch.Outputs = .all)
    -> InferenceBatch
  {
    var batch = InferenceBatch()
    batch.append(sequence, tokens: tokens, outputs: outputs)
    return batch
  }

  @Test(arguments: TinyModel.implementations)
  func run_inAnyPiecesEqualsAFullPass(_ implementation: TinyModel.Implementation) throws {
    try withEvery("seed", in: UInt64(0)..<10) { seed in
      let weights = try TinyModel.weights(seed: seed, tiesEmbeddings: seed % 2 == 0)
      var random = RandomStream(seed: seed, "tests/pieces")
      let sequence = tokens(random.integer(in: 2...80), seed: seed)
      let engine = engine(weights, implementation.kernels, rowsOfPass: random.integer(in: 1...40))
      let id = try engine.cache.open()
      var (logits, values): ([Float], [Float]) = ([], [])
      while values.count < sequence.count {
        let end = min(sequence.count, values.count + random.integer(in: 1...50))
        let outputs = try engine.run(batch(id, sequence[values.count..<end]))
        logits += UnsafeBufferPointer(start: outputs.logits, count: outputs.count * outputs.vocabulary)
        values += UnsafeBufferPointer(start: outputs.values, count: outputs.count)
      }
      let expected = try fullPass(weights, sequence, ReferenceKernels())
      expectClose(logits, expected.logits, Tolerance(absolute: 1e-4, relative: 1e-3))
      expectClose(values, expected.values, Tolerance(absolute: 1e-4, relative: 1e-3))
      // Control: another sequence is told apart.
      let other = try fullPass(weights, tokens(sequence.count, seed: seed + 100), ReferenceKernels())
      #expect(!Tolerance(absolute: 1e-4, relative: 1e-3).accepts(logits, other.logits))
    }
  }

  /// Rounded formats agree with the oracle in the same format: roundings fall alike, sums differ.
  @Test(arguments: TinyModel.implementations, [ProductFormat.bfloat16, .int8])
  func run_agreesWithTheOracleInTheSameFormat(
    _ implementation: TinyModel.Implementation, _ format: ProductFormat
  ) throws {
    let weights = try TinyModel.weights(seed: 3)
    let sequence = tokens(40, seed: 4)
    func logits(_ kernels: any Kernels, _ format: ProductFormat) throws -> [Float] {
      let engine = engine(weights, kernels, format: format)
      return try run(engine, batch(engine.cache.open(), sequence))
    }
    let expected = try logits(ReferenceKernels(), format)
    let actual = try logits(implementation.kernels, format)
    let exact = try logits(ReferenceKernels(), .float32)
    func distance(_ a: [Float], _ b: [Float]) -> Double {
      let squares = zip(a, b).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
      return (squares / exact.reduce(0) { $0 + Double($1) * Double($1) }).squareRoot()
    }
    // A sum that ends beside a rounding boundary moves one rounding further, so formats are compared as wholes.
    #expect(distance(actual, expected) < 0.01, "\(distance(actual, expected)) from the oracle")
    #expect(
      distance(actual, exact) < (format == .int8 ? 0.15 : 0.05), "\(distance(actual, exact)) from single precision")
    // Control: the format does round.
    #expect(distance(actual, exact) > 1e-4)
  }

  @Test(arguments: TinyModel.implementations, ProductFormat.allCases)
  func run_doesNotDependOnCompanyPiecesOrThreads(
    _ implementation: TinyModel.Implementation, _ format: ProductFormat
  ) throws {
    let weights = try TinyModel.weights(seed: 5)
    let mine = tokens(75, seed: 1)
    let alone = engine(weights, implementation.kernels, format: format)
    let expected = try run(alone, batch(alone.cache.open(), mine))
    let size = weights.shape.vocabulary
    for threads in implementation.isSlow ? [1, 2] : [1, 2, 3, 4] {
      var random = RandomStream(seed: UInt64(threads), "tests/company")
      let shared = engine(
        weights, implementation.kernels, format: format, threads: threads, sequences: 9, rowsOfPass: 33)
      let company = try (0..<8).map { _ in try shared.cache.open() }
      let id = try shared.cache.open()
      var actual: [Float] = []
      while actual.count < expected.count {
        var batch = InferenceBatch()
        for other in company where shared.cache.length(of: other) < 60 && random.uniform() < 0.6 {
          batch.append(other, tokens: tokens(random.integer(in: 1...12), seed: random.next()), outputs: .none)
        }
        let seen = actual.count / size
        let end = min(mine.count, seen + random.integer(in: 1...14))
        batch.append(id, tokens: mine[seen..<end], outputs: .all)
        actual += try run(shared, batch)
      }
      #expect(actual == expected, "\(implementation.name), \(format), \(threads) threads")
    }
  }

  /// Batches that fall into even shares, which threads take through the layers on their own.
  @Test(arguments: TinyModel.implementations, ProductFormat.allCases)
  func run_ofEvenBatchesDoesNotDependOnThreads(
    _ implementation: TinyModel.Implementation, _ format: ProductFormat
  ) throws {
    let weights = try TinyModel.weights(seed: 8)
    func logits(threads: Int, altered: Bool = false) throws -> [Float] {
      let engine = engine(weights, implementation.kernels, format: format, threads: threads, sequences: 9)
      let sequences = try (0..<9).map { _ in try engine.cache.open() }
      var all: [Float] = []
      for step in 0..<6 {
        // Each third step asks some sequences alone for outputs, each other one takes longer pieces.
        var batch = InferenceBatch()
        for (index, sequence) in sequences.enumerated() {
          let piece = tokens(step % 2 == 0 ? 7 : 1, seed: UInt64(100 * step + index + (altered && step == 5 ? 1 : 0)))
          batch.append(sequence, tokens: piece, outputs: step % 3 == 2 && index % 4 != 0 ? .none : .all)
        }
        all += try run(engine, batch)
      }
      return all
    }
    let expected = try logits(threads: 1)
    for threads in implementation.isSlow ? [2] : [2, 3, 4, 9] {
      #expect(try logits(threads: threads) == expected, "\(implementation.name), \(format), \(threads) threads")
    }
    // Control: the last step's tokens are seen.
    #expect(try logits(threads: 2, altered: true) != expected)
  }

  @Test func fork_sharesPagesUntilOneWrites() throws {
    let weights = try TinyModel.weights(seed: 6)
    let engine = engine(weights, FastKernels(backend: .builtIn), sequences: 3, pages: 6)
    let (prefix, first, second) = (tokens(40, seed: 1), tokens(5, seed: 2), tokens(4, seed: 3))
    let trunk = try engine.cache.open()
    _ = try engine.run(batch(trunk, prefix))
    #expect(engine.cache.freePages == 4)
    let branch = try engine.cache.fork(trunk)
    #expect(engine.cache.freePages == 4)
    var both = InferenceBatch()
    both.append(trunk, tokens: first)
    both.append(branch, tokens: second)
    #expect(engine.cache.pagesNeeded(for: both) == 1)
    let outputs = try engine.run(both)
    #expect(engine.cache.freePages == 3)
    for (row, tail) in [first, second].enumerated() {
      let alone = self.engine(weights, FastKernels(backend: .builtIn))
      #expect(try Array(outputs.row(row)) == run(alone, batch(alone.cache.open(), prefix + tail, .last)))
    }
    engine.cache.close(trunk)
    #expect(engine.cache.freePages == 4)
    engine.cache.close(branch)
    #expect(engine.cache.freePages == 6)
  }

  @Test func truncate_forgetsWhatCameAfter() throws {
    let weights = try TinyModel.weights(seed: 6)
    for format in ProductFormat.allCases {
      let engine = engine(weights, FastKernels(backend: .builtIn), format: format, sequences: 2)
      let (prefix, first, second) = (tokens(37, seed: 1), tokens(30, seed: 2), tokens(4, seed: 3))
      let id = try engine.cache.open()
      _ = try engine.run(batch(id, prefix + first))
      engine.cache.truncate(id, to: prefix.count)
      let actual = try run(engine, batch(id, second))
      let fresh = try engine.cache.open()
      _ = try engine.run(batch(fresh, prefix))
      #expect(try run(engine, batch(fresh, second)) == actual)
      // Control: without the truncation the answer is another one.
      engine.cache.close(fresh)
      let stale = try engine.cache.open()
      _ = try engine.run(batch(stale, prefix + first))
      #expect(try run(engine, batch(stale, second)) != actual)
    }
  }

  @Test func run_refusesWhatTheCacheCannotHold() throws {
    let weights = try TinyModel.weights(seed: 7)
    let engine = engine(weights, FastKernels(backend: .builtIn), sequences: 2, pages: 2)
    let first = try engine.cache.open()
    let second = try engine.cache.open()
    _ = try engine.run(batch(first, tokens(33, seed: 1)))
    #expect(throws: ReasonerError.cacheExhausted(needed: 1, free: 0, pages: 2)) {
      try engine.run(batch(second, tokens(1, seed: 2)))
    }
    #expect(engine.cache.length(of: second) == 0)
    #expect(throws: ReasonerError.sequenceTooLong(tokens: 97, positions: 96)) {
      try engine.run(batch(first, tokens(64, seed: 2)))
    }
    #expect(engine.cache.length(of: first) == 33)
    #expect(throws: ReasonerError.tooManySequences(limit: 2)) { try engine.cache.open() }
    engine.cache.close(first)
    _ = try engine.run(batch(second, tokens(1, seed: 2)))
    #expect(
      ReasonerError.cacheExhausted(needed: 1, free: 0, pages: 2).description
        == "the key-value cache needs 1 pages more, but 0 of its 2 are free. "
        + "Close sequences, run fewer at once, or give the cache more pages.")
  }
}
