import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct RMSNormTests {
  static let shapes = [(0, 8), (1, 1), (3, 5), (7, 16), (5, 33), (4, 128), (2, 0)]
  static let epsilon: Float = 1e-5

  func forward(_ kernels: any Kernels, _ x: [Float], _ weight: [Float], rows: Int) -> (y: [Float], inverse: [Float]) {
    let (x, w) = (GuardedFloats(x), GuardedFloats(weight))
    let (y, inverse) = (GuardedFloats(unwritten: x.count), GuardedFloats(unwritten: rows))
    kernels.rmsNormForward(
      x.pointer, weight: w.pointer, y: RowsView(y.pointer, stride: weight.count), inverse: inverse.pointer, rows: rows,
      width: weight.count,
      epsilon: Self.epsilon)
    return (y.checked(), inverse.checked())
  }

  func backward(
    _ kernels: any Kernels, dy: [Float], x: [Float], weight: [Float], inverse: [Float], dx: [Float], dWeight: [Float]
  ) -> (dx: [Float], dWeight: [Float]) {
    let (dx, dWeight) = (GuardedFloats(dx), GuardedFloats(dWeight))
    kernels.rmsNormBackward(
      dy: dy, x: x, weight: weight, inverse: inverse, dx: dx.pointer, dWeight: dWeight.pointer, rows: inverse.count,
      width: weight.count)
    return (dx.checked(), dWeight.checked())
  }

  @Test(arguments: Implementation.fast) func rmsNorm_agreesWithReference(_ fast: Implementation) {
    for (rows, width) in Self.shapes {
      let situation = "\(fast.name), rows \(rows) width \(width), seed 1"
      var random = RandomStream(seed: 1, "rmsnorm", rows, width)
      let (x, weight, dy) = (random.normals(rows * width), random.normals(width), random.normals(rows * width))
      let (dx, dWeight) = (random.normals(rows * width), random.normals(width))
      let expected = forward(Implementation.reference, x, weight, rows: rows)
      let actual = forward(fast.kernels, x, weight, rows: rows)
      expectClose(actual.y, expected.y, .single(summedTerms: width), in: situation)
      expectClose(actual.inverse, expected.inverse, .single(summedTerms: width), in: situation)
      let want = backward(
        Implementation.reference, dy: dy, x: x, weight: weight, inverse: expected.inverse, dx: dx, dWeight: dWeight)
      let got = backward(
        fast.kernels, dy: dy, x: x, weight: weight, inverse: expected.inverse, dx: dx, dWeight: dWeight)
      expectClose(got.dx, want.dx, .single(summedTerms: width), in: situation)
      expectClose(got.dWeight, want.dWeight, .single(summedTerms: rows), in: situation)
    }
  }

  @Test(arguments: Implementation.fast) func forward_storesRoundedRows(_ fast: Implementation) {
    for (rows, width) in Self.shapes {
      var random = RandomStream(seed: 4, "rmsnorm/stored", rows, width)
      let (x, weight) = (random.normals(rows * width), random.normals(width))
      let stored = StoredRows(rows: rows, width: width)
      let inverse = GuardedFloats(unwritten: rows)
      fast.kernels.rmsNormForward(
        x, weight: weight, y: stored.view, inverse: inverse.pointer, rows: rows, width: width, epsilon: Self.epsilon)
      let exact = forward(fast.kernels, x, weight, rows: rows).y
      #expect(stored.checked() == exact.map(ProductFormat.bfloat16.rounded), "\(fast.name), \(rows) × \(width)")
    }
  }

  @Test(arguments: Implementation.fast) func forward_rowsDoNotDependOnRowCount(_ fast: Implementation) {
    var random = RandomStream(seed: 2, "rmsnorm/rows")
    let (x, weight) = (random.normals(6 * 37), random.normals(37))
    let all = forward(fast.kernels, x, weight, rows: 6)
    let last = forward(fast.kernels, Array(x[(2 * 37)...]), weight, rows: 4)
    #expect(last.y == Array(all.y[(2 * 37)...]))
  }

  @Test func backward_isTheGradient() {
    let (rows, width) = (3, 5)
    var random = RandomStream(seed: 3, "rmsnorm/gradient")
    let (x, weight, dy) = (random.normals(rows * width), random.normals(width), random.normals(rows * width))
    func loss(_ x: [Double], _ weight: [Double]) -> Double {
      let y = x.indices.map { index in
        let row = x[index / width * width..<(index / width + 1) * width]
        let mean = row.reduce(0) { $0 + $1 * $1 } / Double(width)
        return x[index] / (mean + Double(Self.epsilon)).squareRoot() * weight[index % width]
      }
      return dot(y, dy)
    }
    let inverse = forward(Implementation.reference, x, weight, rows: rows).inverse
    let gradient = backward(
      Implementation.reference, dy: dy, x: x, weight: weight, inverse: inverse,
      dx: .init(repeating: 0, count: rows * width), dWeight: .init(repeating: 0, count: width))
    let (wideX, wideWeight) = (x.map(Double.init), weight.map(Double.init))
    expectGradient(gradient.dx, of: { loss($0, wideWeight) }, at: x)
    expectGradient(gradient.dWeight, of: { loss(wideX, $0) }, at: weight)
  }

  @Test func tolerance_rejectsAnotherEpsilon() {
    let y = forward(Implementation.reference, [0.01, 0.02], [1, 1], rows: 1).y
    let without = [0.01, 0.02].map { Float($0 / 0.00025.squareRoot()) }
    #expect(!Tolerance.single(summedTerms: 2).accepts(y, without))
  }
}
