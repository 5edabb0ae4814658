import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct AdafactorTests {  // Sources/Tensors/Kernels/Adafactor.swift
  static let all = [Implementation(name: "reference", kernels: Implementation.reference)] + Implementation.fast

  /// One step from zero moments, as its three sweeps; the parameters after it, and both moments.
  func step(
    _ kernels: any Kernels, parameters: [Float], gradients: [Float], rows: Int, columns: Int, scale: Float = 0.5,
    decay: Float = 0.1, threshold: Double = 1
  ) -> (parameters: [Float], rows: [Float], columns: [Float], squares: Double) {
    let settings = AdafactorSettings(weightDecay: decay, clippingThreshold: threshold)
    let p = GuardedFloats(parameters)
    let (rowSums, columnSums) = (GuardedFloats(unwritten: rows), GuardedFloats([Float](repeating: 0, count: columns)))
    let (rowMoments, columnMoments) = (FloatBuffer(count: rows), FloatBuffer(count: columns))
    kernels.adafactorSums(
      gradients: gradients, rows: rows, columns: columns, gradientScale: scale, rowSums: rowSums.pointer,
      columnSums: columnSums.pointer)
    settings.moment(
      rowMoments.pointer, adding: rowSums.pointer, count: rows, terms: columns, step: 1, factors: rowSums.pointer,
      isRelative: true)
    settings.moment(
      columnMoments.pointer, adding: columnSums.pointer, count: columns, terms: rows, step: 1,
      factors: columnSums.pointer, isRelative: false)
    let squares = kernels.adafactorSquares(
      gradients: gradients, rows: rows, columns: columns, gradientScale: scale, rowFactors: rowSums.pointer,
      columnFactors: columnSums.pointer)
    kernels.adafactorUpdate(
      parameters: p.pointer, gradients: gradients, rows: rows, columns: columns, gradientScale: scale,
      rowFactors: rowSums.pointer, columnFactors: columnSums.pointer, shrink: 0.01 * decay,
      step: Float(0.01 * settings.step(sumOfSquares: squares, count: rows * columns)))
    _ = (rowSums.checked(), columnSums.checked())
    return (p.checked(), rowMoments.array, columnMoments.array, squares)
  }

  /// Algorithm 4 of the paper at t = 1, where nothing is remembered, on matrices as wholes.
  func expected(parameters: [Float], gradients: [Float], rows: Int, columns: Int) -> [Float] {
    let g = gradients.map { 0.5 * Double($0) }
    let r = (0..<rows).map { i in (0..<columns).reduce(0) { $0 + g[i * columns + $1] * g[i * columns + $1] + 1e-30 } }
    let c = (0..<columns).map { j in (0..<rows).reduce(0) { $0 + g[$1 * columns + j] * g[$1 * columns + j] + 1e-30 } }
    let total = r.reduce(0, +)
    let u = (0..<rows * columns).map { g[$0] / (r[$0 / columns] * c[$0 % columns] / total).squareRoot() }
    let size = (u.reduce(0) { $0 + $1 * $1 } / Double(u.count)).squareRoot()
    return zip(parameters, u).map { Float(Double($0) * (1 - 0.001) - 0.01 * $1 / max(1, size)) }
  }

  @Test(arguments: all) func sweeps_areAlgorithmFour(_ each: Implementation) {
    for (rows, columns) in [(1, 1), (1, 40), (3, 5), (7, 16), (16, 33), (65, 48)] {
      var random = RandomStream(seed: 1, "adafactor", rows, columns)
      let (parameters, gradients) = (random.normals(rows * columns), random.normals(rows * columns))
      let actual = step(each.kernels, parameters: parameters, gradients: gradients, rows: rows, columns: columns)
      expectClose(
        actual.parameters, expected(parameters: parameters, gradients: gradients, rows: rows, columns: columns),
        .single(summedTerms: 4), in: "\(each.name), \(rows) × \(columns), seed 1")
    }
  }

  @Test(arguments: Implementation.fast) func sweeps_agreeWithReference(_ fast: Implementation) {
    for (rows, columns) in [(1, 67), (13, 47), (100, 130)] {
      var random = RandomStream(seed: 2, "adafactor/reference", rows, columns)
      let (parameters, gradients) = (random.normals(rows * columns), random.normals(rows * columns))
      let expected = step(
        Implementation.reference, parameters: parameters, gradients: gradients, rows: rows, columns: columns)
      let actual = step(fast.kernels, parameters: parameters, gradients: gradients, rows: rows, columns: columns)
      let situation = "\(fast.name), \(rows) × \(columns), seed 2"
      expectClose(actual.rows, expected.rows, .single(summedTerms: columns), in: situation)
      expectClose(actual.columns, expected.columns, .single(summedTerms: rows), in: situation)
      expectClose(actual.parameters, expected.parameters, .single(summedTerms: 4), in: situation)
      #expect(abs(actual.squares - expected.squares) <= 1e-5 * expected.squares, "\(situation)")
    }
  }

  @Test(arguments: all) func step_isClipped(_ each: Implementation) {
    // One large gradient among small ones in a vector: u is 1 everywhere but for zeros.
    let gradients: [Float] = [100, 0, 0, 1e-3]
    let parameters: [Float] = [0, 0, 0, 0]
    let free = step(
      each.kernels, parameters: parameters, gradients: gradients, rows: 1, columns: 4, decay: 0, threshold: 1)
    expectClose(free.parameters, [-0.01, 0, 0, -0.01])
    let clipped = step(
      each.kernels, parameters: parameters, gradients: gradients, rows: 1, columns: 4, decay: 0, threshold: 0.5)
    let size = Float(0.5 / 0.5.squareRoot())
    expectClose(clipped.parameters, [-0.01 * size, 0, 0, -0.01 * size])
    #expect(!Tolerance.single().accepts(clipped.parameters, free.parameters), "control")
  }

  @Test func moment_ofZeroGradientsIsNotDividedBy() {
    let result = step(
      Implementation.builtIn[0].kernels, parameters: [1, 2], gradients: [0, 0], rows: 2, columns: 1, decay: 0)
    #expect(result.parameters == [1, 2])
  }
}
