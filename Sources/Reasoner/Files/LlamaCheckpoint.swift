import Plans
import Storage
import Tensors

/// A model in the files of Hugging Face's `save_pretrained`: `config.json`, and `model.safetensors` or several files with
/// an index. What `LlamaForCausalLM` wrote is read, and what is written here it loads.
///
/// Nothing is assumed about the tokens: a foreign checkpoint needs no tokenizer that codex knows (`ModelFolder` is for
/// models of the plan vocabulary).
public enum LlamaCheckpoint {
  /// Reads a checkpoint in F32, F16 or BF16, tied or not, and checks everything: shape, tensors, finite values.
  ///
  /// A checkpoint without a value head gets one of zeros. Beside the weights it takes no memory that grows with the model:
  /// files are mapped, and given back tensor by tensor.
  ///
  /// - Parameter directory: The folder, relative to `root`.
  /// - Throws: `ReasonerError` or `StorageError`, naming the file.
  public static func load(_ directory: StoragePath = .root, in root: StorageRoot) throws -> Weights {
    let config = directory.appending(LlamaConfigFile.name)
    let shape = try LlamaConfigFile.shape(from: root.read(config, limit: 1 << 20), path: root.name(config))
    let shards = try LlamaShards(directory, in: root)
    // Checked against the files before anything is allocated: a config may claim any shape.
    let layout = WeightLayout(shape)
    let present = try check(shards, layout)
    let weights = Weights(shape)
    for (tensor, file) in present {
      let target = weights.buffer.at(tensor.offset)
      try file.copyFloats(tensor.name, shape: tensor.shape, to: target)
      if (0..<tensor.count).contains(where: { !target[$0].isFinite }) {
        throw ReasonerError.badTensor(path: file.file.path, name: tensor.name, problem: "holds NaN or infinity")
      }
    }
    return weights
  }

  /// The layout's tensors with the files that hold them.
  ///
  /// - Throws: `ReasonerError.badTensor` for one that is missing, of another shape or type, or unknown.
  private static func check(
    _ shards: LlamaShards, _ layout: WeightLayout
  ) throws -> [(WeightLayout.Tensor, SafetensorsFile)] {
    let hasValueHead = layout.tensors.contains { $0.isValueHead && shards.file(of: $0.name) != nil }
    var present: [(WeightLayout.Tensor, SafetensorsFile)] = []
    for tensor in layout.tensors where hasValueHead || !tensor.isValueHead {
      guard let file = shards.file(of: tensor.name) else {
        throw ReasonerError.badTensor(path: shards.path, name: tensor.name, problem: "is missing")
      }
      let entry = try file.entry(tensor.name)
      guard entry.shape == tensor.shape, entry.type.isWidenedExactly else {
        throw ReasonerError.badTensor(
          path: file.file.path, name: tensor.name,
          problem: "is \(entry.type.rawValue) \(entry.shape), expected F32, F16 or BF16 \(tensor.shape)")
      }
      present.append((tensor, file))
    }
    let known = Set(layout.tensors.map(\.name))
    for name in shards.names.sorted() where !known.contains(name) {
      guard let file = shards.file(of: name), try !isRedundant(name, in: file, shards, layout.shape) else { continue }
      throw ReasonerError.badTensor(
        path: file.file.path, name: name, problem: "has no place in a Llama model of this 'config.json'")
    }
    return present
  }

  /// Whether a tensor outside the layout says nothing new: the rotation's frequencies, which older versions of
  /// transformers stored, or a copy of the tied table.
  private static func isRedundant(
    _ name: String, in file: SafetensorsFile, _ shards: LlamaShards, _ shape: ModelShape
  ) throws -> Bool {
    if name.hasSuffix("rotary_emb.inv_freq") { return true }
    let embedding = "model.embed_tokens.weight"
    guard name == "lm_head.weight", shape.tiesEmbeddings, let other = shards.file(of: embedding),
      try file.entry(name).type == other.entry(embedding).type
    else { return false }
    return try file.withBytes(name) { copy in try other.withBytes(embedding) { copy.elementsEqual($0) } }
  }

  /// Writes a checkpoint.
  ///
  /// A value head of zeros is left out; another one is kept under TRL's names, which `LlamaForCausalLM` passes over.
  ///
  /// - Parameters:
  ///   - format: Of every tensor.
  ///   - shardLimit: Bytes of tensors in one file, unless a single tensor is larger; nil: one file.
  ///   - vocabulary: Written as `tokenizer.json`.
  /// - Throws: `StorageError.unwritable` for a weight that `format` cannot hold; what writing throws.
  public static func write(
    _ weights: Weights, as format: FloatFormat = .float32, shardLimit: Int? = nil, vocabulary: PlanVocabulary? = nil,
    into staging: StagingDirectory
  ) throws {
    precondition(shardLimit ?? 1 > 0, "a shard holds something")
    precondition(vocabulary.map { $0.count == weights.shape.vocabulary } ?? true, "a model speaks one vocabulary")
    try staging.write(
      LlamaConfigFile.name,
      LlamaConfigFile.bytes(weights.shape, format: format, hasPlanTokens: vocabulary != nil))
    if let vocabulary { try staging.write(TokenizerFile.name, TokenizerFile.bytes(vocabulary)) }
    let shards = shards(of: tensors(weights, format), limit: shardLimit ?? .max)
    guard shards.count > 1 else {
      try staging.write(ModelFolder.weightsName, tensors: shards[0], metadata: ["format": "pt"])
      return
    }
    var map: JSONObject = [:]
    for (index, shard) in shards.enumerated() {
      let name = "model-\(fiveDigits(index + 1))-of-\(fiveDigits(shards.count)).safetensors"
      try staging.write(StoragePath(parsing: name), tensors: shard, metadata: ["format": "pt"])
      map.members += shard.map { .init($0.name, .string(name)) }
    }
    let byteCount = shards.joined().reduce(0) { $0 + $1.byteCount }
    let index: JSONValue = .object([
      "metadata": .object(["total_size": .int(Int64(byteCount))]), "weight_map": .object(map),
    ])
    try staging.write(LlamaShards.indexName, CanonicalJSON.write(index) + [UInt8(ascii: "\n")])
  }

  private static func tensors(_ weights: Weights, _ format: FloatFormat) -> [TensorToWrite] {
    let head = weights.layout.tensors.filter(\.isValueHead)
    let isHeadZero = head.allSatisfy { weights.values(of: $0).allSatisfy { $0 == 0 } }
    return weights.layout.tensors.filter { !isHeadZero || !$0.isValueHead }.map { tensor in
      TensorToWrite(
        name: tensor.name, shape: tensor.shape,
        data: UnsafeBufferPointer(start: weights.buffer.at(tensor.offset), count: tensor.count), format: format)
    }
  }

  /// Fills one shard after the other, in the order of the layout.
  private static func shards(of tensors: [TensorToWrite], limit: Int) -> [[TensorToWrite]] {
    var shards: [[TensorToWrite]] = []
    var byteCount = 0
    for tensor in tensors {
      if shards.isEmpty || byteCount + tensor.byteCount > limit {
        shards.append([])
        byteCount = 0
      }
      shards[shards.count - 1].append(tensor)
      byteCount += tensor.byteCount
    }
    return shards
  }

  private static func fiveDigits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 5 - text.count)) + text
  }
}

extension WeightLayout.Tensor {
  /// Whether it belongs to the value head, which Llama lacks.
  var isValueHead: Bool { name.hasPrefix("v_head.") }
}
