import ArgumentParser
import Reasoner
import Storage
import Tensors

/// Writes random weights of a shape, or a checkpoint's, in the formats of the peers, so that these run the same model.
struct ExportBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write random weights of a shape, or a checkpoint's, for transformers or llama.cpp.",
    discussion: """
      Examples:
        codex-bench export --layers 6 --width 384 --heads 6 --ff 1024 --format huggingface --output small
        codex-bench export --model small --format gguf --type q8_0 --output small.gguf
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case huggingface, gguf }

  enum ElementType: String, ExpressibleByArgument, CaseIterable {
    case f32, bf16
    case int8Blocks = "q8_0"
  }

  @OptionGroup var shape: ShapeOptions
  @Option(help: ArgumentHelp("A Hugging Face checkpoint to convert, instead of random weights.", valueName: "dir"))
  var model: String?
  @Option(help: "Seed of random weights.") var seed: UInt64 = 0
  @Option(help: "What to write.") var format = Format.huggingface
  @Option(help: "How matrices are stored; q8_0 in GGUF only.") var type = ElementType.f32
  @Option(help: ArgumentHelp("Most kilobytes of one huggingface file.", valueName: "kb")) var shardKilobytes: Int?
  @Option(help: "A new file (gguf) or directory (huggingface).") var output: String

  func validate() throws {
    if type == .int8Blocks, format != .gguf { throw ValidationError("--type q8_0 needs --format gguf.") }
    if let shardKilobytes, shardKilobytes < 1 { throw ValidationError("--shard-kilobytes must be at least 1.") }
  }

  func run() throws {
    let place = try UserPath(new: output)
    let weights =
      try model.map { try LlamaCheckpoint.load(in: StorageRoot(opening: $0)) }
      ?? Weights.initial(shape.shape(), seed: seed)
    switch format {
    case .huggingface:
      try place.root.publishDirectory(place.path) {
        try LlamaCheckpoint.write(
          weights, as: type == .f32 ? .float32 : .bfloat16, shardLimit: shardKilobytes.map { 1_000 * $0 }, into: $0)
      }
    case .gguf:
      let stored: GGUFTensorType =
        switch type {
        case .f32: .float32
        case .bf16: .bfloat16
        case .int8Blocks: .int8Blocks
        }
      try place.root.publishFile(place.path) {
        try GGUFExport.write(weights, as: stored, name: model ?? "random", to: $0)
      }
    }
    print("wrote \(output): \(weights.shape.parameterCount) parameters")
  }
}
