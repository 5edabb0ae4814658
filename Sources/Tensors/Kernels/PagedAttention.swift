import Glibc

// Attention over keys and values in pages. The layout of a page is each implementation's own business.

extension ReferenceKernels {
  public func pageWords(headWidth: Int, format: ProductFormat) -> Int { 2 * PagedHead.tokensPerPage * headWidth }

  /// A page is its tokens' keys (tokens, D), then their values, as floats.
  public func storeKeysAndValues(k: Input, v: Input, stride: Int, in head: PagedHead, first: Int, count: Int) {
    requireSizes(first, count)
    for token in 0..<count {
      let (key, value) = head.row(first + token)
      for d in 0..<head.headWidth {
        key[d] = head.format.rounded(k[token * stride + d]).bitPattern
        value[d] = head.format.rounded(v[token * stride + d]).bitPattern
      }
    }
  }

  /// `s[j] = q·k[j]/√D;  p = softmax(s);  out = Σⱼ p[j]·v[j]` over the keys that a row sees
  public func attentionPaged(
    q: Input, qStride: Int, head: PagedHead, out: Output, outStride: Int, keys: Int, queries: Int, group: Int,
    rows: Range<Int>
  ) {
    requirePagedAttention(keys, queries, group, rows)
    let D = head.headWidth
    for row in rows {
      let query = q + row / group * qStride + row % group * D
      let visible = keys - queries + row / group + 1
      let scores = (0..<visible).map { j in
        let key = head.row(j).key
        return (0..<D).reduce(0.0) {
          $0 + Double(head.format.rounded(query[$1])) * Double(Float(bitPattern: key[$1]))
        } / Double(D).squareRoot()
      }
      let maximum = scores.reduce(-Double.infinity, max)
      let shares = scores.map { exp($0 - maximum) }
      let sum = shares.reduce(0, +)
      for d in 0..<D {
        let mixed = (0..<visible).reduce(0.0) {
          $0 + Double(head.format.rounded(Float(shares[$1]))) * Double(Float(bitPattern: head.row($1).value[d]))
        }
        out[row / group * outStride + row % group * D + d] = Float(mixed / sum)
      }
    }
  }
}

extension PagedHead {
  fileprivate func row(_ token: Int) -> (key: UnsafeMutablePointer<UInt32>, value: UnsafeMutablePointer<UInt32>) {
    let page = memory + Int(pages[token / Self.tokensPerPage]) * stride
    let key = page + token % Self.tokensPerPage * headWidth
    return (key, key + Self.tokensPerPage * headWidth)
  }
}

extension FastKernels {
  public func pageWords(headWidth: Int, format: ProductFormat) -> Int {
    table.pointee.page_words(format.code, headWidth)
  }

  public func storeKeysAndValues(k: Input, v: Input, stride: Int, in head: PagedHead, first: Int, count: Int) {
    requireSizes(first, count)
    table.pointee.store_page_rows(
      head.format.code, k, v, stride, head.memory, head.pages, head.stride, first, count, head.headWidth)
  }

  public func attentionPaged(
    q: Input, qStride: Int, head: PagedHead, out: Output, outStride: Int, keys: Int, queries: Int, group: Int,
    rows: Range<Int>
  ) {
    requirePagedAttention(keys, queries, group, rows)
    table.pointee.attention_paged(
      head.format.code, q, qStride, head.memory, head.pages, head.stride, out, outStride, keys, queries, group,
      head.headWidth, rows.lowerBound, rows.count)
  }
}

private func requirePagedAttention(_ keys: Int, _ queries: Int, _ group: Int, _ rows: Range<Int>) {
  precondition(group > 0 && queries <= keys, "\(queries) queries of \(keys) keys in groups of \(group)")
  precondition(rows.lowerBound >= 0 && rows.upperBound <= queries * group, "rows \(rows) of \(queries * group)")
}
