import ArgumentParser
import Storage

/// Whom a model is written for.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable { case huggingface, gguf }

/// How an exported model's matrices are stored.
enum ExportType: String, ExpressibleByArgument, CaseIterable {
  case f32, bf16
  case int8Blocks = "q8_0"

  /// For files of tensors; nil for block formats, which only GGUF has.
  var floatFormat: FloatFormat? {
    switch self {
    case .f32: .float32
    case .bf16: .bfloat16
    case .int8Blocks: nil
    }
  }

  var ggufType: GGUFTensorType {
    switch self {
    case .f32: .float32
    case .bf16: .bfloat16
    case .int8Blocks: .int8Blocks
    }
  }
}
