import Plans
import Randomness
import Reasoner
import Tensors
import Testing
import Worlds

/// Small shapes and both kernel sets for the tests of this module.
enum TinyModel {
  static let vocabulary = PlanVocabulary(signatures: WorldKind.allCases.map(\.world.signature))
  static let kernelSets: [any Kernels] = [ReferenceKernels(), FastKernels(backend: .builtIn)]

  static let teams = kernelSets.map { KernelTeam(kernels: $0, pool: ThreadPool(threads: 2)) }
  static let reference = KernelTeam(kernels: ReferenceKernels(), pool: ThreadPool(threads: 2))

  /// Grouped queries, odd feed-forward width, two layers.
  static func shape(
    vocabulary: Int = TinyModel.vocabulary.count, tiesEmbeddings: Bool = true
  ) throws -> ModelShape {
    try ModelShape(
      layers: 2, width: 24, heads: 4, kvHeads: 2, feedForward: 37, vocabulary: vocabulary, positions: 96,
      tiesEmbeddings: tiesEmbeddings)
  }

  static func randomTokens(_ count: Int, below vocabulary: Int, seed: UInt64) -> [Int32] {
    var random = RandomStream(seed: seed, "tests/tokens")
    return (0..<count).map { _ in Int32(random.index(below: vocabulary)) }
  }

  /// Kernels under test, named for reports.
  struct Implementation: Sendable, CustomTestStringConvertible {
    let name: String
    let kernels: any Kernels
    var isSlow: Bool { kernels is ReferenceKernels }
    var testDescription: String { name }
  }

  /// The oracle and the built-in kernels of every instruction set that this processor has.
  static let implementations: [Implementation] =
    [Implementation(name: "reference", kernels: ReferenceKernels())]
    + InstructionSet.allCases.compactMap { set in
      FastKernels(backend: .builtIn, instructionSet: set).map { Implementation(name: "\(set)", kernels: $0) }
    }

  /// Random weights large enough that attention and gates matter.
  static func weights(seed: UInt64, tiesEmbeddings: Bool = true) throws -> Weights {
    let weights = Weights(try shape(tiesEmbeddings: tiesEmbeddings))
    var random = RandomStream(seed: seed, "tests/weights")
    for tensor in weights.layout.tensors {
      for index in tensor.offset..<tensor.offset + tensor.count {
        weights.buffer[index] = tensor.decays ? Float(0.3 * random.normal()) : Float(0.5 + random.uniform())
      }
    }
    return weights
  }
}

extension Transformer {
  /// A forward pass and its outputs, which fit in one chunk.
  func onlyOutputs(_ sequences: PackedSequences) throws -> Outputs {
    try forward(sequences)
    precondition(outputChunks.count == 1, "a tiny model's outputs are one chunk")
    return outputs(of: outputChunks[0])
  }

  /// Backward through outputs and decoder after `onlyOutputs`.
  func backwardAll(into gradients: FloatBuffer) {
    backwardOutputs(of: outputChunks[0], into: gradients, accumulating: false)
    backward(into: gradients, accumulating: false)
  }
}

extension Transformer.Outputs {
  var logitsArray: [Float] { Array(UnsafeBufferPointer(start: logits.pointer, count: rows * vocabulary)) }
}
