import ArgumentParser
import Plans
import Randomness
import Reasoner
import Storage
import Tensors
import Training
import Worlds

/// Writes a model folder and what codex computes with it, for `benchmarks/parity/check_transformers.py` to compute again.
struct ParityDump: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parity",
    abstract: "Write a model with its logits, gradients and 20 training losses, for a cross-check in PyTorch.",
    discussion: "Example: codex-bench parity --output parity")

  @OptionGroup var machine: MachineOptions
  @Option(help: "A new directory for the files.") var output: String
  @Option(help: "Seed of weights and tokens.") var seed: UInt64 = 7

  func run() throws {
    let (kernels, _) = try machine.kernels()
    let vocabulary = PlanVocabulary(signatures: WorldKind.allCases.map(\.world.signature))
    let shape = try ModelShape(
      layers: 3, width: 64, heads: 4, kvHeads: 2, feedForward: 176, vocabulary: vocabulary.count, positions: 64)
    let weights = Weights.initial(shape, seed: seed)
    let team = KernelTeam(kernels: kernels, pool: ThreadPool(threads: machine.threads))
    var random = RandomStream(seed: seed, "bench/parity")
    let length = 33
    let sequences = (0..<4).map { _ in
      // Without padding, id 0: PyTorch gives a padding row of the embedding no gradient.
      TrainingSequence(randomTokens: length, in: 1...vocabulary.count - 1, random: &random)
    }
    let parent = try StorageRoot.creating(output)
    try parent.publishDirectory("model") { try ModelFolder.write(weights, vocabulary: vocabulary, into: $0) }

    var packed = PackedSequences()
    for sequence in sequences { packed.append(sequence.tokens) }
    let transformer = Transformer(weights, team: team)
    let logits = try withExtendedLifetime(transformer) {
      try transformer.forward(packed)
      return FloatBuffer(
        transformer.outputChunks.flatMap { rows in
          let outputs = transformer.outputs(of: rows)
          return Array(UnsafeBufferPointer(start: outputs.logits.pointer, count: outputs.rows * shape.vocabulary))
        })
    }
    let accumulator = GradientAccumulator(weights, team: team)
    let optimizer = AdamWOptimizer(weights.layout.tensors, settings: AdamWSettings())
    var losses: [Float] = []
    var gradients: FloatBuffer?
    for step in 1...20 {
      let (sums, _) = try accumulator.compute(SupervisedBatch(sequences, valueLossWeight: 0))
      if step == 1 { gradients = FloatBuffer(accumulator.gradients.array) }
      losses.append(Float(SupervisedBatch.loss(sums)))
      optimizer.update(
        weights, gradients: accumulator.gradients, rate: 1e-3, gradientScale: 1, step: step, team: team)
    }
    guard let gradients else { return }
    let tokens = FloatBuffer(sequences.flatMap { $0.tokens.map(Float.init) + [Float($0.targets[$0.rows - 1])] })
    let lossBuffer = FloatBuffer(losses)
    func tensor(_ name: String, _ shape: [Int], _ buffer: FloatBuffer) -> TensorToWrite {
      TensorToWrite(name: name, shape: shape, data: UnsafeBufferPointer(buffer.values))
    }
    // Tensors to write only borrow their elements.
    try withExtendedLifetime([tokens, logits, lossBuffer, gradients]) {
      try parent.publishDirectory("expected") { staging in
        try staging.write(
          "expected.safetensors",
          tensors: [
            tensor("tokens", [sequences.count, length], tokens),
            tensor("logits", [sequences.count, length - 1, shape.vocabulary], logits),
            tensor("losses", [losses.count], lossBuffer),
          ] + weights.layout.tensors(in: gradients, prefix: "gradient."))
      }
    }
    print(
      "wrote \(output)/model and \(output)/expected; now: python3 benchmarks/parity/check_transformers.py \(output)")
  }
}
