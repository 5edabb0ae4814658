import ArgumentParser
import Randomness
import Reasoner
import Tensors

/// `--new` tokens for each of `--batch` sequences after a prompt of `--prompt`, greedily; the prompt is not timed.
struct DecodeBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Time greedy decoding, one token of every sequence at a time.",
    discussion: "Example: codex-bench decode --layers 6 --width 384 --heads 6 --ff 1024 --batch 8 --dtype int8")

  @OptionGroup var model: ShapeOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var options: InferenceOptions
  @Option(help: "Sequences decoded together.") var batch = 1
  @Option(help: "Tokens of each prompt.") var prompt = 128
  @Option(help: "Tokens decoded after it.") var new = 128

  func run() throws {
    let (weights, pool) = try options.weights(try model.shape(positions: prompt + new), machine)
    let shape = weights.shape
    let engine = InferenceEngine(weights, pool: pool, sequences: batch)
    let kernels = FastKernels(backend: .builtIn)
    var random = RandomStream(seed: 0, "bench/decode")
    let prompts = (0..<batch).map { _ in randomTokens(prompt, shape, &random) }
    var tokens = InferenceBatch()
    let times = try options.measure {
      let sequences = try prompts.map { _ in try engine.cache.open() }
      tokens.removeAll()
      for (sequence, prompt) in zip(sequences, prompts) { tokens.append(sequence, tokens: prompt) }
      var outputs = try engine.run(tokens)
      let begin = monotonicSeconds()
      for _ in 0..<new {
        tokens.removeAll()
        for (row, sequence) in sequences.enumerated() {
          let choice = kernels.choose(
            outputs.logits + row * shape.vocabulary, vocabulary: shape.vocabulary, allowed: nil, temperature: 0,
            position: 0)
          tokens.append(sequence, tokens: CollectionOfOne(Int32(choice?.token ?? 0)))
        }
        outputs = try engine.run(tokens)
      }
      let end = monotonicSeconds()
      for sequence in sequences { engine.cache.close(sequence) }
      return end - begin
    }
    let seen = Double(prompt) + Double(new) / 2
    let cache = Double(shape.cacheBytes(engine.cache.format)) * seen * Double(batch)
    let findings = InferenceFindings(
      tokens: batch * new, times: times,
      flopsOfToken: 2 * Double(shape.matrixParameters(head: true)) + 4 * Double(shape.layers * shape.width) * seen,
      bytesOfRun: Double(new) * (Double(weights.bytesOfPass) + cache), steps: new)
    try machine.show(
      [("batch", .int(Int64(batch))), ("prompt", .int(Int64(prompt))), ("new", .int(Int64(new)))]
        + findings.rows(options, machine, weights))
  }
}
