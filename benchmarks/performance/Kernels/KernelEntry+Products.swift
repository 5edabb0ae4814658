import Tensors

extension KernelEntry {
  /// The products with gate and up projections, (2F, C).
  static let products = ProductFormat.allCases.flatMap { format in
    [
      KernelEntry("pack \(format)") { inputs in
        let (n, k) = (2 * inputs.shape.feedForward, inputs.shape.width)
        let (weights, kernels) = (inputs.normals(n * k), inputs.kernels)
        let words = kernels.packed_words(format.code, n, k)
        let packed = inputs.words(words)
        return KernelCall(operations: 0, bytes: 4 * (n * k + words)) {
          kernels.pack(
            format.code, weights.pointer, 1, k, packed.pointer, n, k, 0, (n + kernels.panel - 1) / kernels.panel)
        }
      },
      packedProduct(format, "") { $0.rows },
      packedProduct(format, " of 4 rows") { _ in 4 },
      KernelEntry("product \(format)") { inputs in
        let (m, n, k) = (inputs.rows, 2 * inputs.shape.feedForward, inputs.shape.width)
        let (x, weights) = (inputs.normals(m * k), inputs.normals(n * k))
        let (y, kernels) = (FloatBuffer(count: m * n), inputs.kernels)
        return KernelCall(
          operations: 2 * Double(m * n * k), format: format, bytes: 4 * (m * k + n * k + m * n)
        ) { kernels.product(format.code, x.pointer, k, 1, weights.pointer, 1, k, y.pointer, m, n, k, 0) }
      },
    ]
  }

  private static func packedProduct(
    _ format: ProductFormat, _ rowsName: String, rows: @escaping @Sendable (KernelInputs) -> Int
  ) -> KernelEntry {
    KernelEntry("product_packed \(format)\(rowsName)") { inputs in
      let (m, n, k) = (rows(inputs), 2 * inputs.shape.feedForward, inputs.shape.width)
      let (x, weights, kernels) = (inputs.normals(m * k), inputs.normals(n * k), inputs.kernels)
      let words = kernels.packed_words(format.code, n, k)
      let (packed, y) = (inputs.words(words), FloatBuffer(count: m * n))
      kernels.pack(
        format.code, weights.pointer, 1, k, packed.pointer, n, k, 0, (n + kernels.panel - 1) / kernels.panel)
      return KernelCall(operations: 2 * Double(m * n * k), format: format, bytes: 4 * (m * k + words + m * n)) {
        kernels.product_packed(format.code, x.pointer, k, 1, packed.pointer, y.pointer, n, m, n, k, 0, n, 0)
      }
    }
  }
}
