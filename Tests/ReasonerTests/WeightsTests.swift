import Reasoner
import Testing

@Suite struct WeightsTests {  // Sources/Reasoner/Model/Weights.swift
  /// Radford et al. 2019, section 2.3: 0.02, and 0.02/√(2L) where a layer's result joins the stream.
  @Test(arguments: [1, 3, 8]) func initial_hasTheDeviationsOfItsSource(layers: Int) throws {
    let shape = try ModelShape(
      layers: layers, width: 64, heads: 4, kvHeads: 2, feedForward: 96, vocabulary: 50, positions: 32)
    let weights = Weights.initial(shape, seed: 7)
    for tensor in weights.layout.tensors {
      let values = weights.values(of: tensor).map(Double.init)
      let root = (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
      guard tensor.decays, !tensor.name.hasPrefix("v_head") else {
        #expect(Set(values) == [tensor.name.hasPrefix("v_head") ? 0 : 1], "\(tensor.name)")
        continue
      }
      let isResidual = tensor.name.hasSuffix("o_proj.weight") || tensor.name.hasSuffix("down_proj.weight")
      let expected = isResidual ? 0.02 / (2 * Double(layers)).squareRoot() : 0.02
      // A root mean square of n normals has the deviation σ/√(2n); five of them.
      #expect(abs(root - expected) <= 5 * expected / Double(2 * values.count).squareRoot(), "\(tensor.name)")
    }
  }
}
