import Plans
import Storage

/// `config.json` as Hugging Face's `LlamaForCausalLM` reads it.
///
/// A foreign format: keys that codex does not know are ignored on reading; keys whose value would change the arithmetic
/// (attention bias, another activation, rope scaling) are refused.
enum LlamaConfigFile {
  static let name: StoragePath = "config.json"

  static func bytes(_ shape: ModelShape) throws -> [UInt8] {
    let object: JSONObject = [
      "architectures": .array([.string("LlamaForCausalLM")]),
      "model_type": .string("llama"),
      "hidden_act": .string("silu"),
      "attention_bias": .bool(false),
      "mlp_bias": .bool(false),
      "tie_word_embeddings": .bool(shape.tiesEmbeddings),
      "torch_dtype": .string("float32"),
      "vocab_size": .int(Int64(shape.vocabulary)),
      "hidden_size": .int(Int64(shape.width)),
      "intermediate_size": .int(Int64(shape.feedForward)),
      "num_hidden_layers": .int(Int64(shape.layers)),
      "num_attention_heads": .int(Int64(shape.heads)),
      "num_key_value_heads": .int(Int64(shape.kvHeads)),
      "head_dim": .int(Int64(shape.headWidth)),
      "max_position_embeddings": .int(Int64(shape.positions)),
      "rms_norm_eps": .double(shape.normEpsilon),
      "rope_theta": .double(shape.ropeTheta),
      "pad_token_id": .int(0),
      "bos_token_id": .int(1),
    ]
    return try CanonicalJSON.write(.object(object)) + [UInt8(ascii: "\n")]
  }

  static func shape(from bytes: [UInt8], path: String) throws -> ModelShape {
    let value = try JSONReader.parse(bytes)
    func fail(_ problem: String) -> ReasonerError { .badModelFile(path: path, problem: problem) }
    guard case .object(let object) = value else { throw fail("expected a JSON object") }
    for (key, expected) in [
      ("model_type", JSONValue.string("llama")), ("hidden_act", .string("silu")), ("attention_bias", .bool(false)),
      ("mlp_bias", .bool(false)),
    ] where object[key] != expected {
      throw fail("'\(key)' must be \(expected.jsonText), got \(object[key]?.jsonText ?? "nothing")")
    }
    if let scaling = object["rope_scaling"], scaling != .null { throw fail("'rope_scaling' is not supported") }
    func int(_ key: String) throws -> Int {
      guard case .int(let number)? = object[key], let size = Int(exactly: number) else {
        throw fail("'\(key)' must be an integer, got \(object[key]?.jsonText ?? "nothing")")
      }
      return size
    }
    func double(_ key: String) throws -> Double {
      switch object[key] {
      case .double(let number)?: return number
      case .int(let number)?: return Double(number)
      default: throw fail("'\(key)' must be a number, got \(object[key]?.jsonText ?? "nothing")")
      }
    }
    guard case .bool(let tied)? = object["tie_word_embeddings"] else {
      throw fail(
        "'tie_word_embeddings' must be true or false, got \(object["tie_word_embeddings"]?.jsonText ?? "nothing")")
    }
    let shape: ModelShape
    do {
      shape = try ModelShape(
        layers: int("num_hidden_layers"), width: int("hidden_size"), heads: int("num_attention_heads"),
        kvHeads: int("num_key_value_heads"), feedForward: int("intermediate_size"), vocabulary: int("vocab_size"),
        positions: int("max_position_embeddings"), ropeTheta: double("rope_theta"), normEpsilon: double("rms_norm_eps"),
        tiesEmbeddings: tied)
    } catch ReasonerError.invalidShape(let problems) {
      throw fail(problems.joined(separator: "; "))
    }
    if object["head_dim"] != nil, try int("head_dim") != shape.headWidth {
      throw fail("'head_dim' must be hidden_size / num_attention_heads = \(shape.headWidth)")
    }
    return shape
  }
}

extension JSONValue {
  /// Canonical text for messages.
  fileprivate var jsonText: String {
    (try? CanonicalJSON.write(self)).map { String(decoding: $0, as: UTF8.self) } ?? kindName
  }
}
