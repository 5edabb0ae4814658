import Composition

extension ModelShape {
  /// Reads the `model` section of a configuration, under Hugging Face's names.
  ///
  /// Problems of single values are left in `read` for its `finish()`.
  ///
  /// - Throws: `ReasonerError.invalidShape` for values that do not go together.
  public init(_ read: inout ConfigReader, vocabulary: Int) throws {
    let heads = read.int("model.num_attention_heads", in: 1...1_024)
    let tied = read.bool("model.tie_word_embeddings", default: true)
    if !tied { read.refuse("model.tie_word_embeddings", allowed: "true") }
    try self.init(
      layers: read.int("model.num_hidden_layers", in: 1...1_024),
      width: read.int("model.hidden_size", in: 1...65_536),
      heads: heads,
      kvHeads: read.int("model.num_key_value_heads", in: 1...1_024),
      feedForward: read.int("model.intermediate_size", in: 1...1 << 20),
      vocabulary: vocabulary,
      positions: read.int("model.max_position_embeddings", in: 1...1 << 20),
      ropeTheta: read.float("model.rope_theta", in: 1.001...1e9, default: 10_000),
      normEpsilon: read.float("model.rms_norm_eps", in: 1e-12...0.1, default: 1e-5))
  }
}
