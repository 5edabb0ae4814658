import Glibc
import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct SwiGLUTests {
  func forward(_ kernels: any Kernels, _ x: [Float], rows: Int, width: Int) -> [Float] {
    let (x, y) = (GuardedFloats(x), GuardedFloats(unwritten: rows * width))
    kernels.swigluForward(x.pointer, y: RowsView(y.pointer, stride: width), rows: rows, width: width)
    return y.checked()
  }

  func backward(_ kernels: any Kernels, dy: [Float], x: [Float], rows: Int, width: Int) -> [Float] {
    let (input, dx, y) = (
      GuardedFloats(x), GuardedFloats(unwritten: x.count), GuardedFloats(unwritten: rows * width)
    )
    kernels.swigluBackward(
      dy: dy, x: RowsView(input.pointer, stride: 2 * width), dx: RowsView(dx.pointer, stride: 2 * width),
      y: RowsView(y.pointer, stride: width), rows: rows, width: width)
    expectClose(y.checked(), forward(kernels, x, rows: rows, width: width), Tolerance(absolute: 1e-30, relative: 3e-7))
    return dx.checked()
  }

  @Test(arguments: Implementation.fast) func swiglu_agreesWithReference(_ fast: Implementation) {
    for (rows, width) in [(0, 4), (2, 0), (1, 1), (3, 5), (2, 16), (5, 19), (3, 384)] {
      var random = RandomStream(seed: 1, "swiglu", rows, width)
      let x = random.normals(2 * rows * width).map { $0 * 4 }
      let dy = random.normals(rows * width)
      let tolerance = Tolerance.single(summedTerms: 4)
      let situation = "\(fast.name), rows \(rows) width \(width), seed 1"
      expectClose(
        forward(fast.kernels, x, rows: rows, width: width),
        forward(Implementation.reference, x, rows: rows, width: width), tolerance, in: situation)
      expectClose(
        backward(fast.kernels, dy: dy, x: x, rows: rows, width: width),
        backward(Implementation.reference, dy: dy, x: x, rows: rows, width: width), tolerance, in: situation)
    }
  }

  /// Stored inputs are read as what they are, stored outputs are the rounded ones.
  @Test(arguments: Implementation.builtIn) func backward_readsAndStoresRoundedRows(_ fast: Implementation) {
    for (rows, width) in [(1, 1), (3, 5), (2, 16), (5, 19), (3, 384)] {
      var random = RandomStream(seed: 4, "swiglu/stored", rows, width)
      let (x, dy) = (StoredRows(random.normals(2 * rows * width), width: 2 * width), random.normals(rows * width))
      let exact = backward(fast.kernels, dy: dy, x: x.checked(), rows: rows, width: width)
      let y = forward(fast.kernels, x.checked(), rows: rows, width: width)
      let floats = GuardedFloats(x.checked())
      for input in [x.view, RowsView(floats.pointer, stride: 2 * width)] {
        let (dx, gated) = (StoredRows(rows: rows, width: 2 * width), StoredRows(rows: rows, width: width))
        fast.kernels.swigluBackward(dy: dy, x: input, dx: dx.view, y: gated.view, rows: rows, width: width)
        #expect(dx.checked() == exact.map(ProductFormat.bfloat16.rounded), "\(fast.name), \(rows) × \(width)")
        // Forward and backward passes may round differently by a bit of single precision.
        expectClose(gated.checked(), y, Tolerance(absolute: 1e-30, relative: 4e-3))
      }
    }
  }

  @Test(arguments: Implementation.fast) func swiglu_staysFiniteFarOut(_ fast: Implementation) {
    let x: [Float] = [-1e4, -100, 100, 1e4, 1, 1, 1, 1]
    expectClose(forward(fast.kernels, x, rows: 1, width: 4), [0, 0, 100, 1e4])
    expectClose(backward(fast.kernels, dy: [1, 1, 1, 1], x: x, rows: 1, width: 4), [0, 0, 1, 1, 0, 0, 100, 1e4])
  }

  @Test(arguments: Implementation.fast) func forward_rowsDoNotDependOnRowCount(_ fast: Implementation) {
    var random = RandomStream(seed: 2, "swiglu/rows")
    let x = random.normals(2 * 5 * 21)
    let all = forward(fast.kernels, x, rows: 5, width: 21)
    #expect(forward(fast.kernels, Array(x[(3 * 42)...]), rows: 2, width: 21) == Array(all[(3 * 21)...]))
  }

  @Test func backward_isTheGradient() {
    var random = RandomStream(seed: 3, "swiglu/gradient")
    let (rows, width) = (2, 5)
    let (x, dy) = (random.normals(2 * rows * width), random.normals(rows * width))
    func loss(_ x: [Double]) -> Double {
      dot(
        dy.indices.map { index in
          let gateAt = index / width * 2 * width + index % width
          return x[gateAt] / (1 + exp(-x[gateAt])) * x[gateAt + width]
        }, dy)
    }
    let gradient = backward(Implementation.reference, dy: dy, x: x, rows: rows, width: width)
    expectGradient(gradient, of: loss, at: x)
    #expect(!acceptsGradient(gradient[0] * 1.01 + 1e-4, centralDifference(loss, at: x.map(Double.init), 0)))
  }
}
