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

  /// Grouped queries, odd feed-forward width, two layers.
  static func shape(vocabulary: Int = TinyModel.vocabulary.count) throws -> ModelShape {
    try ModelShape(
      layers: 2, width: 24, heads: 4, kvHeads: 2, feedForward: 37, vocabulary: vocabulary, positions: 96)
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
  static func weights(seed: UInt64) throws -> Weights {
    let weights = Weights(try shape())
    var random = RandomStream(seed: seed, "tests/weights")
    for tensor in weights.layout.tensors {
      for index in tensor.offset..<tensor.offset + tensor.count {
        weights.buffer[index] = tensor.decays ? Float(0.3 * random.normal()) : Float(0.5 + random.uniform())
      }
    }
    return weights
  }
}
