import Glibc

// Causal attention of one sequence and one key head (Vaswani et al. 2017, equation 1; grouped queries: Ainslie et al.
// 2023). q, out: rows of group·D at qStride, outStride; k, v: rows of D at kvStride; logSumExp: rows of `group`.
// Query i sees keys 0…(keys − queries + i). The reference is exact whatever the format; elsewhere `format` rounds the
// operands of products: q, k, v, dOut, exp(s − max s) and ds.

extension ReferenceKernels {
  /// `s[i,j] = q[i]·k[j]/√D;  p[i] = softmax(s[i]);  out[i] = Σⱼ p[i,j]·v[j];  logSumExp[i] = log Σⱼ exp s[i,j]`
  public func attentionForward(
    q: Input, qStride: Int, k: Input, v: Input, kvStride: Int, out: Output, outStride: Int, logSumExp: Output,
    logStride: Int, queries: Int, keys: Int, group: Int, headWidth: Int, format: ProductFormat
  ) {
    requireAttention(queries, keys, group, headWidth)
    let scale = 1 / Double(headWidth).squareRoot()
    for head in 0..<group {
      let q = q + head * headWidth
      for i in 0..<queries {
        let visible = keys - queries + i + 1
        let scores = (0..<visible).map { j in
          scale * dot(q + i * qStride, k + j * kvStride, headWidth)
        }
        let maximum = scores.reduce(-Double.infinity, max)
        let sum = scores.reduce(0) { $0 + exp($1 - maximum) }
        logSumExp[i * logStride + head] = Float(maximum + log(sum))
        for d in 0..<headWidth {
          var value = 0.0
          for j in 0..<visible { value += exp(scores[j] - maximum) / sum * Double(v[j * kvStride + d]) }
          out[i * outStride + head * headWidth + d] = Float(value)
        }
      }
    }
  }

  /// Forward: `out[i] = Σⱼ p[i,j]·v[j]`, `p = exp(s − logSumExp)`, `s[i,j] = q[i]·k[j]/√D`. Hence
  /// `dv[j] += Σᵢ p[i,j]·dOut[i];  dp[i,j] = dOut[i]·v[j];  ds = p·(dp − dOut[i]·out[i]);`
  /// `dq[i] = Σⱼ ds[i,j]·k[j]/√D;  dk[j] += Σᵢ ds[i,j]·q[i]/√D`
  public func attentionBackward(
    dOut: Input, outStride: Int, q: RowsView, k: RowsView, v: RowsView, out: RowsView, logSumExp: Input, logStride: Int,
    dq: Output, qStride: Int, dk: Output, dv: Output, kvStride: Int, rows: Int, group: Int, headWidth: Int,
    format: ProductFormat
  ) {
    requireAttention(rows, rows, group, headWidth)
    let scale = 1 / Double(headWidth).squareRoot()
    for head in 0..<group {
      let own = head * headWidth
      for i in 0..<rows {
        let dOut = dOut + i * outStride + own
        let along = (0..<headWidth).reduce(0.0) { $0 + Double(dOut[$1]) * Double(out[i, own + $1]) }
        var queryGradient = [Double](repeating: 0, count: headWidth)
        for j in 0...i {
          let at = j * kvStride
          var (score, change) = (0.0, 0.0)
          for d in 0..<headWidth {
            score += Double(q[i, own + d]) * Double(k[j, d])
            change += Double(dOut[d]) * Double(v[j, d])
          }
          let p = exp(scale * score - Double(logSumExp[i * logStride + head]))
          let ds = scale * p * (change - along)
          for d in 0..<headWidth {
            dv[at + d] += Float(p * Double(dOut[d]))
            dk[at + d] += Float(ds * Double(q[i, own + d]))
            queryGradient[d] += ds * Double(k[j, d])
          }
        }
        for d in 0..<headWidth { dq[i * qStride + own + d] = Float(queryGradient[d]) }
      }
    }
  }

  private func dot(_ a: Input, _ b: Input, _ count: Int) -> Double {
    var sum = 0.0
    for i in 0..<count { sum += Double(a[i]) * Double(b[i]) }
    return sum
  }
}

extension FastKernels {
  public func attentionForward(
    q: Input, qStride: Int, k: Input, v: Input, kvStride: Int, out: Output, outStride: Int, logSumExp: Output,
    logStride: Int, queries: Int, keys: Int, group: Int, headWidth: Int, format: ProductFormat
  ) {
    requireAttention(queries, keys, group, headWidth)
    table.pointee.attention_forward(
      format.code, q, qStride, k, v, kvStride, out, outStride, logSumExp, logStride, queries, keys, group, headWidth)
  }

  public func attentionBackward(
    dOut: Input, outStride: Int, q: RowsView, k: RowsView, v: RowsView, out: RowsView, logSumExp: Input, logStride: Int,
    dq: Output, qStride: Int, dk: Output, dv: Output, kvStride: Int, rows: Int, group: Int, headWidth: Int,
    format: ProductFormat
  ) {
    requireAttention(rows, rows, group, headWidth)
    for stored in [q.stored, k.stored, v.stored, out.stored] {
      precondition(stored == .float32 || stored == format, "attention in \(format) of numbers stored as \(stored)")
    }
    table.pointee.attention_backward(
      format.code, dOut, outStride, q.matrix.c, k.matrix.c, v.matrix.c, out.matrix.c, logSumExp, logStride, dq, qStride,
      dk, dv, kvStride, rows, group, headWidth)
  }
}

private func requireAttention(_ queries: Int, _ keys: Int, _ group: Int, _ headWidth: Int) {
  requireSizes(queries, keys)
  precondition(group > 0 && headWidth > 0, "attention has heads")
  precondition(queries <= keys, "\(queries) queries need as many keys, got \(keys)")
}
