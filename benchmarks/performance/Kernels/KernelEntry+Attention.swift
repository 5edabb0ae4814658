import Tensors

extension KernelEntry {
  /// One key head with the query heads that read it.
  static let attention = ProductFormat.floatingPoint.flatMap { format in
    [
      KernelEntry("attention_forward \(format)") { inputs in
        let (T, D, group, kernels) = (inputs.shape.positions, inputs.shape.headWidth, inputs.group, inputs.kernels)
        let (q, k, v) = (inputs.normals(T * group * D), inputs.normals(T * D), inputs.normals(T * D))
        let (out, sums) = (FloatBuffer(count: T * group * D), FloatBuffer(count: T * group))
        return KernelCall(
          operations: 2 * Double(T * T * group * D), format: format, bytes: 4 * T * D * (2 * group + 2)
        ) {
          kernels.attention_forward(
            format.code, q.pointer, group * D, k.pointer, v.pointer, D, out.pointer, group * D, sums.pointer, group, T,
            T, group, D)
        }
      },
      KernelEntry("attention_backward \(format)") { inputs in
        let (T, D, group, kernels) = (inputs.shape.positions, inputs.shape.headWidth, inputs.group, inputs.kernels)
        let (q, k, v) = (inputs.normals(T * group * D), inputs.normals(T * D), inputs.normals(T * D))
        let (out, sums) = (FloatBuffer(count: T * group * D), FloatBuffer(count: T * group))
        kernels.attention_forward(
          format.code, q.pointer, group * D, k.pointer, v.pointer, D, out.pointer, group * D, sums.pointer, group, T, T,
          group, D)
        let (dOut, dq) = (inputs.normals(T * group * D), FloatBuffer(count: T * group * D))
        let (dk, dv) = (FloatBuffer(count: T * D), FloatBuffer(count: T * D))
        return KernelCall(
          operations: 5 * Double(T * T * group * D), format: format, bytes: 4 * T * D * (4 * group + 6)
        ) {
          kernels.attention_backward(
            format.code, dOut.pointer, q.pointer, group * D, k.pointer, v.pointer, D, out.pointer, group * D,
            sums.pointer, group, dq.pointer, dk.pointer, dv.pointer, T, group, D)
        }
      },
      KernelEntry("store_page_rows \(format)") { inputs in
        let (T, D, kernels) = (inputs.shape.positions, inputs.shape.headWidth, inputs.kernels)
        let (k, v, pages) = (inputs.normals(T * D), inputs.normals(T * D), Pages(inputs, format, tokens: T))
        return KernelCall(operations: 0, bytes: 4 * 2 * T * D + pages.bytes) {
          kernels.store_page_rows(
            format.code, k.pointer, v.pointer, D, pages.memory.pointer, pages.numbers, pages.stride, 0, T, D)
        }
      },
      KernelEntry("attention_paged \(format)") { inputs in
        let (T, D, group, kernels) = (inputs.shape.positions, inputs.shape.headWidth, inputs.group, inputs.kernels)
        let (q, k, v) = (inputs.normals(group * D), inputs.normals(T * D), inputs.normals(T * D))
        let (out, pages) = (FloatBuffer(count: group * D), Pages(inputs, format, tokens: T))
        kernels.store_page_rows(
          format.code, k.pointer, v.pointer, D, pages.memory.pointer, pages.numbers, pages.stride, 0, T, D)
        return KernelCall(operations: 4 * Double(T * group * D), format: format, bytes: pages.bytes + 8 * group * D) {
          kernels.attention_paged(
            format.code, q.pointer, group * D, pages.memory.pointer, pages.numbers, pages.stride, out.pointer,
            group * D,
            T, 1, group, D, 0, group)
        }
      },
    ]
  }

  /// One key head's pages of one sequence, one after the other.
  private struct Pages {
    let memory: WordBuffer
    let numbers: [Int32]
    let stride: Int
    var bytes: Int { 4 * stride * numbers.count }

    init(_ inputs: KernelInputs, _ format: ProductFormat, tokens: Int) {
      stride = inputs.kernels.page_words(format.code, inputs.shape.headWidth)
      let count = (tokens + PagedHead.tokensPerPage - 1) / PagedHead.tokensPerPage
      numbers = (0..<count).map { Int32($0) }
      memory = inputs.words(stride * count)
    }
  }
}
