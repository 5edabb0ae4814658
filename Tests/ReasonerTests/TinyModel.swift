import Plans
import Randomness
import Reasoner
import Tensors
import Worlds

/// Small shapes and both kernel sets for the tests of this module.
enum TinyModel {
  static let vocabulary = PlanVocabulary(signatures: WorldKind.allCases.map(\.world.signature))
  static let kernelSets: [any Kernels] = [ReferenceKernels(), FastKernels(backend: .builtIn)]

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
}
