import Composition

extension ModelShape {
  /// Reads the `model` section of a configuration, under Hugging Face's names.
  ///
  /// Problems of single values are left in `read` for its `finish()`, unless the shape cannot be made of what was read.
  ///
  /// - Throws: `ReasonerError.invalidShape` for values that do not go together.
  public init(_ read: inout ConfigReader, vocabulary: Int) throws {
    let heads = read.int("model.num_attention_heads", in: 1...1_024)
    let tied = read.bool("model.tie_word_embeddings", default: true)
    let positions = read.int("model.max_position_embeddings", in: 1...Self.maximumPositions)
    let layers = read.int("model.num_hidden_layers", in: 1...1_024)
    let width = read.int("model.hidden_size", in: 1...65_536)
    let kvHeads = read.int("model.num_key_value_heads", in: 1...1_024)
    let feedForward = read.int("model.intermediate_size", in: 1...1 << 20)
    let ropeTheta = read.float("model.rope_theta", in: 1.001...1e9, default: 10_000)
    let normEpsilon = read.float("model.rms_norm_eps", in: 1e-12...0.1, default: 1e-5)
    do {
      try self.init(
        layers: layers, width: width, heads: heads, kvHeads: kvHeads, feedForward: feedForward, vocabulary: vocabulary,
        positions: positions, ropeTheta: ropeTheta, normEpsilon: normEpsilon, tiesEmbeddings: tied)
    } catch {
      try read.finish()  // a value that could not be read is the cause, not the one that stands in for it
      throw error
    }
  }
}
