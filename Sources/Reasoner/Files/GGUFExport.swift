import Plans
import Storage

/// A model as one GGUF file of the `llama` architecture, for llama.cpp.
///
/// llama.cpp knows no value head: it is left out, and with it what search judges open plans by. Norms stay single precision
/// whatever the type of the matrices, as llama.cpp's own converter leaves them.
public enum GGUFExport {
  /// Appends the file to `file`; the weights are encoded on the way, nothing is held twice.
  ///
  /// - Parameters:
  ///   - type: Of the matrices.
  ///   - name: What llama.cpp shows for the model.
  ///   - vocabulary: The text of the tokens; without it token 7 reads `t7`.
  /// - Throws: `ReasonerError.unsuitableType` for rows that are no whole blocks of `type`; `StorageError.unwritable` for
  ///   values that are not finite; what appending throws.
  public static func write(
    _ weights: Weights, as type: GGUFTensorType, name: String, vocabulary: PlanVocabulary? = nil, to file: StagingFile
  ) throws {
    let shape = weights.shape
    for (key, width) in [("hidden_size", shape.width), ("intermediate_size", shape.feedForward)]
    where width % type.blockCount != 0 {
      throw ReasonerError.unsuitableType(key: key, size: width, blockCount: type.blockCount)
    }
    let pieces = vocabulary?.pieces ?? (0..<shape.vocabulary).map { "t\($0)" }
    precondition(pieces.count == shape.vocabulary, "a model speaks one vocabulary")
    try GGUFWriter.write(
      metadata: metadata(shape, type, name) + tokenizer(pieces, specialCount: vocabulary == nil ? 0 : 2),
      tensors: tensors(weights, type)
    ) { try file.append($0) }
  }

  private static func metadata(
    _ shape: ModelShape, _ type: GGUFTensorType, _ name: String
  ) -> [(key: String, value: GGUFValue)] {
    // Numbers of llama_ftype (llama.cpp's include/llama.h).
    let fileType: UInt32 =
      switch type {
      case .float32: 0
      case .int8Blocks: 7
      case .bfloat16: 32
      }
    return [
      ("general.architecture", .string("llama")),
      ("general.name", .string(name)),
      ("general.file_type", .uint32(fileType)),
      ("general.quantization_version", .uint32(2)),
      ("llama.block_count", .uint32(UInt32(shape.layers))),
      ("llama.context_length", .uint32(UInt32(shape.positions))),
      ("llama.embedding_length", .uint32(UInt32(shape.width))),
      ("llama.feed_forward_length", .uint32(UInt32(shape.feedForward))),
      ("llama.attention.head_count", .uint32(UInt32(shape.heads))),
      ("llama.attention.head_count_kv", .uint32(UInt32(shape.kvHeads))),
      ("llama.attention.layer_norm_rms_epsilon", .float32(Float(shape.normEpsilon))),
      ("llama.rope.freq_base", .float32(Float(shape.ropeTheta))),
      ("llama.rope.dimension_count", .uint32(UInt32(shape.headWidth))),
      ("llama.vocab_size", .uint32(UInt32(shape.vocabulary))),
    ]
  }

  /// A vocabulary for showing tokens; text for it is cut at spaces by nobody, so prompts go in as token ids.
  ///
  /// - Parameter specialCount: Tokens at the start that stand for no text: padding, then start.
  private static func tokenizer(
    _ pieces: [String], specialCount: Int
  ) -> [(key: String, value: GGUFValue)] {
    // llama_token_type: 1 normal, 3 control.
    let types = pieces.indices.map { Int32($0 < specialCount ? 3 : 1) }
    let padding = UInt32(PlanVocabulary.padding.rawValue)
    return [
      ("tokenizer.ggml.model", .string("llama")),
      ("tokenizer.ggml.tokens", .strings(pieces)),
      ("tokenizer.ggml.scores", .float32s([Float](repeating: 0, count: pieces.count))),
      ("tokenizer.ggml.token_type", .int32s(types)),
      ("tokenizer.ggml.bos_token_id", .uint32(min(UInt32(PlanVocabulary.start.rawValue), UInt32(pieces.count - 1)))),
      // Plans end by their grammar; without these keys llama.cpp would take token 2 for an end.
      ("tokenizer.ggml.eos_token_id", .uint32(padding)),
      ("tokenizer.ggml.unknown_token_id", .uint32(padding)),
      ("tokenizer.ggml.padding_token_id", .uint32(padding)),
    ]
  }

  private static func tensors(_ weights: Weights, _ type: GGUFTensorType) -> [GGUFTensor] {
    let shape = weights.shape
    return weights.layout.tensors.compactMap { tensor in
      guard let name = name(of: tensor.name) else { return nil }
      let order: [Int]? =
        if tensor.name.hasSuffix("q_proj.weight") {
          interleavedRows(heads: shape.heads, headWidth: shape.headWidth)
        } else if tensor.name.hasSuffix("k_proj.weight") {
          interleavedRows(heads: shape.kvHeads, headWidth: shape.headWidth)
        } else {
          nil
        }
      return GGUFTensor(
        name: name, shape: tensor.shape, type: tensor.decays ? type : .float32,
        data: UnsafeBufferPointer(start: weights.buffer.at(tensor.offset), count: tensor.count), rowOrder: order)
    }
  }

  /// The rows of a query or key projection in the order that llama.cpp's `llama` architecture expects.
  ///
  /// Its rotation pairs neighbours (2i, 2i + 1) where Hugging Face's pairs (i, i + D/2), so that a head's rows
  /// 0, D/2, 1, D/2 + 1, … come in this order; the score q·k of a permuted q and an equally permuted k is the same.
  /// Source: `LlamaModel.permute` of llama.cpp's `convert_hf_to_gguf.py`.
  static func interleavedRows(heads: Int, headWidth: Int) -> [Int] {
    (0..<heads).flatMap { head in
      (0..<headWidth).map { row in head * headWidth + row / 2 + (row % 2) * (headWidth / 2) }
    }
  }

  /// llama.cpp's name for a tensor (src/llama-arch.cpp); nil for the value head.
  private static func name(of tensor: String) -> String? {
    switch tensor {
    case "model.embed_tokens.weight": return "token_embd.weight"
    case "model.norm.weight": return "output_norm.weight"
    case "lm_head.weight": return "output.weight"
    default: break
    }
    let parts = tensor.split(separator: ".")
    guard parts.count > 3, parts[1] == "layers", let role = roles[parts[3...].joined(separator: ".")] else {
      return nil
    }
    return "blk.\(parts[2]).\(role)"
  }

  private static let roles = [
    "input_layernorm.weight": "attn_norm.weight",
    "self_attn.q_proj.weight": "attn_q.weight",
    "self_attn.k_proj.weight": "attn_k.weight",
    "self_attn.v_proj.weight": "attn_v.weight",
    "self_attn.o_proj.weight": "attn_output.weight",
    "post_attention_layernorm.weight": "ffn_norm.weight",
    "mlp.gate_proj.weight": "ffn_gate.weight",
    "mlp.up_proj.weight": "ffn_up.weight",
    "mlp.down_proj.weight": "ffn_down.weight",
  ]
}
