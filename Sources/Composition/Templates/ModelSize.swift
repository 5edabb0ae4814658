/// The number of parameters of a Llama-shaped decoder, from its configuration.
public struct ModelSize: Sendable, Equatable {
  public let layers: Int
  public let width: Int
  public let queryHeads: Int
  public let keyValueHeads: Int
  public let feedForwardWidth: Int
  public let positions: Int
  /// Whether the output projection is the embedding table.
  public let tiesEmbeddings: Bool

  init(_ read: inout ConfigReader) {
    layers = read.int("num_hidden_layers", in: 1...1_024)
    width = read.int("hidden_size", in: 1...65_536)
    queryHeads = read.int("num_attention_heads", in: 1...1_024)
    keyValueHeads = read.int("num_key_value_heads", in: 1...1_024)
    feedForwardWidth = read.int("intermediate_size", in: 1...1 << 20)
    positions = read.int("max_position_embeddings", in: 1...1 << 20)
    tiesEmbeddings = read.bool("tie_word_embeddings", default: true)
    for key in ["rope_theta", "rms_norm_eps"] { read.leave(key) }
    // A value that could not be read is the cause, not the one that stands in for it.
    if !read.hasProblems, width % queryHeads != 0 {
      read.refuse("num_attention_heads", allowed: "divisors of hidden_size \(width)")
    }
  }

  /// Parameters for each token of the vocabulary: its row of the embedding and, unless tied, of the output projection.
  public var parametersPerToken: Int { tiesEmbeddings ? width : 2 * width }

  /// Parameters besides those that the vocabulary brings, `parametersPerToken` for each token.
  ///
  /// Per layer: queries and output `2·H²`, keys and values `2·H·kv·H/heads`, SwiGLU `3·H·I`, two norms `2·H`; then the
  /// last norm `H`, and the value head `H + 1`.
  public var parametersWithoutEmbedding: Int {
    let keyValueWidth = keyValueHeads * (width / queryHeads)
    let layer = 2 * width * width + 2 * width * keyValueWidth + 3 * width * feedForwardWidth + 2 * width
    return layers * layer + width + width + 1
  }
}
