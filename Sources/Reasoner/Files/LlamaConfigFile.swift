import Plans
import Storage

/// `config.json` as Hugging Face's `LlamaForCausalLM` reads and writes it.
///
/// A foreign format: keys that codex does not know are ignored on reading, absent ones have `LlamaConfig`'s defaults, and
/// keys whose value would change the arithmetic (biases, another activation, rope scaling, quantised weights) are refused.
enum LlamaConfigFile {
  static let name: StoragePath = "config.json"

  /// - Parameter hasPlanTokens: Whether tokens 0 and 1 are the plan vocabulary's padding and start.
  static func bytes(
    _ shape: ModelShape, format: FloatFormat = .float32, hasPlanTokens: Bool = true
  ) throws -> [UInt8] {
    let object: JSONObject = [
      "architectures": .array([.string("LlamaForCausalLM")]),
      "model_type": .string("llama"),
      "hidden_act": .string("silu"),
      "attention_bias": .bool(false),
      "mlp_bias": .bool(false),
      "tie_word_embeddings": .bool(shape.tiesEmbeddings),
      "torch_dtype": .string(format == .float32 ? "float32" : "bfloat16"),
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
      "pad_token_id": hasPlanTokens ? .int(0) : .null,
      "bos_token_id": hasPlanTokens ? .int(1) : .null,
      // Not left out: transformers' default is 2, a token that plans use.
      "eos_token_id": .null,
    ]
    return try CanonicalJSON.write(.object(object)) + [UInt8(ascii: "\n")]
  }

  /// The shape that a `config.json` describes.
  ///
  /// - Throws: `ReasonerError.unsupportedModel` for arithmetic that codex does not compute, `.badModelFile` for values
  ///   that are none or do not go together, `StorageError.malformed` for bytes that are no JSON.
  static func shape(from bytes: [UInt8], path: String) throws -> ModelShape {
    let value: JSONValue
    do { value = try JSONReader.parse(bytes) } catch let error as StorageError { throw error.located(in: path) }
    guard case .object(let object) = value else {
      throw ReasonerError.badModelFile(path: path, problem: "expected a JSON object, got \(value.kindName)")
    }
    let read = Reader(object: object, path: path)
    for (key, expected, absent) in [
      ("model_type", JSONValue.string("llama"), JSONValue.null), ("hidden_act", .string("silu"), .string("silu")),
      ("attention_bias", .bool(false), .bool(false)), ("mlp_bias", .bool(false), .bool(false)),
      ("quantization_config", .null, .null),
    ] where object[key] ?? absent != expected {
      throw ReasonerError.unsupportedModel(path: path, key: key, expected: expected.jsonText, got: read.text(key))
    }
    let heads = try read.int("num_attention_heads")
    let shape: ModelShape
    do {
      shape = try ModelShape(
        layers: read.int("num_hidden_layers"), width: read.int("hidden_size"), heads: heads,
        kvHeads: read.int("num_key_value_heads", default: heads), feedForward: read.int("intermediate_size"),
        vocabulary: read.int("vocab_size"), positions: read.int("max_position_embeddings", default: 2_048),
        ropeTheta: read.ropeTheta(), normEpsilon: read.double("rms_norm_eps", in: object, default: 1e-6),
        tiesEmbeddings: read.bool("tie_word_embeddings", default: false))
    } catch ReasonerError.invalidShape(let problems) {
      throw ReasonerError.badModelFile(path: path, problem: problems.joined(separator: "; "))
    }
    let headWidth = try read.int("head_dim", default: shape.headWidth)
    guard headWidth == shape.headWidth else {
      throw ReasonerError.unsupportedModel(
        path: path, key: "head_dim", expected: "hidden_size / num_attention_heads = \(shape.headWidth)",
        got: "\(headWidth)")
    }
    return shape
  }

  /// Typed access to the keys of one file; `null` counts as absent, as it does for transformers.
  private struct Reader {
    let object: JSONObject
    let path: String

    func text(_ key: String) -> String { object[key]?.jsonText ?? "nothing" }

    private func present(_ key: String, in object: JSONObject) -> JSONValue? {
      object[key].flatMap { $0 == .null ? nil : $0 }
    }

    private func fail(_ key: String, _ expected: String, _ value: JSONValue?) -> ReasonerError {
      .badModelFile(path: path, problem: "'\(key)' must be \(expected), got \(value?.jsonText ?? "nothing")")
    }

    func int(_ key: String, default fallback: Int? = nil) throws -> Int {
      let value = present(key, in: object)
      if value == nil, let fallback { return fallback }
      guard case .int(let number)? = value, let size = Int(exactly: number) else {
        throw fail(key, "an integer", value)
      }
      return size
    }

    func bool(_ key: String, default fallback: Bool) throws -> Bool {
      let value = present(key, in: object)
      guard let value else { return fallback }
      guard case .bool(let flag) = value else { throw fail(key, "true or false", value) }
      return flag
    }

    func double(_ key: String, in object: JSONObject, default fallback: Double) throws -> Double {
      switch present(key, in: object) {
      case nil: return fallback
      case .double(let number)?: return number
      case .int(let number)?: return Double(number)
      case let value: throw fail(key, "a number", value)
      }
    }

    /// From `rope_theta`, or from `rope_parameters` as transformers 5 writes it; both must be of the unscaled kind.
    func ropeTheta() throws -> Double {
      var theta = try double("rope_theta", in: object, default: 10_000)
      for key in ["rope_scaling", "rope_parameters"] {
        guard let value = present(key, in: object) else { continue }
        guard case .object(let rope) = value else { throw fail(key, "an object", value) }
        for (inner, expected) in [
          ("rope_type", JSONValue.string("default")), ("type", .string("default")),
          ("partial_rotary_factor", .double(1)),
        ] {
          guard let got = present(inner, in: rope), got != expected, got != .int(1) else { continue }
          throw ReasonerError.unsupportedModel(
            path: path, key: "\(key).\(inner)", expected: expected.jsonText, got: got.jsonText)
        }
        let innerTheta = try double("rope_theta", in: rope, default: theta)
        guard present("rope_theta", in: object) == nil || innerTheta == theta else {
          throw fail("\(key).rope_theta", "'rope_theta', \(theta)", rope["rope_theta"])
        }
        theta = innerTheta
      }
      return theta
    }
  }
}

extension JSONValue {
  /// Canonical text for messages.
  fileprivate var jsonText: String {
    (try? CanonicalJSON.write(self)).map { String(decoding: $0, as: UTF8.self) } ?? kindName
  }
}
