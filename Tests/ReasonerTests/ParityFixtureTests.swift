import Foundation
import Reasoner
import Storage
import Tensors
import TestSupport
import Testing

/// Against what transformers and PyTorch computed (Tests/Fixtures/parity/make_fixture.py wrote the file, shape included).
@Suite struct ParityFixtureTests {  // Sources/Reasoner/Model/Transformer.swift
  private let fixture: SafetensorsFile
  private let shape: ModelShape

  init() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = try StorageRoot(opening: tests.appendingPathComponent("Fixtures/parity").path)
    fixture = try SafetensorsFile("llama_parity.safetensors", in: folder)
    let metadata = fixture.metadata
    func size(_ key: String) throws -> Int { try #require(metadata[key].flatMap { Int($0) }) }
    shape = try ModelShape(
      layers: size("num_hidden_layers"), width: size("hidden_size"), heads: size("num_attention_heads"),
      kvHeads: size("num_key_value_heads"), feedForward: size("intermediate_size"), vocabulary: size("vocab_size"),
      positions: size("max_position_embeddings"))
  }

  /// Values laid out like the weights; the value head, which Llama lacks, stays zero.
  private func values(_ prefix: String) throws -> [Float] {
    let layout = WeightLayout(shape)
    var values = [Float](repeating: 0, count: layout.count)
    for tensor in layout.tensors where !tensor.name.hasPrefix("v_head") {
      let range = tensor.offset..<tensor.offset + tensor.count
      values.replaceSubrange(range, with: try fixture.floats(prefix + tensor.name, shape: tensor.shape))
    }
    return values
  }

  private func weights() throws -> Weights {
    let weights = Weights(shape)
    for (index, value) in try values("weight.").enumerated() { weights.buffer[index] = value }
    return weights
  }

  private func sequences() throws -> (inputs: PackedSequences, targets: [Int32]) {
    let tokens = try fixture.floats("tokens", shape: [3, 17]).map { Int32($0) }
    var inputs = PackedSequences()
    var targets: [Int32] = []
    for row in 0..<3 {
      inputs.append(tokens[row * 17..<row * 17 + 16])
      targets += tokens[row * 17 + 1..<row * 17 + 17]
    }
    return (inputs, targets)
  }

  /// Loss of one step, its gradients in `gradients`.
  private func loss(_ transformer: Transformer, _ kernels: any Kernels, into gradients: FloatBuffer) throws -> Double {
    let (inputs, targets) = try sequences()
    let rows = inputs.rows
    let outputs = try transformer.onlyOutputs(inputs)
    let losses = FloatBuffer(count: rows)
    let hits = FloatBuffer(count: rows)
    withExtendedLifetime(hits) {
      kernels.crossEntropy(
        logits: outputs.logits.pointer, targets: targets, weights: Array(repeating: 1, count: rows),
        losses: losses.pointer,
        hits: hits.pointer, scale: 1 / Float(rows), rows: rows, vocabulary: shape.vocabulary)
    }
    outputs.values.pointer.update(repeating: 0, count: rows)
    transformer.backwardAll(into: gradients)
    return losses.array.reduce(0) { $0 + Double($1) } / Double(rows)
  }

  @Test func logitsGradientsAndTwentyOptimizerSteps_agreeWithPyTorch() throws {
    for team in TinyModel.teams {
      let kernels = team.kernels
      let weights = try weights()
      let transformer = Transformer(weights, team: team)
      let logits = try withExtendedLifetime(transformer) {
        try transformer.onlyOutputs(sequences().inputs).logitsArray
      }
      expectClose(
        logits, try fixture.floats("logits", shape: [3, 16, shape.vocabulary]), Tolerance(absolute: 1e-5, relative: 0))

      let layout = weights.layout
      let gradients = FloatBuffer(count: layout.count)
      let first = FloatBuffer(count: layout.count)
      let second = FloatBuffer(count: layout.count)
      let settings = AdamWSettings(beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1)
      let expected = try fixture.floats("losses", shape: [20])
      let expectedGradients = try values("gradient.")
      for step in 1...20 {
        let value = try loss(transformer, kernels, into: gradients)
        #expect(abs(value - Double(expected[step - 1])) <= 1e-4, "step \(step)")
        if step == 1 {
          let largest = expectedGradients.map(abs).max() ?? 0
          for tensor in layout.tensors where !tensor.name.hasPrefix("v_head") {
            let range = tensor.offset..<tensor.offset + tensor.count
            let size = expectedGradients[range].map(abs).max() ?? largest
            expectClose(
              Array(gradients.array[range]), Array(expectedGradients[range]),
              Tolerance(absolute: 1e-5 * Double(size), relative: 0))
          }
        }
        for tensor in layout.tensors {
          kernels.adamW(
            parameters: weights.buffer.at(tensor.offset), gradients: gradients.at(tensor.offset),
            first: first.at(tensor.offset), second: second.at(tensor.offset), count: tensor.count, rate: 1e-2,
            beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
            decay: tensor.decays ? settings.weightDecay : 0, gradientScale: 1, step: step)
        }
      }
      let trained = try values("trained.")
      let count = layout.tensors.first { $0.name.hasPrefix("v_head") }?.offset ?? 0
      expectClose(
        Array(weights.buffer.array[..<count]), Array(trained[..<count]), Tolerance(absolute: 2e-4, relative: 1e-3))
    }
  }

  @Test func control_aModelWithOneWeightChangedIsNotAtParity() throws {
    let weights = try weights()
    weights.buffer[100] += 0.01
    let transformer = Transformer(weights, team: TinyModel.reference)
    let logits = try withExtendedLifetime(transformer) {
      try transformer.onlyOutputs(sequences().inputs).logitsArray
    }
    let expected = try fixture.floats("logits", shape: [3, 16, shape.vocabulary])
    #expect(!Tolerance(absolute: 1e-5, relative: 0).accepts(logits, expected))
  }
}
