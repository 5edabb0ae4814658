import Schemas

/// What one run was asked and how it was to answer: figures of different questions are never pooled.
struct Question: Hashable, Comparable {
  let dataset: String
  let split: String
  let mode: String
  let budget: String
  let run: String
  let evaluation: String
  /// The rest of the identity, so that nothing else is pooled either.
  let rest: [String]

  init(_ record: MetricRecord) {
    let identity = record.identity
    func text(_ field: IdentityField) -> String { identity[field] ?? "" }
    dataset = text(.dataset)
    split = text(.split)
    mode = record.mode
    budget = text(.budget)
    run = identity.runID
    evaluation = text(.evaluation)
    rest = [.problems, .search, .weightsFormat, .seed, .splitSalt, .splitRule].map(text)
  }

  static func < (left: Question, right: Question) -> Bool { left.order.lexicographicallyPrecedes(right.order) }

  private var order: [String] { [dataset, split, mode, budget, run, evaluation] + rest }
}
