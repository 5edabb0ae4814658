/// Where each tensor lies in the one flat buffer that holds a model's parameters, and what it is called outside.
///
/// Query, key and value projections are neighbours, so that one product computes all three; so are gate and up. Files see
/// them apart, under the standard Llama names.
public struct WeightLayout: Hashable, Sendable {
  /// One named tensor: a slice of the flat buffer.
  public struct Tensor: Hashable, Sendable {
    /// Hugging Face's name, e.g. `model.layers.0.self_attn.q_proj.weight`.
    public let name: String
    /// Row-major; projections are (out, in).
    public let shape: [Int]
    /// In floats from the start of the buffer.
    public let offset: Int
    public var count: Int { shape.reduce(1, *) }
    /// Matrices decay; norms and biases do not (the usual AdamW grouping).
    public var decays: Bool { shape.count > 1 }
    /// Matrices between one hidden state and the next: neither embedding nor head.
    public var isHiddenMatrix: Bool { shape.count == 2 && name.hasPrefix("model.layers.") }
  }

  /// Offsets of one decoder layer, in floats.
  struct Layer: Hashable, Sendable {
    var attentionNorm = 0
    var fusedProjection = 0
    var outputProjection = 0
    var feedForwardNorm = 0
    var gateUp = 0
    var down = 0
  }

  public let shape: ModelShape
  public private(set) var tensors: [Tensor] = []
  /// Floats in the buffer; equals `shape.parameterCount`.
  public private(set) var count = 0
  private(set) var embedding = 0
  private(set) var layers: [Layer] = []
  private(set) var finalNorm = 0
  /// Of the output projection (V, C): `embedding` where the shape ties the two.
  private(set) var unembedding = 0
  private(set) var valueWeight = 0
  private(set) var valueBias = 0

  public init(_ shape: ModelShape) {
    self.shape = shape
    let width = shape.width
    let kvWidth = shape.kvHeads * shape.headWidth
    embedding = append("model.embed_tokens.weight", [shape.vocabulary, width])
    for index in 0..<shape.layers {
      let prefix = "model.layers.\(index)."
      var layer = Layer()
      layer.attentionNorm = append(prefix + "input_layernorm.weight", [width])
      layer.fusedProjection = append(prefix + "self_attn.q_proj.weight", [width, width])
      _ = append(prefix + "self_attn.k_proj.weight", [kvWidth, width])
      _ = append(prefix + "self_attn.v_proj.weight", [kvWidth, width])
      layer.outputProjection = append(prefix + "self_attn.o_proj.weight", [width, width])
      layer.feedForwardNorm = append(prefix + "post_attention_layernorm.weight", [width])
      layer.gateUp = append(prefix + "mlp.gate_proj.weight", [shape.feedForward, width])
      _ = append(prefix + "mlp.up_proj.weight", [shape.feedForward, width])
      layer.down = append(prefix + "mlp.down_proj.weight", [width, shape.feedForward])
      layers.append(layer)
    }
    finalNorm = append("model.norm.weight", [width])
    unembedding = shape.tiesEmbeddings ? embedding : append("lm_head.weight", [shape.vocabulary, width])
    // TRL's name for the scalar head (trl/models/modeling_value_head.py).
    valueWeight = append("v_head.summary.weight", [1, width])
    valueBias = append("v_head.summary.bias", [1])
  }

  private mutating func append(_ name: String, _ shape: [Int]) -> Int {
    let tensor = Tensor(name: name, shape: shape, offset: count)
    tensors.append(tensor)
    count += tensor.count
    return tensor.offset
  }
}
