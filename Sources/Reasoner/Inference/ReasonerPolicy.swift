import Plans
import Randomness
import Search
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The transformer as search sees it: a batch of partial plans is answered in as few forward passes as it branches, over the
/// tokens that are not in the cache yet, each once.
///
/// The cache keeps a page table for every branch of the search, the last `branches` of them: to jump back to a parent costs
/// nothing but the new tokens. A policy belongs to one thread; any number of them may share `InferenceWeights`.
public struct ReasonerPolicy: PlanPolicy {
  /// Branches that are kept unless somebody says otherwise.
  public static let standardBranches = 64

  private let engine: InferenceEngine
  private var branches: BranchCache
  private var batch = InferenceBatch()

  /// - Parameter branches: Sequences kept at once, twice as many as plans are answered together; 1 keeps the last one only.
  public init(_ weights: InferenceWeights, branches: Int = Self.standardBranches) {
    let whole = KeyValueCache.pages(for: weights.shape.positions)
    engine = InferenceEngine(
      weights, pool: ThreadPool(threads: 1), sequences: branches,
      pages: Self.pages(weights.shape, branches: branches), growsFrom: whole)
    self.branches = BranchCache(engine.cache)
  }

  /// Packs `weights` for this policy alone; to make several, pack them once.
  public init(_ weights: Weights, kernels: any Kernels, branches: Int = Self.standardBranches) {
    self.init(InferenceWeights(weights, kernels: kernels, pool: ThreadPool(threads: 1)), branches: branches)
  }

  /// Pages for one sequence of every position, and two for each branch besides: what branches share lies in the same ones.
  package static func pages(_ shape: ModelShape, branches: Int = Self.standardBranches) -> Int {
    let whole = KeyValueCache.pages(for: shape.positions)
    return whole + (branches - 1) * min(2, whole)
  }

  /// A pass reads the weights once, however many rows it has; with one sequence nobody can be asked ahead.
  public var lookahead: Int { min(Self.standardLookahead, engine.cache.limit / 2 - 1) }

  private static let standardLookahead = 7

  public mutating func propose(
    for partial: PartialPlan, limit: Int, random: inout RandomStream
  ) throws -> PolicyAnswer {
    try answer([partial], limit: limit)[0]
  }

  public mutating func propose(
    for partials: [PartialPlan], limit: Int, random: inout RandomStream
  ) throws -> [PolicyAnswer] {
    var answers: [PolicyAnswer] = []
    var rest = partials[...]
    while !rest.isEmpty {
      // Each may need a new sequence beside the one that it continues.
      let next = Array(rest.prefix(max(1, engine.cache.limit / 2)))
      answers += try answer(next, limit: limit)
      rest = rest.dropFirst(next.count)
    }
    return answers
  }

  /// Answers plans for which there are sequences; in halves where their pages do not fit at once.
  private mutating func answer(_ partials: [PartialPlan], limit: Int) throws -> [PolicyAnswer] {
    do {
      return try answerTogether(partials, limit: limit)
    } catch ReasonerError.cacheExhausted where partials.count > 1 {
      branches.removeAll()
      let half = partials.count / 2
      return try answer(Array(partials[..<half]), limit: limit) + answer(Array(partials[half...]), limit: limit)
    }
  }

  private mutating func answerTogether(_ partials: [PartialPlan], limit: Int) throws -> [PolicyAnswer] {
    branches.beginCall()
    let shared = SharedPasses(partials.map(\.tokens)) { branches.longestBeginning(of: partials[$0].tokens) }
    var answers: [PolicyAnswer?] = Array(repeating: nil, count: partials.count)
    var sequences: [[Int]] = []
    for pass in shared.passes {
      branches.beginPass()
      sequences.append(
        try pass.map { run in
          let base: Int? =
            switch run.base {
            case .cached(let branch): branch
            case .run(let pass, let index): sequences[pass][index]
            }
          return try branches.sequence(continuing: base, at: run.known)
        })
      try runPass(pass, on: sequences[sequences.count - 1], partials) { plan, logits, value in
        answers[plan] = Self.answer(partials[plan], logits, value, limit: limit)
      }
    }
    return answers.compactMap(\.self)
  }

  /// Runs the new tokens of a pass and hands out the outputs of every plan that ends in it.
  private mutating func runPass(
    _ runs: [SharedPasses.Run], on sequences: [Int], _ partials: [PartialPlan],
    answer: (_ plan: Int, _ logits: UnsafePointer<Float>, _ value: Float) -> Void
  ) throws {
    batch.removeAll()
    /// Whether all plans that end in a run end with it.
    func isOne(_ run: SharedPasses.Run) -> Bool {
      run.ends.allSatisfy { partials[$0].tokens.count == partials[run.plan].tokens.count }
    }
    for (run, sequence) in zip(runs, sequences) {
      let new = partials[run.plan].tokens[run.known...]
      batch.append(sequence, tokens: new.lazy.map { Int32($0.rawValue) }, outputs: isOne(run) ? .last : .all)
    }
    branches.makePages(for: batch)
    let outputs = try engine.run(batch)
    var first = 0
    for (run, sequence) in zip(runs, sequences) {
      let tokens = partials[run.plan].tokens
      branches.note(tokens, in: sequence)
      let rows = isOne(run) ? 1 : tokens.count - run.known
      for plan in run.ends {
        let row = first + (rows == 1 ? 0 : partials[plan].tokens.count - run.known - 1)
        answer(plan, outputs.logits + row * outputs.vocabulary, outputs.values[row])
      }
      first += rows
    }
  }

  private static func answer(
    _ partial: PartialPlan, _ logits: UnsafePointer<Float>, _ value: Float, limit: Int
  ) -> PolicyAnswer {
    var proposals = MaskedSoftmax.logProbabilities(logits, allowed: partial.state.allowed)
    proposals.sort { ($1.logProbability, $0.token) < ($0.logProbability, $1.token) }
    return PolicyAnswer(proposals: Array(proposals.prefix(limit)), value: 1 / (1 + exp(-Double(value))))
  }
}
