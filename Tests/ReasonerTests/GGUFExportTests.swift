import Foundation
import Randomness
import Reasoner
import Storage
import Tensors
import TestSupport
import Testing

@Suite struct GGUFExportTests {  // Sources/Reasoner/Files/GGUFExport.swift
  private let scratch: ScratchWorkspace

  init() throws { scratch = try ScratchWorkspace() }

  private func weights(tied: Bool, width: Int = 32) throws -> Weights {
    let shape = try ModelShape(
      layers: 2, width: width, heads: 4, kvHeads: 2, feedForward: 64, vocabulary: TinyModel.vocabulary.count,
      positions: 96, ropeTheta: 20_000, tiesEmbeddings: tied)
    return Weights.initial(shape, seed: 3)
  }

  private func export(_ weights: Weights, as type: GGUFTensorType) throws -> [UInt8] {
    try scratch.root.publishFile("model.gguf") {
      try GGUFExport.write(weights, as: type, name: "test", vocabulary: TinyModel.vocabulary, to: $0)
    }
    defer { try? scratch.remove("model.gguf") }
    return try scratch.bytes("model.gguf")
  }

  /// Names, sizes (outermost first), types and the first 4 bytes of each tensor: a few obvious lines beside the writer's.
  private struct Parsed {
    var keys: [String: [UInt8]] = [:]
    var tensors: [String: (shape: [Int], type: Int, data: ArraySlice<UInt8>)] = [:]

    init(_ bytes: [UInt8]) {
      var at = 8
      func number(_ count: Int) -> Int {
        defer { at += count }
        return (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
      }
      func text() -> String {
        let count = number(8)
        defer { at += count }
        return String(decoding: bytes[at..<at + count], as: UTF8.self)
      }
      func skip(_ type: Int) {
        switch type {
        case 7: at += 1
        case 8: _ = text()
        case 9:
          let inner = number(4)
          for _ in 0..<number(8) { skip(inner) }
        default: at += 4
        }
      }
      let tensorCount = number(8)
      let keyCount = number(8)
      for _ in 0..<keyCount {
        let key = text()
        let start = at + 4
        skip(number(4))
        keys[key] = Array(bytes[start..<at])
      }
      var list: [(String, [Int], Int, Int)] = []
      for _ in 0..<tensorCount {
        let name = text()
        let sizes = (0..<number(4)).map { _ in number(8) }
        list.append((name, Array(sizes.reversed()), number(4), number(8)))
      }
      let start = (at + 31) / 32 * 32
      for (name, shape, type, offset) in list { tensors[name] = (shape, type, bytes[(start + offset)...]) }
    }

    func floats(_ name: String) -> [Float] {
      guard let tensor = tensors[name] else { return [] }
      let start = tensor.data.startIndex
      return (0..<tensor.shape.reduce(1, *)).map { index in
        Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(tensor.data[start + 4 * index + $1]) << UInt32(8 * $1) })
      }
    }
  }

  @Test func keys_describeTheShape() throws {
    let parsed = Parsed(try export(weights(tied: true), as: .float32))
    func integer(_ key: String) -> Int? { parsed.keys[key].map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } } }
    #expect(integer("llama.block_count") == 2)
    #expect(integer("llama.context_length") == 96)
    #expect(integer("llama.embedding_length") == 32)
    #expect(integer("llama.feed_forward_length") == 64)
    #expect(integer("llama.attention.head_count") == 4)
    #expect(integer("llama.attention.head_count_kv") == 2)
    #expect(integer("llama.rope.dimension_count") == 8)
    #expect(integer("llama.vocab_size") == TinyModel.vocabulary.count)
    #expect(integer("llama.rope.freq_base") == Int(Float(20_000).bitPattern))
    #expect(integer("llama.attention.layer_norm_rms_epsilon") == Int(Float(1e-5).bitPattern))
    #expect(integer("tokenizer.ggml.bos_token_id") == 1)
  }

  @Test func tensors_areAllThereButTheValueHead() throws {
    let tied = try weights(tied: true)
    let parsed = Parsed(try export(tied, as: .float32))
    #expect(parsed.tensors.count == tied.layout.tensors.count - 2)
    #expect(parsed.tensors["output.weight"] == nil)
    #expect(parsed.tensors["token_embd.weight"]?.shape == [TinyModel.vocabulary.count, 32])
    #expect(parsed.tensors["blk.1.attn_k.weight"]?.shape == [16, 32])
    #expect(parsed.tensors["blk.1.ffn_down.weight"]?.shape == [32, 64])
    let untied = try weights(tied: false)
    let head = try #require(untied.layout.tensors.first { $0.name == "lm_head.weight" })
    #expect(Parsed(try export(untied, as: .float32)).floats("output.weight") == untied.values(of: head))
  }

  /// The score of a query and a key is the same after llama.cpp's rotation of neighbours as after ours of halves.
  @Test func queriesAndKeys_permuted_rotateAsOursDo() throws {
    let weights = try weights(tied: true)
    let parsed = Parsed(try export(weights, as: .float32))
    let width = 32, headWidth = 8
    var random = RandomStream(seed: 1, "tests/rotation")
    let x = random.normals(width)
    func project(_ rows: [Float]) -> [Double] {
      (0..<rows.count / width).map { row in
        (0..<width).reduce(0) { $0 + Double(rows[row * width + $1]) * Double(x[$1]) }
      }
    }
    func rotated(_ head: ArraySlice<Double>, position: Double, pair: (Int) -> (Int, Int)) -> [Double] {
      var out = Array(head)
      for index in 0..<headWidth / 2 {
        let angle = position / pow(20_000, 2 * Double(index) / Double(headWidth))
        let (a, b) = pair(index)
        (out[a], out[b]) = (
          out[a] * cos(angle) - out[b] * sin(angle), out[a] * sin(angle) + out[b] * cos(angle)
        )
      }
      return out
    }
    func score(_ q: [Double], _ k: [Double], pair: (Int) -> (Int, Int)) -> Double {
      let q = rotated(q[headWidth..<2 * headWidth], position: 11, pair: pair)
      let k = rotated(k[..<headWidth], position: 4, pair: pair)
      return zip(q, k).reduce(0) { $0 + $1.0 * $1.1 }
    }
    func ours(_ name: String) throws -> [Float] {
      weights.values(of: try #require(weights.layout.tensors.first { $0.name == "model.layers.0.self_attn.\(name)" }))
    }
    let q = try project(ours("q_proj.weight"))
    let k = try project(ours("k_proj.weight"))
    let halves = score(q, k) { ($0, $0 + headWidth / 2) }
    let neighbours = score(
      project(parsed.floats("blk.0.attn_q.weight")), project(parsed.floats("blk.0.attn_k.weight"))
    ) { (2 * $0, 2 * $0 + 1) }
    #expect(abs(halves - neighbours) <= 1e-12 * abs(halves))
    #expect(abs(halves - score(q, k) { (2 * $0, 2 * $0 + 1) }) > 1e-6 * abs(halves), "control: without permuting")
  }

  @Test(arguments: [(GGUFTensorType.bfloat16, 30), (.int8Blocks, 8)])
  func matrices_haveTheTypeAskedFor_normsStaySingle(type: GGUFTensorType, number: Int) throws {
    let parsed = Parsed(try export(weights(tied: true), as: type))
    for (name, tensor) in parsed.tensors { #expect(tensor.type == (name.contains("norm") ? 0 : number), "\(name)") }
  }

  @Test func rowsThatAreNoWholeBlocks_areRefused() throws {
    let weights = try weights(tied: true, width: 24)
    #expect(throws: ReasonerError.unsuitableType(key: "hidden_size", size: 24, blockCount: 32)) {
      try export(weights, as: .int8Blocks)
    }
    #expect(try !export(weights, as: .bfloat16).isEmpty)
  }
}
