import ArgumentParser
import Reasoner
import Storage
import Tensors

/// A checkpoint's logits for given tokens, for the scripts of `benchmarks/parity` to compare.
struct LogitsDump: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logits",
    abstract: "Write the logits of a Hugging Face checkpoint for given tokens.",
    discussion: "Example: codex-bench logits --model small --tokens tokens.safetensors --output logits.safetensors")

  @OptionGroup var machine: MachineOptions
  @Option(help: "The checkpoint's directory.") var model: String
  @Option(help: "A safetensors file with 'tokens', F32 (sequences, length).") var tokens: String
  @Option(help: "A new safetensors file for 'logits', F32 (sequences, length, vocabulary).") var output: String

  func run() throws {
    let (kernels, _) = try machine.kernels()
    let place = try UserPath(new: output)
    let weights = try LlamaCheckpoint.load(in: StorageRoot(opening: model))
    let source = try UserPath(tokens)
    let input = try SafetensorsFile(source.path, in: source.root)
    let shape = try input.entry("tokens").shape
    guard shape.count == 2 else { throw ValidationError("'tokens' has shape \(shape), expected two sizes.") }
    let ids = try input.floats("tokens", shape: shape).map { Int32($0) }
    guard ids.allSatisfy({ $0 >= 0 && Int($0) < weights.shape.vocabulary }) else {
      throw ValidationError("'tokens' leaves the vocabulary of \(weights.shape.vocabulary).")
    }
    var packed = PackedSequences()
    for start in stride(from: 0, to: ids.count, by: shape[1]) { packed.append(ids[start..<start + shape[1]]) }
    let transformer = Transformer(
      weights, team: KernelTeam(kernels: kernels, pool: ThreadPool(threads: machine.threads)))
    try transformer.forward(packed)
    let values = transformer.outputChunks.flatMap { rows in
      let outputs = transformer.outputs(of: rows)
      return Array(UnsafeBufferPointer(start: outputs.logits.pointer, count: outputs.rows * outputs.vocabulary))
    }
    try values.withUnsafeBufferPointer {
      let logits = TensorToWrite(name: "logits", shape: shape + [weights.shape.vocabulary], data: $0)
      _ = try place.root.publishFile(place.path) { file in
        try SafetensorsWriter.write([logits]) { try file.append($0) }
      }
    }
  }
}

/// The tokens that a checkpoint continues a prompt with, taking the likeliest one each time.
struct GreedyDump: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "greedy",
    abstract: "Print the likeliest continuation of a prompt as token ids.",
    discussion: "Example: codex-bench greedy --model small --prompt 1,17,4 --count 200")

  @OptionGroup var machine: MachineOptions
  @Option(help: "The checkpoint's directory.") var model: String
  @Option(help: "Token ids, separated by commas.") var prompt: String
  @Option(help: "Tokens to continue with.") var count = 200
  @Option(help: "Format of the weights: float32, bfloat16 or int8.") var dtype = ProductFormat.float32

  func run() throws {
    let (kernels, _) = try machine.kernels()
    let weights = try LlamaCheckpoint.load(in: StorageRoot(opening: model))
    let vocabulary = weights.shape.vocabulary
    let ids = prompt.split(separator: ",").compactMap { Int32($0) }
    guard !ids.isEmpty, ids.count == prompt.split(separator: ",").count, ids.allSatisfy({ $0 >= 0 && $0 < vocabulary })
    else {
      throw ValidationError("--prompt takes token ids below \(vocabulary), separated by commas.")
    }
    let pool = ThreadPool(threads: machine.threads)
    let engine = InferenceEngine(
      InferenceWeights(weights, format: dtype, kernels: kernels, pool: pool), pool: pool)
    let sequence = try engine.cache.open()
    var tokens = ids
    var batch = InferenceBatch()
    var read = 0
    for _ in 0..<count {
      batch.removeAll()
      batch.append(sequence, tokens: tokens[read...])
      read = tokens.count
      let logits = try engine.run(batch).row(0)
      tokens.append(Int32(logits.indices.max { logits[$0] < logits[$1] } ?? 0))
    }
    print(tokens.dropFirst(ids.count).map(String.init).joined(separator: ","))
  }
}
