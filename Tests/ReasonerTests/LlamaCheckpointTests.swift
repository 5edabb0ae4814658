import Foundation
import Randomness
import Reasoner
import Storage
import Tensors
import TestSupport
import Testing

@Suite struct LlamaCheckpointTests {  // Sources/Reasoner/Files/LlamaCheckpoint.swift
  private let scratch: ScratchWorkspace

  init() throws { scratch = try ScratchWorkspace() }

  private static func weights(seed: UInt64, valueHead: Bool = false, tied: Bool? = nil) throws -> Weights {
    var random = RandomStream(seed: seed, "tests/checkpoint")
    let kvHeads = random.integer(in: 1...3)
    let heads = kvHeads * random.integer(in: 1...2)
    let isTied = random.index(below: 2) == 0
    let shape = try ModelShape(
      layers: random.integer(in: 1...3), width: heads * 2 * random.integer(in: 1...4), heads: heads, kvHeads: kvHeads,
      feedForward: random.integer(in: 1...20), vocabulary: random.integer(in: 2...30), positions: 16,
      ropeTheta: 10_000 + Double(random.index(below: 5)) * 1e4, tiesEmbeddings: tied ?? isTied)
    let weights = Weights(shape)
    let head = weights.layout.tensors.first { $0.name.hasPrefix("v_head") }?.offset ?? 0
    for index in 0..<(valueHead ? weights.buffer.count : head) { weights.buffer[index] = Float(random.normal()) }
    return weights
  }

  private func write(
    _ weights: Weights, _ name: StoragePath = "model", as format: FloatFormat = .float32, shardLimit: Int? = nil
  ) throws {
    try scratch.root.publishDirectory(name, replacing: true) {
      try LlamaCheckpoint.write(weights, as: format, shardLimit: shardLimit, into: $0)
    }
  }

  private func load() throws -> Weights { try LlamaCheckpoint.load("model", in: scratch.root) }

  @Test func roundTrip_keepsEveryBit_inAnyShards() throws {
    try withEvery("seed", in: UInt64(0)..<30) { seed in
      let weights = try Self.weights(seed: seed, valueHead: seed % 3 == 0)
      var random = RandomStream(seed: seed, "tests/shards")
      try write(weights, shardLimit: seed % 2 == 0 ? nil : random.integer(in: 1...4_000))
      let read = try load()
      #expect(read.shape == weights.shape, "seed \(seed)")
      #expect(read.buffer.array == weights.buffer.array, "seed \(seed)")
      let first = try scratch.tree("model")
      try write(read, shardLimit: nil)
      try write(load(), "again", shardLimit: nil)
      #expect(try scratch.tree("again") == scratch.tree("model"), "seed \(seed)")
      #expect(first["config.json"] == (try scratch.bytes("model/config.json")))
    }
  }

  @Test func roundTrip_inBfloat16_roundsOnce() throws {
    let weights = try Self.weights(seed: 4)
    try write(weights, as: .bfloat16, shardLimit: 500)
    let once = try load()
    expectClose(once.buffer.array, weights.buffer.array, Tolerance(absolute: 0, relative: 0x1p-8))
    #expect(once.buffer.array != weights.buffer.array, "control")
    try write(once, as: .bfloat16)
    #expect(try load().buffer.array == once.buffer.array)
  }

  @Test func shards_stayBelowTheirLimit_andTheIndexListsThem() throws {
    let weights = try Self.weights(seed: 8)
    try write(weights, shardLimit: 500)
    let names = try scratch.root.list("model").map(\.text)
    let shards = names.filter { $0.hasSuffix(".safetensors") }
    #expect(shards.count > 2)
    #expect(names.contains("model.safetensors.index.json") && !names.contains("model.safetensors"))
    #expect(shards[0] == "model-00001-of-\(("0000" + String(shards.count)).suffix(5)).safetensors")
    for shard in shards {
      let file = try SafetensorsFile(StoragePath(parsing: "model/" + shard), in: scratch.root)
      let byteCount = file.tensors.reduce(0) { $0 + $1.range.count }
      #expect(byteCount <= 500 || file.tensors.count == 1)
    }
  }

  @Test func valueHeadOfZeros_isLeftOut_andComesBackAsZeros() throws {
    let weights = try Self.weights(seed: 5)
    try write(weights)
    #expect(try !names().contains { $0.hasPrefix("v_head") })
    #expect(try load().buffer.array == weights.buffer.array)
    try write(Self.weights(seed: 5, valueHead: true))
    #expect(try names().contains("v_head.summary.weight"), "control")
  }

  private func names() throws -> [String] {
    try SafetensorsFile("model/model.safetensors", in: scratch.root).tensors.map(\.name)
  }

  @Test func whatTransformersWrote_isReadAndComputesItsLogits() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = try StorageRoot(opening: tests.appendingPathComponent("Fixtures/checkpoint").path)
    let weights = try LlamaCheckpoint.load(in: folder)
    #expect(weights.shape.ropeTheta == 20_000 && !weights.shape.tiesEmbeddings && weights.shape.kvHeads == 2)
    let expected = try SafetensorsFile("expected.safetensors", in: folder)
    let tokens = try expected.floats("tokens", shape: [2, 9]).map { Int32($0) }
    func logits(_ weights: Weights) throws -> [Float] {
      var packed = PackedSequences()
      packed.append(tokens[..<9])
      packed.append(tokens[9...])
      let transformer = Transformer(weights, team: TinyModel.reference)
      return try withExtendedLifetime(transformer) { try transformer.onlyOutputs(packed).logitsArray }
    }
    let theirs = try expected.floats("logits", shape: [2, 9, 13])
    expectClose(try logits(weights), theirs, Tolerance(absolute: 1e-5, relative: 1e-5))
    weights.buffer[17] += 0.5
    #expect(!Tolerance(absolute: 1e-5, relative: 1e-5).accepts(try logits(weights), theirs), "control")
  }

  /// Adds a tensor to the one file of `model`.
  private func add(_ name: String, _ shape: [Int], _ values: [Float]) throws {
    let file = try SafetensorsFile("model/model.safetensors", in: scratch.root)
    var bytes: [UInt8] = []
    let all = try file.tensors.map { ($0.name, $0.shape, try file.floats($0.name, shape: $0.shape)) }
    let buffers = (all + [(name, shape, values)]).map { ($0.0, $0.1, FloatBuffer($0.2)) }
    try withExtendedLifetime(buffers) {
      try SafetensorsWriter.write(
        buffers.map { TensorToWrite(name: $0.0, shape: $0.1, data: UnsafeBufferPointer($0.2.values)) }
      ) { bytes.append(contentsOf: $0) }
    }
    try scratch.plant("model/model.safetensors", bytes)
  }

  @Test func redundantTensors_arePassedOver_othersAreNot() throws {
    let weights = try Self.weights(seed: 6, tied: true)
    let shape = weights.shape
    let table = Array(weights.buffer.array.prefix(shape.vocabulary * shape.width))
    try write(weights)
    try add("model.layers.0.self_attn.rotary_emb.inv_freq", [1], [1])
    try add("lm_head.weight", [shape.vocabulary, shape.width], table)
    #expect(try load().buffer.array == weights.buffer.array)
    try write(weights)
    try add("lm_head.weight", [shape.vocabulary, shape.width], table.map { -$0 })
    #expect(refusal()?.contains("'lm_head.weight' has no place") == true, "a table of its own, though tied")
    try write(weights)
    try add("model.layers.0.self_attn.q_proj.bias", [1], [1])
    #expect(refusal()?.contains("q_proj.bias' has no place") == true)
  }

  /// What `load` says to the folder as it stands; nil if it loads.
  private func refusal() -> String? {
    do {
      _ = try load()
      return nil
    } catch { return "\(error)" }
  }

  /// Changes a text once in a file of `model`; the replacement must be of equal length in safetensors files.
  private func change(_ file: String, _ old: String, _ new: String) throws {
    let bytes = try scratch.bytes("model/" + file)
    let needle = Array(old.utf8)
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: needle) }, "no '\(old)' in \(file)")
    try scratch.plant("model/" + file, bytes[..<start] + Array(new.utf8) + bytes[(start + needle.count)...])
  }

  static let configChanges: [(String, String, String)] = [
    (#""model_type":"llama""#, #""model_type":"mistral""#, #"'model_type' is "mistral", expected "llama""#),
    (#""hidden_act":"silu""#, #""hidden_act":"gelu""#, "'hidden_act' is"),
    (#""attention_bias":false"#, #""attention_bias":true"#, "'attention_bias' is true, expected false"),
    (#""mlp_bias":false"#, #""mlp_bias":true"#, "'mlp_bias' is true"),
    (#""mlp_bias":false"#, #""quantization_config":{"bits":4}"#, "'quantization_config' is"),
    (#""mlp_bias":false"#, #""rope_scaling":{"rope_type":"llama3"}"#, "'rope_scaling.rope_type' is"),
    (#""mlp_bias":false"#, #""rope_scaling":{"type":"linear","factor":2.0}"#, "'rope_scaling.type' is"),
    (#""mlp_bias":false"#, #""rope_parameters":{"rope_type":"yarn"}"#, "'rope_parameters.rope_type' is"),
    (
      #""mlp_bias":false"#, #""rope_parameters":{"partial_rotary_factor":0.5}"#,
      "'rope_parameters.partial_rotary_factor' is"
    ),
    (#""mlp_bias":false"#, #""rope_parameters":{"rope_theta":77.0}"#, "must be 'rope_theta'"),
    (#""mlp_bias":false"#, #""rope_parameters":7"#, "'rope_parameters' must be an object, got 7"),
    (#""head_dim":"#, #""head_dim":1"#, "'head_dim' is"),
    (#""hidden_size":"#, #""hidden_size":-"#, "hidden_size is -"),
    (#""num_hidden_layers":"#, #""num_hidden_layers":99"#, "is missing"),
    (#""vocab_size":"#, #""vocab_size":9"#, "expected F32, F16 or BF16"),
    (#""vocab_size":"#, #""vocab_size":99999999999"#, "vocab_size is"),
    (#""tie_word_embeddings":false"#, #""tie_word_embeddings":0"#, "must be true or false, got 0"),
    (#""tie_word_embeddings":false"#, #""tie_word_embeddings":true"#, "'lm_head.weight' has no place"),
    (#""vocab_size""#, #""size""#, "'vocab_size' must be an integer, got nothing"),
    (#"{""#, #"[""#, "expected"), (#"}"#, "", "expected"),
  ]

  @Test(arguments: configChanges.indices) func config_thatChangesTheArithmetic_isRefused(index: Int) throws {
    let (old, new, message) = Self.configChanges[index]
    try write(Self.weights(seed: 7, tied: false))
    try change("config.json", old, new)
    let text = try #require(refusal(), "\(new) was accepted")
    #expect(text.hasPrefix(scratch.path + "/model/") && text.contains(message), "\(text)")
  }

  @Test func config_ofEitherSpelling_andWithItsDefaults_isRead() throws {
    let weights = try Self.weights(seed: 7, tied: false)
    try write(weights)
    for (old, new) in [
      (#""rope_theta":"#, #""rope_parameters":{"rope_type":"default"},"rope_scaling":null,"rope_theta":"#),
      (#""mlp_bias":false,"#, ""), (#""attention_bias":false,"#, ""), (#""hidden_act":"silu","#, ""),
    ] { try change("config.json", old, new) }
    #expect(try load().shape == weights.shape)
    // transformers ≥ 5: the base of the rotation inside rope_parameters only.
    let text = String(decoding: try scratch.bytes("model/config.json"), as: UTF8.self)
    let theta = try #require(text.firstMatch(of: /,"rope_theta":[0-9.]+/))
    try change("config.json", String(theta.output), "")
    try change("config.json", #"{"rope_type":"default"}"#, #"{"rope_theta":5e5,"rope_type":"default"}"#)
    #expect(try load().shape.ropeTheta == 500_000)
  }

  private static let index = "model.safetensors.index.json"
  private static let norm = "model.layers.0.input_layernorm.weight"

  @Test func index_thatDoesNotAgreeWithItsFiles_isRefused() throws {
    let weights = try Self.weights(seed: 9, tied: false)
    let first = "model-00001-of-"
    func refused(_ message: String, _ body: () throws -> Void) throws {
      try write(weights, shardLimit: 600)
      try body()
      let text = try #require(refusal(), "accepted: \(message)")
      #expect(text.hasPrefix(scratch.path + "/model/") && text.contains(message), "\(text)")
    }
    let shard = try {
      try write(weights, shardLimit: 600)
      return try #require(scratch.root.list("model").map(\.text).first { $0.hasPrefix(first) })
    }()
    try refused("cannot open: No such file") { try scratch.remove("model/" + shard) }
    try refused("cannot open: Too many levels of symbolic links") {
      try scratch.remove("model/" + shard)
      try FileManager.default.createSymbolicLink(
        atPath: scratch.path + "/model/" + shard, withDestinationPath: "/etc/passwd")
    }
    try refused("does not list it") { try change(Self.index, #""\#(Self.norm)""#, #""other""#) }
    try refused("is listed in") { try change(Self.index, #""weight_map":{"#, #""weight_map":{"more":"\#(shard)","#) }
    for outside in ["../model/\(shard)", "/etc/passwd", "..", "", "sub/\(shard)", "./\(shard)", "a\\u0000b"] {
      try refused("expected a file of the same folder") { try change(Self.index, #":"\#(shard)""#, #":"\#(outside)""#) }
    }
    try refused("must give a file for") { try change(Self.index, #":"\#(shard)""#, ":7") }
    try refused("expected an object 'weight_map'") { try change(Self.index, "weight_map", "weight_mop") }
    try refused("byte") { try change(Self.index, #""weight_map":{"#, #""weight_map":{"\#(Self.norm)":"a","#) }
    // A tensor in two files: planted under another shard's header name of equal length.
    try refused("puts it into") {
      let last = try #require(scratch.root.list("model").map(\.text).last { $0.hasPrefix("model-0") })
      try change(last, "model.norm.weight", "model.norm.weighs")
      try change(Self.index, #""model.norm.weight":"\#(last)""#, #""model.norm.weighs":"\#(shard)""#)
    }
    try write(weights, shardLimit: 600)
    #expect(refusal() == nil, "control: the checkpoint as it was written loads")
  }

  @Test func tensors_thatAreNotTheConfigs_areRefused() throws {
    let weights = try Self.weights(seed: 10, tied: false)
    let file = "model.safetensors"
    func refused(_ message: String, _ body: () throws -> Void) throws {
      try write(weights)
      try body()
      let text = try #require(refusal(), "accepted: \(message)")
      #expect(text.hasPrefix(scratch.path + "/model/") && text.contains(message), "\(text)")
    }
    try refused("'\(Self.norm)' is missing") {
      try change(file, Self.norm, Self.norm.replacing("weight", with: "weighs"))
    }
    try refused("expected F32, F16 or BF16") { try change(file, #""F32""#, #""U32""#) }
    try refused("expected F32, F16 or BF16") {
      let sizes = "[\(weights.shape.vocabulary),\(weights.shape.width)]"
      try change(file, sizes, "[\(weights.shape.width),\(weights.shape.vocabulary)]")
    }
    try refused("holds NaN or infinity") {
      var bytes = try scratch.bytes("model/" + file)
      bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
      try scratch.plant("model/" + file, bytes)
    }
    try refused("bytes of tensors") {
      try scratch.plant("model/" + file, Array(scratch.bytes("model/" + file).dropLast()))
    }
    try refused("cannot open: No such file") { try scratch.remove("model/" + file) }
    try refused("cannot open: No such file") { try scratch.remove("model/config.json") }
  }

  @Test func write_refusesWhatIsNotFinite() throws {
    let weights = try Self.weights(seed: 11)
    weights.buffer[3] = .greatestFiniteMagnitude
    #expect(throws: StorageError.self) { try write(weights, as: .bfloat16) }
    try write(weights)
    weights.buffer[3] = .nan
    #expect(throws: StorageError.self) { try write(weights) }
  }
}
