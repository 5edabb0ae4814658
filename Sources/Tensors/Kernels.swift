/// The operations a transformer needs, as a value: `ReferenceKernels` (plain Swift, sums in `Double`: the oracle) and
/// `FastKernels` (BLAS or `CKernels`) are interchangeable, and every test body runs on both.
///
/// Conventions: matrices are dense and row-major. Every kernel runs on the calling thread alone; callers split work.
/// Output buffers never overlap inputs unless an operation says "in place". A `RowsView` may hold bfloat16s: what only
/// products read is written as they read it, half the memory and rounded once. Kernels trap on negative sizes and allow
/// zero rows. Glossary: N rows (tokens), C width, H query heads, G key/value heads (H a multiple of G), D head width.
public protocol Kernels: Sendable {
  typealias Input = UnsafePointer<Float>
  typealias Output = UnsafeMutablePointer<Float>

  /// `c[m,n] = beta·c[m,n] + Σₖ a[m,k]·b[k,n]`, dense rows of c.
  func product(
    _ a: MatrixView, _ b: MatrixView, _ c: Output, m: Int, n: Int, k: Int, beta: Float, format: ProductFormat)
  /// Columns of one panel of a packed matrix.
  var panelWidth: Int { get }
  /// 32-bit words of a packed matrix (k, n).
  func packedWords(n: Int, k: Int, format: ProductFormat) -> Int
  /// Packs `panels` of `b` (k, n) into `packed`, which holds `packedWords`: done once, it serves any number of rows.
  func pack(
    _ b: MatrixView, into packed: UnsafeMutablePointer<UInt32>, n: Int, k: Int, panels: Range<Int>,
    format: ProductFormat)
  /// `product` with a packed `b`, for `columns`, which begin at a multiple of `panelWidth`; rows of c lie `stride` apart.
  ///
  /// An element's bits do not depend on m, n or `columns`.
  func product(
    _ a: MatrixView, packed: UnsafePointer<UInt32>, _ c: Output, stride: Int, m: Int, n: Int, k: Int,
    columns: Range<Int>, beta: Float, format: ProductFormat)
  /// Whether `product` of whole matrices goes to a library, which packs for itself.
  func usesLibrary(for format: ProductFormat) -> Bool

  /// `y = x · r · weight` per row with `r = 1/√(mean(x²) + epsilon)`; writes `r` to `inverse` (N).
  func rmsNormForward(
    _ x: Input, weight: Input, y: RowsView, inverse: Output, rows: Int, width: Int, epsilon: Float)
  /// Adds to `dx` (N, C) and `dWeight` (C) the gradients of `rmsNormForward`, given its `x`, `weight` and `inverse`.
  func rmsNormBackward(
    dy: Input, x: Input, weight: Input, inverse: Input, dx: Output, dWeight: Output, rows: Int, width: Int)

  /// Rotates `heads` consecutive heads of each row in place (RoPE, Su et al. 2021, eq. 34; Hugging Face's half-split
  /// pairing: dimension i pairs with i + D/2). Row r starts at `x + r·stride` and uses row `positions[r]` of the table:
  /// `cosines`/`sines` are (positions, D/2). `inverse` rotates back: it is the backward pass.
  func rotate(
    _ x: Output, positions: UnsafePointer<Int32>, cosines: Input, sines: Input, rows: Int, stride: Int, heads: Int,
    headWidth: Int, inverse: Bool)

  /// Causal attention of `queries` rows over `keys` rows of one sequence: one key head, and the `group` query heads that
  /// read it, which are neighbours in `q` and `out`.
  ///
  /// Query i sees keys 0…(keys − queries + i); scores are scaled by 1/√D. Strides are in floats between rows, so that
  /// q, k, v may be slices of one fused row. Writes `out` (rows of group·D) and `logSumExp` (rows of `group`), which the
  /// backward pass needs. Keys that a query must not see have no influence on it as long as they are finite.
  func attentionForward(
    q: Input, qStride: Int, k: Input, v: Input, kvStride: Int, out: Output, outStride: Int, logSumExp: Output,
    logStride: Int, queries: Int, keys: Int, group: Int, headWidth: Int, format: ProductFormat)
  /// Writes dq and adds to dk, dv (same strides as q, k, v) the gradients of `attentionForward` for `queries == keys`.
  func attentionBackward(
    dOut: Input, q: Input, qStride: Int, k: Input, v: Input, kvStride: Int, out: Input, outStride: Int,
    logSumExp: Input, logStride: Int, dq: Output, dk: Output, dv: Output, rows: Int, group: Int, headWidth: Int,
    format: ProductFormat)

  /// Writes `dx` (N, 2·width), the gradient of `swigluForward`, and `y` again, which the backward pass of the next layer
  /// needs and the forward pass need not keep. `dx` and `y` are stored alike; where they are floats, so is `x`.
  func swigluBackward(dy: Input, x: RowsView, dx: RowsView, y: RowsView, rows: Int, width: Int)

  /// `y[r,i] = silu(gates[r,i]) · ups[r,i]`: `swigluForward` of some columns; input rows `stride` floats apart.
  func gate(gates: Input, ups: Input, stride: Int, y: RowsView, rows: Int, columns: Int)

  /// 32-bit words of one key head's keys and values in one page of `PagedHead.tokensPerPage` tokens.
  func pageWords(headWidth: Int, format: ProductFormat) -> Int
  /// Writes keys and values of `count` tokens, rows `stride` floats apart, as tokens `first` … of a sequence. Tokens after
  /// them are forgotten.
  func storeKeysAndValues(k: Input, v: Input, stride: Int, in head: PagedHead, first: Int, count: Int)
  /// `attentionForward` over one key head in pages, for `rows` of its queries: row r is query r / `group` (of `queries`, the
  /// last of `keys` tokens) in query head r mod `group`. `q` and `out` are row 0's addresses, queries lie `qStride` and
  /// `outStride` floats apart, heads side by side.
  ///
  /// A row's bits do not depend on the rows beside it. Keys, values, queries and probabilities are rounded as the pages'
  /// format says.
  func attentionPaged(
    q: Input, qStride: Int, head: PagedHead, out: Output, outStride: Int, keys: Int, queries: Int, group: Int,
    rows: Range<Int>)

  /// Chooses a token of one row of logits (V), as `TokenChoice` says; nil if none is allowed or an allowed one's logit is
  /// NaN or +infinity.
  ///
  /// - Parameters:
  ///   - allowed: Bit i of word w allows token 64·w + i; tokens beyond the words are not allowed. Nil allows all.
  ///   - temperature: 0 takes the first of the most probable.
  ///   - position: In [0, 1), uniform for a fair draw; not read at temperature 0.
  func choose(
    _ logits: Input, vocabulary: Int, allowed: UnsafeBufferPointer<UInt64>?, temperature: Float, position: Double
  ) -> TokenChoice?

  /// `y[r] = table[ids[r]]`. Traps if an id is outside `0..<vocabulary`.
  func embeddingForward(ids: UnsafePointer<Int32>, table: Input, y: Output, rows: Int, width: Int, vocabulary: Int)
  /// `dTable[ids[r]] += dy[r]`, in row order, for `columns` of the rows.
  func embeddingBackward(
    ids: UnsafePointer<Int32>, dy: Input, dTable: Output, rows: Int, width: Int, columns: Range<Int>, vocabulary: Int)

  /// Weighted cross-entropy: writes `losses[r] = −weights[r]·log softmax(logits[r])[targets[r]]` and overwrites
  /// `logits` with the gradient of `scale·Σ losses` (zero rows where the weight is zero; there `targets[r]` is not read).
  /// `hits[r]` becomes 1 where the target is the arg max (lowest index wins ties) and the weight is not zero, else 0.
  func crossEntropy(
    logits: Output, targets: UnsafePointer<Int32>, weights: Input, losses: Output, hits: Output, scale: Float,
    rows: Int, vocabulary: Int)

  /// `y += x`, `count` elements.
  func add(_ x: Input, to y: Output, count: Int)
  /// `Σ x²` in `Double`, summed in blocks of fixed size, so the result depends on `count` alone.
  func sumOfSquares(_ x: Input, count: Int) -> Double

  /// One AdamW step (Loshchilov & Hutter 2019, algorithm 2) over `count` parameters, decay decoupled:
  /// `g = gradientScale·gradient; m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²;`
  /// `p −= rate·(m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε) + decay·p)` with `step` = t ≥ 1.
  func adamW(
    parameters: Output, gradients: Input, first: Output, second: Output, count: Int, rate: Float, beta1: Float,
    beta2: Float, epsilon: Float, decay: Float, gradientScale: Float, step: Int)

  /// Adafactor's first sweep over gradients (rows, columns), with g = gradientScale·gradient: writes `Σⱼ g[i,j]²` to
  /// `rowSums` (rows) and adds `Σᵢ g[i,j]²` to `columnSums` (columns).
  func adafactorSums(
    gradients: Input, rows: Int, columns: Int, gradientScale: Float, rowSums: Output, columnSums: Output)
  /// The second: `Σ u²` with `u[i,j] = g[i,j] · rowFactors[i] · columnFactors[j]`, rows added in order.
  func adafactorSquares(
    gradients: Input, rows: Int, columns: Int, gradientScale: Float, rowFactors: Input, columnFactors: Input
  ) -> Double
  /// The third: `p −= shrink·p + step·u`, with u as in `adafactorSquares`.
  func adafactorUpdate(
    parameters: Output, gradients: Input, rows: Int, columns: Int, gradientScale: Float, rowFactors: Input,
    columnFactors: Input, shrink: Float, step: Float)

  /// Nesterov's momentum of `count` gradients, with g = gradientScale·gradient: `m = β·m + (1−β)·g;`
  /// `update = β·m + (1−β)·g`. Returns `Σ update²`.
  func muonMomentum(
    gradients: Input, momentum: Output, update: Output, count: Int, beta: Float, gradientScale: Float
  ) -> Double
  /// `p −= shrink·p + step·direction`, `count` elements.
  func muonUpdate(parameters: Output, direction: Input, count: Int, shrink: Float, step: Float)
  /// `s = aFactor·a + sFactor·s` of symmetric matrices (n, n). Reads their lower triangles only, which products of half the
  /// work compute, and writes all of `s`. `a` may be `s`.
  func combineSymmetric(_ a: Input, factor aFactor: Float, into s: Output, factor sFactor: Float, n: Int)
}
