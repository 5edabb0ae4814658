/// The dimensions of a Llama-shaped decoder, under the names that Hugging Face's `LlamaConfig` gives them.
///
/// A value of this type is valid: sizes are positive, heads divide evenly, head width is even (RoPE pairs dimensions).
public struct ModelShape: Hashable, Sendable {
  /// L: decoder layers.
  public let layers: Int
  /// C: width of the residual stream.
  public let width: Int
  /// H: query heads.
  public let heads: Int
  /// G: key/value heads; H is a multiple of G.
  public let kvHeads: Int
  /// F: inner width of the gated feed-forward layer.
  public let feedForward: Int
  /// V: tokens of the plan vocabulary.
  public let vocabulary: Int
  /// Longest sequence, in tokens, that the rotary table and caches are made for.
  public let positions: Int
  public let ropeTheta: Double
  public let normEpsilon: Double
  /// Whether the output projection is the embedding table; else it is a table of its own, `lm_head.weight`.
  public let tiesEmbeddings: Bool

  /// - Throws: `ReasonerError.invalidShape` with every violated rule.
  public init(
    layers: Int, width: Int, heads: Int, kvHeads: Int, feedForward: Int, vocabulary: Int, positions: Int,
    ropeTheta: Double = 10_000, normEpsilon: Double = 1e-5, tiesEmbeddings: Bool = true
  ) throws {
    var problems: [String] = []
    let sizes = [
      ("num_hidden_layers", layers, 1_024), ("hidden_size", width, 65_536), ("num_attention_heads", heads, 1_024),
      ("num_key_value_heads", kvHeads, 1_024), ("intermediate_size", feedForward, 1 << 20),
      ("vocab_size", vocabulary, 1 << 20), ("max_position_embeddings", positions, Self.maximumPositions),
    ]
    for (name, value, limit) in sizes where value < 1 || value > limit {
      problems.append("\(name) is \(value); allowed: 1...\(limit)")
    }
    if problems.isEmpty {
      if width % heads != 0 {
        problems.append("hidden_size \(width) is no multiple of num_attention_heads \(heads)")
      } else if (width / heads) % 2 != 0 {
        problems.append("head width \(width / heads) is odd; rotary pairs need it even")
      }
      // Every factor is at most 2²⁰, so the products below stay far inside Int.
      let tables = tiesEmbeddings ? 1 : 2
      let parameters = tables * vocabulary * width + layers * (4 * width * width + 3 * feedForward * width)
      if parameters > Self.maximumParameters {
        problems.append("about \(parameters) parameters; allowed: \(Self.maximumParameters)")
      }
      if heads % kvHeads != 0 {
        problems.append("num_attention_heads \(heads) is no multiple of num_key_value_heads \(kvHeads)")
      }
    }
    if !(ropeTheta.isFinite && ropeTheta > 1) { problems.append("rope_theta is \(ropeTheta); it must be above 1") }
    if !(normEpsilon.isFinite && normEpsilon > 0 && normEpsilon < 1) {
      problems.append("rms_norm_eps is \(normEpsilon); it must lie between 0 and 1")
    }
    guard problems.isEmpty else { throw ReasonerError.invalidShape(problems) }
    self.layers = layers
    self.width = width
    self.heads = heads
    self.kvHeads = kvHeads
    self.feedForward = feedForward
    self.vocabulary = vocabulary
    self.positions = positions
    self.ropeTheta = ropeTheta
    self.normEpsilon = normEpsilon
    self.tiesEmbeddings = tiesEmbeddings
  }

  /// Longest sequence that rotary tables and caches are made for.
  public static let maximumPositions = 1 << 15
  /// Largest model, in parameters: 4 GiB of weights.
  public static let maximumParameters = 1 << 30

  /// D: width of one head.
  public var headWidth: Int { width / heads }
  /// Width of a fused row of query, key and value heads: (H + 2G)·D.
  public var fusedWidth: Int { (heads + 2 * kvHeads) * headWidth }

  /// Trainable parameters, value head included; a tied output projection is counted once, with the embedding.
  public var parameterCount: Int {
    let layer = fusedWidth * width + width * width + 3 * feedForward * width + 2 * width
    let tables = tiesEmbeddings ? 1 : 2
    return tables * vocabulary * width + layers * layer + width + width + 1
  }

  /// Floating-point operations of forward and backward per trained token: 6 per matrix parameter and 12·C per layer and
  /// attended position. Of the two ends only the output projection multiplies, tied or not; an embedding is looked up.
  ///
  /// Source: Kaplan et al. 2020, table 1, with causal attention's mean context passed in.
  public func trainingFlopsPerToken(meanContext: Double) -> Double {
    let matrices = layers * (fusedWidth * width + width * width + 3 * feedForward * width) + vocabulary * width
    return 6 * Double(matrices) + 12 * Double(layers * width) * meanContext
  }
}
