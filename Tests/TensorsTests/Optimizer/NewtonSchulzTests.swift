import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct NewtonSchulzTests {  // Sources/Tensors/Optimizer/NewtonSchulz.swift
  static let shapes = [(1, 1), (1, 7), (7, 1), (5, 5), (12, 40), (40, 12), (130, 97), (97, 130)]

  func orthogonalized(
    _ values: [Float], rows: Int, columns: Int, _ kernels: any Kernels, _ format: ProductFormat
  ) -> [Float] {
    let work = NewtonSchulz(shapes: [(rows, columns)], kernels: kernels, format: format)
    for (index, value) in values.enumerated() { work.matrix[index] = value }
    work.orthogonalize(
      rows: rows, columns: columns, sumOfSquares: values.reduce(0) { $0 + Double($1) * Double($1) })
    return work.matrix.array
  }

  /// Jordan's definition on the wide matrix, in `Double`, whole matrices at a time.
  func expected(_ values: [Float], rows: Int, columns: Int) -> [Float] {
    let (short, long) = (min(rows, columns), max(rows, columns))
    let at = { (i: Int, j: Int) in rows > columns ? j * columns + i : i * columns + j }
    let norm = max(values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot(), 1e-7)
    var x = (0..<short).map { i in (0..<long).map { Double(values[at(i, $0)]) / norm } }
    func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
      a.map { row in
        var sums = [Double](repeating: 0, count: b[0].count)
        for (factor, terms) in zip(row, b) { for j in sums.indices { sums[j] += factor * terms[j] } }
        return sums
      }
    }
    for _ in 0..<5 {
      let transposed = (0..<long).map { j in x.map { $0[j] } }
      let gram = product(x, transposed)
      let square = product(gram, gram)
      var polynomial = square
      for i in 0..<short {
        for j in 0..<short { polynomial[i][j] = 2.0315 * square[i][j] - 4.7750 * gram[i][j] }
        polynomial[i][i] += 3.4445
      }
      x = product(polynomial, x)
    }
    var result = [Float](repeating: 0, count: rows * columns)
    for i in 0..<short { for j in 0..<long { result[at(i, j)] = Float(x[i][j]) } }
    return result
  }

  /// ‖a − b‖ / ‖b‖: bfloat16's errors in small singular values grow by 3.4 in each iteration, so single elements tell little.
  func distance(_ a: [Float], _ b: [Float]) -> Float {
    let squares = zip(a, b).reduce((Float(0), Float(0))) { sums, pair in
      (sums.0 + (pair.0 - pair.1) * (pair.0 - pair.1), sums.1 + pair.1 * pair.1)
    }
    return (squares.0 / squares.1).squareRoot()
  }

  @Test(arguments: [Implementation(name: "reference", kernels: Implementation.reference)] + Implementation.fast)
  func orthogonalize_isTheIteration(_ each: Implementation) {
    for (rows, columns) in Self.shapes {
      // Sizes far from one: the norm is divided by.
      for size in [Float(1e-4), 1, 1e3] {
        var random = RandomStream(seed: 1, "newton-schulz", rows, columns)
        let values = random.normals(rows * columns).map { $0 * size }
        let expected = expected(values, rows: rows, columns: columns)
        let situation = "\(each.name), \(rows) × \(columns) of size \(size), seed 1"
        expectClose(
          orthogonalized(values, rows: rows, columns: columns, each.kernels, .float32), expected,
          Tolerance(absolute: 2e-4, relative: 1e-3), in: situation)
        let rounded = orthogonalized(values, rows: rows, columns: columns, each.kernels, .bfloat16)
        #expect(distance(rounded, expected) < 0.1, "\(situation)")
      }
    }
    #expect(distance([0.5, 0.4], [0.5, 0.5]) > 0.1, "control")
  }

  @Test func orthogonalize_makesRowsNearlyOrthonormal() {
    var random = RandomStream(seed: 2, "newton-schulz/rows")
    let kernels = FastKernels(backend: .builtIn)
    let x = orthogonalized(random.normals(24 * 200), rows: 24, columns: 200, kernels, .float32)
    for i in 0..<24 {
      for j in 0...i {
        let along = (0..<200).reduce(0) { $0 + x[i * 200 + $1] * x[j * 200 + $1] }
        #expect(i == j ? (0.5...1.5).contains(along) : abs(along) < 0.3, "rows \(i), \(j): \(along)")
      }
    }
  }

  @Test func orthogonalize_leavesZerosAndReusesItsMemory() {
    let kernels = FastKernels(backend: .builtIn)
    let work = NewtonSchulz(shapes: [(6, 9), (9, 6)], kernels: kernels, format: .float32)
    var random = RandomStream(seed: 3, "newton-schulz/again")
    let values = random.normals(54)
    for index in 0..<54 { work.matrix[index] = 0 }
    work.orthogonalize(rows: 9, columns: 6, sumOfSquares: 0)
    #expect(work.matrix.array == [Float](repeating: 0, count: 54))
    for (index, value) in values.enumerated() { work.matrix[index] = value }
    work.orthogonalize(rows: 6, columns: 9, sumOfSquares: values.reduce(0) { $0 + Double($1) * Double($1) })
    #expect(work.matrix.array == orthogonalized(values, rows: 6, columns: 9, kernels, .float32))
  }
}
