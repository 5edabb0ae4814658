import ArgumentParser
import Plans
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
    let (kernels, _) = machine.kernels()
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
    let transformer = Transformer(weights, kernels: kernels)
    try withExtendedLifetime(transformer) {
      let outputs = try transformer.forward(packed)
      let logits = TensorToWrite(
        name: "logits", shape: shape + [outputs.vocabulary],
        data: UnsafeBufferPointer(start: outputs.logits, count: outputs.rows * outputs.vocabulary))
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

  func run() throws {
    let (kernels, _) = machine.kernels()
    let weights = try LlamaCheckpoint.load(in: StorageRoot(opening: model))
    let vocabulary = weights.shape.vocabulary
    guard vocabulary <= 1 << 16 else { throw ValidationError("\(vocabulary) tokens; this command takes 65536.") }
    let ids = prompt.split(separator: ",").compactMap { UInt16($0) }
    guard !ids.isEmpty, ids.count == prompt.split(separator: ",").count, ids.allSatisfy({ $0 < vocabulary }) else {
      throw ValidationError("--prompt takes token ids below \(vocabulary), separated by commas.")
    }
    let decoder = Decoder(weights, kernels: kernels)
    var tokens = ids.map { PlanToken(rawValue: $0) }
    var read = 0
    for _ in 0..<count {
      let logits = try decoder.extend([.init(slot: 0, tokens: tokens[read...])]).logits
      read = tokens.count
      let best = (0..<vocabulary).max { logits[$0] < logits[$1] } ?? 0
      tokens.append(PlanToken(rawValue: UInt16(best)))
    }
    print(tokens.dropFirst(ids.count).map { String($0.rawValue) }.joined(separator: ","))
  }
}
