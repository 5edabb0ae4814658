import ArgumentParser
import Randomness
import Reasoner

/// Prompts of `--context` tokens, to the logits after their last one.
struct PrefillBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prefill", abstract: "Time reading prompts of random tokens.",
    discussion: "Example: codex-bench prefill --layers 6 --width 384 --heads 6 --ff 1024 --context 512 --dtype bfloat16"
  )

  @OptionGroup var model: ShapeOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var options: InferenceOptions
  @Option(help: "Prompts read together.") var batch = 1

  func run() throws {
    let (weights, pool) = try options.weights(try model.shape(), machine)
    let shape = weights.shape
    let engine = InferenceEngine(weights, pool: pool, sequences: batch)
    var random = RandomStream(seed: 0, "bench/prefill")
    let prompts = (0..<batch).map { _ in randomTokens(model.context, shape, &random) }
    var tokens = InferenceBatch()
    let times = try options.measure {
      let begin = monotonicSeconds()
      let sequences = try prompts.map { _ in try engine.cache.open() }
      tokens.removeAll()
      for (sequence, prompt) in zip(sequences, prompts) { tokens.append(sequence, tokens: prompt) }
      _ = try engine.run(tokens)
      for sequence in sequences { engine.cache.close(sequence) }
      return monotonicSeconds() - begin
    }
    let attention = 4 * Double(shape.layers * shape.width) * Double(model.context) / 2
    let findings = InferenceFindings(
      tokens: batch * model.context, times: times,
      flopsOfToken: 2 * Double(shape.matrixParameters(head: false)) + attention,
      bytesOfRun: Double(weights.bytesOfPass), steps: 1)
    try machine.show(
      [("context", .int(Int64(model.context))), ("batch", .int(Int64(batch)))]
        + findings.rows(options, machine, weights))
  }
}
