import CKernels
import Tensors

extension KernelEntry {
  /// Operations of one exponential: clamping, two multiply-adds of reduction, six of the polynomial, scaling.
  private static let exponential = 22.0

  /// What products read, written as floats and as bfloat16s.
  static let stored = ProductFormat.floatingPoint.flatMap { stored in
    [
      KernelEntry("rmsnorm_forward to \(stored)") { inputs in
        let (N, C, kernels) = (inputs.rows, inputs.shape.width, inputs.kernels)
        let (x, weight) = (inputs.normals(N * C), inputs.normals(C))
        let (y, inverse) = (FloatBuffer(count: N * C), FloatBuffer(count: N))
        return KernelCall(operations: 4 * Double(N * C), bytes: (4 + stored.byteCount) * N * C) {
          kernels.rmsnorm_forward(
            x.pointer, weight.pointer, y.written(row: C, stored: stored), inverse.pointer, N, C, 1e-5)
        }
      },
      KernelEntry("gate to \(stored)") { inputs in
        let (N, F, kernels) = (inputs.rows, inputs.shape.feedForward, inputs.kernels)
        let (x, y) = (inputs.normals(2 * N * F), FloatBuffer(count: N * F))
        return KernelCall(operations: (exponential + 4) * Double(N * F), bytes: (8 + stored.byteCount) * N * F) {
          kernels.gate(x.pointer, x.at(F), 2 * F, y.written(row: F, stored: stored), N, F)
        }
      },
      KernelEntry("swiglu_backward to \(stored)") { inputs in
        let (N, F, kernels) = (inputs.rows, inputs.shape.feedForward, inputs.kernels)
        let (dy, x) = (inputs.normals(N * F), inputs.normals(2 * N * F))
        let (dx, y) = (FloatBuffer(count: 2 * N * F), FloatBuffer(count: N * F))
        let bytes = (12 + 3 * stored.byteCount) * N * F
        return KernelCall(operations: (exponential + 12) * Double(N * F), bytes: bytes) {
          kernels.swiglu_backward(
            dy.pointer, x.matrix(row: 2 * F, column: 1), dx.written(row: 2 * F, stored: stored),
            y.written(row: F, stored: stored), N, F)
        }
      },
    ]
  }

  static let rows = [
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
    KernelEntry("store_rows") { inputs in
      let (N, C, kernels) = (inputs.rows, inputs.shape.width, inputs.kernels)
      let stride = RowsView.words(width: C, stored: .bfloat16)
      let (x, y) = (inputs.normals(N * C), FloatBuffer(count: N * stride))
      let rows = ck_rows(at: y.pointer, row: 2 * stride, stored: ProductFormat.bfloat16.code)
      return KernelCall(operations: Double(N * C), bytes: 6 * N * C) {
        kernels.store_rows(x.pointer, C, rows, N, C)
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
