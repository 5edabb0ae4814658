import Foundation
import Reasoner
import Storage
import Tensors
import TestSupport
import Testing
import Training

/// Against torch.optim (Tests/Fixtures/parity/make_optimizers_fixture.py wrote the file, shape and settings included).
@Suite struct OptimizerParityTests {  // Sources/Training/Optimizers/
  private let fixture: SafetensorsFile
  private let layout: WeightLayout
  private let steps: Int
  private let rate: Double
  private let decay: Float

  init() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = try StorageRoot(opening: tests.appendingPathComponent("Fixtures/parity").path)
    fixture = try SafetensorsFile("optimizers.safetensors", in: folder)
    let metadata = fixture.metadata
    func size(_ key: String) throws -> Int { try #require(metadata[key].flatMap { Int($0) }) }
    layout = WeightLayout(
      try ModelShape(
        layers: size("num_hidden_layers"), width: size("hidden_size"), heads: size("num_attention_heads"),
        kvHeads: size("num_key_value_heads"), feedForward: size("intermediate_size"), vocabulary: size("vocab_size"),
        positions: 8))
    steps = try size("steps")
    rate = try #require(metadata["learning_rate"].flatMap { Double($0) })
    decay = try #require(metadata["weight_decay"].flatMap { Float($0) })
  }

  private func values(_ prefix: String) throws -> [Float] {
    try layout.tensors.flatMap { try fixture.floats(prefix + $0.name, shape: $0.shape) }
  }

  private func trained(_ settings: OptimizerSettings, _ kernels: any Kernels) throws -> [Float] {
    let weights = Weights(layout.shape)
    for (index, value) in try values("initial.").enumerated() { weights.buffer[index] = value }
    let optimizer = settings.optimizer(for: layout, format: .float32)
    let team = KernelTeam(kernels: kernels, pool: ThreadPool(threads: 2))
    for step in 0..<steps {
      let gradients = FloatBuffer(try values("gradient.\(step)."))
      optimizer.update(weights, gradients: gradients, rate: rate, gradientScale: 1, step: step + 1, team: team)
    }
    return weights.buffer.array
  }

  private func rules() -> [(name: String, settings: OptimizerSettings)] {
    let adamW = AdamWSettings(beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: decay)
    return [
      ("adamw", .adamW(adamW)), ("adafactor", .adafactor(AdafactorSettings(weightDecay: decay))),
      ("muon", .muon(MuonSettings(momentum: 0.95, weightDecay: decay), others: adamW)),
    ]
  }

  @Test func update_isPyTorchs() throws {
    for kernels: any Kernels in [ReferenceKernels(), FastKernels(backend: .builtIn)] {
      for (name, settings) in rules() {
        let (actual, expected) = (try trained(settings, kernels), try values(name + "."))
        // Five steps of 0.01: their sum is off by less than a thousandth.
        expectClose(actual, expected, Tolerance(absolute: 5e-6, relative: 0))
      }
    }
  }

  @Test func control_otherSettingsAreNotPyTorchs() throws {
    let kernels = FastKernels(backend: .builtIn)
    let adamW = AdamWSettings(beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: decay)
    let others: [(String, OptimizerSettings)] = [
      ("adafactor", .adafactor(AdafactorSettings(weightDecay: decay, clippingThreshold: 2))),
      ("adafactor", .adafactor(AdafactorSettings(weightDecay: decay, decayExponent: 0.75))),
      ("muon", .muon(MuonSettings(momentum: 0.94, weightDecay: decay), others: adamW)), ("adamw", rules()[2].settings),
    ]
    for (name, settings) in others {
      let (actual, expected) = (try trained(settings, kernels), try values(name + "."))
      #expect(!Tolerance(absolute: 5e-6, relative: 0).accepts(actual, expected), "\(settings)")
    }
  }
}
