import Tensors

extension KernelEntry {
  /// On the matrix of gate and up projections, (2F, C).
  static let optimizers = [
    KernelEntry("sum_of_squares") { inputs in
      let (count, kernels) = (2 * inputs.shape.feedForward * inputs.shape.width, inputs.kernels)
      let x = inputs.normals(count)
      return KernelCall(operations: 2 * Double(count), bytes: 4 * count) {
        _ = kernels.sum_of_squares(x.pointer, count)
      }
    },
    KernelEntry("adamw") { inputs in
      let (count, kernels) = (2 * inputs.shape.feedForward * inputs.shape.width, inputs.kernels)
      let (p, g) = (inputs.normals(count), inputs.normals(count))
      let (first, second) = (FloatBuffer(count: count), FloatBuffer(count: count))
      return KernelCall(operations: 14 * Double(count), bytes: 16 * count) {
        kernels.adamw(
          p.pointer, g.pointer, first.pointer, second.pointer, count, 1e-3, 0.9, 0.95, 1e-8, 0.1, 1, 1, 1)
      }
    },
    KernelEntry("adafactor_sums") { inputs in
      let (rows, columns, kernels) = (2 * inputs.shape.feedForward, inputs.shape.width, inputs.kernels)
      let (g, ofRows, ofColumns) = (
        inputs.normals(rows * columns), FloatBuffer(count: rows), FloatBuffer(count: columns)
      )
      return KernelCall(operations: 5 * Double(rows * columns), bytes: 4 * rows * columns) {
        kernels.adafactor_sums(g.pointer, rows, columns, 1, ofRows.pointer, ofColumns.pointer)
      }
    },
    KernelEntry("adafactor_squares") { inputs in
      let (rows, columns, kernels) = (2 * inputs.shape.feedForward, inputs.shape.width, inputs.kernels)
      let (g, ofRows, ofColumns) = (inputs.normals(rows * columns), inputs.normals(rows), inputs.normals(columns))
      return KernelCall(operations: 4 * Double(rows * columns), bytes: 4 * rows * columns) {
        _ = kernels.adafactor_squares(g.pointer, rows, columns, 1, ofRows.pointer, ofColumns.pointer)
      }
    },
    KernelEntry("adafactor_update") { inputs in
      let (rows, columns, kernels) = (2 * inputs.shape.feedForward, inputs.shape.width, inputs.kernels)
      let (p, g) = (inputs.normals(rows * columns), inputs.normals(rows * columns))
      let (ofRows, ofColumns) = (inputs.normals(rows), inputs.normals(columns))
      return KernelCall(
        operations: 6 * Double(rows * columns), bytes: 8 * rows * columns
      ) {
        kernels.adafactor_update(
          p.pointer, g.pointer, rows, columns, 1, ofRows.pointer, ofColumns.pointer, 1e-4, 1e-3)
      }
    },
    KernelEntry("muon_momentum") { inputs in
      let (count, kernels) = (2 * inputs.shape.feedForward * inputs.shape.width, inputs.kernels)
      let (g, m, update) = (inputs.normals(count), FloatBuffer(count: count), FloatBuffer(count: count))
      return KernelCall(operations: 8 * Double(count), bytes: 12 * count) {
        _ = kernels.muon_momentum(g.pointer, m.pointer, update.pointer, count, 0.95, 1)
      }
    },
    KernelEntry("muon_update") { inputs in
      let (count, kernels) = (2 * inputs.shape.feedForward * inputs.shape.width, inputs.kernels)
      let (p, direction) = (inputs.normals(count), inputs.normals(count))
      return KernelCall(operations: 4 * Double(count), bytes: 8 * count) {
        kernels.muon_update(p.pointer, direction.pointer, count, 1e-4, 1e-3)
      }
    },
    KernelEntry("combine_symmetric") { inputs in
      let (n, kernels) = (inputs.shape.width, inputs.kernels)
      let (a, s) = (inputs.normals(n * n), inputs.normals(n * n))
      // Half of one is read and all of the other written; small factors keep repeated sums finite.
      return KernelCall(operations: 1.5 * Double(n * n), bytes: 6 * n * n) {
        kernels.combine_symmetric(a.pointer, 0.5, s.pointer, 0.5, n)
      }
    },
  ]
}
