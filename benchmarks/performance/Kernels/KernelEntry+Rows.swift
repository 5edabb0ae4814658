import Tensors

extension KernelEntry {
  /// Operations of one exponential: clamping, two multiply-adds of reduction, six of the polynomial, scaling.
  private static let exponential = 22.0

  static let rows = [
    KernelEntry("rmsnorm_forward") { inputs in
      let (N, C, kernels) = (inputs.rows, inputs.shape.width, inputs.kernels)
      let (x, weight) = (inputs.normals(N * C), inputs.normals(C))
      let (y, inverse) = (FloatBuffer(count: N * C), FloatBuffer(count: N))
      return KernelCall(operations: 4 * Double(N * C), bytes: 8 * N * C) {
        kernels.rmsnorm_forward(x.pointer, weight.pointer, y.pointer, inverse.pointer, N, C, 1e-5)
      }
    },
    KernelEntry("rmsnorm_backward") { inputs in
      let (N, C, kernels) = (inputs.rows, inputs.shape.width, inputs.kernels)
      let (dy, x, weight) = (inputs.normals(N * C), inputs.normals(N * C), inputs.normals(C))
      let (dx, dWeight, inverse) = (FloatBuffer(count: N * C), FloatBuffer(count: C), FloatBuffer(count: N))
      inverse.fill(1)
      return KernelCall(operations: 11 * Double(N * C), bytes: 12 * N * C) {
        kernels.rmsnorm_backward(
          dy.pointer, x.pointer, weight.pointer, inverse.pointer, dx.pointer, dWeight.pointer, N, C)
      }
    },
    KernelEntry("rotate") { inputs in
      let (N, H, D, kernels) = (inputs.rows, inputs.shape.heads, inputs.shape.headWidth, inputs.kernels)
      let (x, table) = (inputs.normals(N * H * D), RotaryTable(positions: N, headWidth: D, theta: 10_000))
      let positions = (0..<N).map { Int32($0) }
      return KernelCall(operations: 3 * Double(N * H * D), bytes: 4 * N * (H + 1) * D) {
        kernels.rotate(x.pointer, positions, table.cosines.pointer, table.sines.pointer, N, H * D, H, D, 1)
      }
    },
    KernelEntry("gate") { inputs in
      let (N, F, kernels) = (inputs.rows, inputs.shape.feedForward, inputs.kernels)
      let (x, y) = (inputs.normals(2 * N * F), FloatBuffer(count: N * F))
      return KernelCall(operations: (exponential + 4) * Double(N * F), bytes: 12 * N * F) {
        kernels.gate(x.pointer, x.at(F), 2 * F, y.pointer, F, N, F)
      }
    },
    KernelEntry("swiglu_backward") { inputs in
      let (N, F, kernels) = (inputs.rows, inputs.shape.feedForward, inputs.kernels)
      let (dy, x) = (inputs.normals(N * F), inputs.normals(2 * N * F))
      let (dx, y) = (FloatBuffer(count: 2 * N * F), FloatBuffer(count: N * F))
      return KernelCall(operations: (exponential + 12) * Double(N * F), bytes: 24 * N * F) {
        kernels.swiglu_backward(dy.pointer, x.pointer, dx.pointer, y.pointer, N, F)
      }
    },
    KernelEntry("cross_entropy") { inputs in
      let (N, V, kernels) = (min(inputs.rows, 128), inputs.shape.vocabulary, inputs.kernels)
      let (logits, weights) = (inputs.normals(N * V), [Float](repeating: 1, count: N))
      let (losses, hits) = (FloatBuffer(count: N), FloatBuffer(count: N))
      let targets = (0..<N).map { Int32($0 % V) }
      // Overwritten by their gradient, which then serves as logits: the work is the same.
      return KernelCall(operations: (exponential + 4) * Double(N * V), bytes: 4 * N * V) {
        kernels.cross_entropy(logits.pointer, targets, weights, losses.pointer, hits.pointer, 1, N, V)
      }
    },
    choose("of the most probable", temperature: 0), choose("at random", temperature: 1),
    KernelEntry("exponential") { inputs in
      let (count, kernels) = (inputs.rows * inputs.shape.width, inputs.kernels)
      let (x, y) = (inputs.normals(count), FloatBuffer(count: count))
      return KernelCall(operations: exponential * Double(count), bytes: 8 * count) {
        kernels.exponential(x.pointer, y.pointer, count)
      }
    },
    KernelEntry("add") { inputs in
      let (count, kernels) = (inputs.rows * inputs.shape.width, inputs.kernels)
      let (x, y) = (inputs.normals(count), FloatBuffer(count: count))
      return KernelCall(operations: Double(count), bytes: 8 * count) {
        kernels.add(x.pointer, y.pointer, count)
      }
    },
  ]

  private static func choose(_ how: String, temperature: Float) -> KernelEntry {
    KernelEntry("choose \(how)") { inputs in
      let (V, kernels) = (inputs.shape.vocabulary, inputs.kernels)
      let (logits, logProbability) = (inputs.normals(V), FloatBuffer(count: 1))
      return KernelCall(operations: (exponential + 4) * Double(V), bytes: 4 * V) {
        _ = kernels.choose(logits.pointer, nil, 0, V, temperature, 0.5, logProbability.pointer)
      }
    }
  }
}
