import Plans

/// The sequences of a key-value cache as branches of a search, found again by the tokens that they hold.
///
/// What two branches share lies in the same pages. The branch that was used longest ago makes room for a new one.
struct BranchCache {
  private struct Branch {
    var tokens: [PlanToken]
    /// The call that used it last.
    var used: Int
  }

  private let cache: KeyValueCache
  /// By sequence; nil where none is open.
  private var branches: [Branch?]
  private var call = 0
  /// Branches that a run of this pass continues where they end.
  private var continued: Set<Int> = []

  init(_ cache: KeyValueCache) {
    self.cache = cache
    branches = Array(repeating: nil, count: cache.limit)
  }

  /// Branches used from here on stay until the next call.
  mutating func beginCall() { call += 1 }

  /// From here on branches may be continued again.
  mutating func beginPass() { continued.removeAll(keepingCapacity: true) }

  /// The branch that holds the longest beginning of `tokens`, and how many of them; never all, since the last one's pass
  /// yields its outputs. O(branches · tokens).
  mutating func longestBeginning(of tokens: [PlanToken]) -> (branch: Int?, shared: Int) {
    var best: (branch: Int?, shared: Int) = (nil, 0)
    for (sequence, branch) in branches.enumerated() {
      guard let branch else { continue }
      let shared = SharedPasses.sharedCount(branch.tokens[...], tokens.dropLast())
      if shared > best.shared { best = (sequence, shared) }
    }
    if let branch = best.branch { branches[branch]?.used = call }
    return best
  }

  /// A sequence that holds the first `count` tokens of branch `base` and may be continued: the branch itself where nothing
  /// of it would be lost, or where there is no room for another.
  mutating func sequence(continuing base: Int?, at count: Int) throws(ReasonerError) -> Int {
    guard let base, let tokens = branches[base]?.tokens else { return try open([]) }
    if tokens.count == count, continued.insert(base).inserted { return base }
    guard makeRoom(besides: base) else {
      cache.truncate(base, to: count)
      branches[base]?.tokens.removeLast(tokens.count - count)
      return base
    }
    let new = try cache.fork(base)
    cache.truncate(new, to: count)
    branches[new] = Branch(tokens: Array(tokens.prefix(count)), used: call)
    return new
  }

  /// Notes what a pass has appended to a sequence.
  mutating func note(_ tokens: [PlanToken], in sequence: Int) {
    branches[sequence] = Branch(tokens: tokens, used: call)
  }

  /// Gives the pages of branches back that no plan of this call needs, until `batch` fits or none is left.
  mutating func makePages(for batch: InferenceBatch) {
    while cache.pagesNeeded(for: batch) > cache.freePages, let oldest = oldest() { close(oldest) }
  }

  /// Forgets all branches.
  mutating func removeAll() {
    for sequence in branches.indices where branches[sequence] != nil { close(sequence) }
  }

  private mutating func open(_ tokens: [PlanToken]) throws(ReasonerError) -> Int {
    _ = makeRoom(besides: nil)
    let sequence = try cache.open()
    branches[sequence] = Branch(tokens: tokens, used: call)
    return sequence
  }

  /// Whether there is a free sequence, once the oldest branch made room if need be.
  private mutating func makeRoom(besides base: Int?) -> Bool {
    if branches.contains(where: { $0 == nil }) { return true }
    guard let oldest = oldest(), oldest != base else { return false }
    close(oldest)
    return true
  }

  /// The branch used longest ago, and not in this call.
  private func oldest() -> Int? {
    branches.indices.filter { branches[$0].map { $0.used < call } ?? false }
      .min { (branches[$0]?.used ?? 0, $0) < (branches[$1]?.used ?? 0, $1) }
  }

  private mutating func close(_ sequence: Int) {
    cache.close(sequence)
    branches[sequence] = nil
  }
}
