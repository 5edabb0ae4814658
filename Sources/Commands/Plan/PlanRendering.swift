import ArgumentParser
import Planning
import Plans
import Storage

/// How a plan is printed.
enum PlanRendering: String, CaseIterable, ExpressibleByArgument {
  /// Drawn, for people.
  case tree
  /// Canonical text on one line.
  case text
  /// The whole trace as a record; also for abstentions.
  case json
  /// Graphviz.
  case dot
  /// The latent tokens in the order of emission, the prompt included.
  case tokens

  /// Writes the released plan; nothing for an abstention, except as JSON.
  func write(
    _ result: PlanningResult, context: TraceContext, vocabulary: PlanVocabulary, to output: Output
  ) throws {
    if self == .json {
      try output.text(String(decoding: RecordEncoder().bytes(of: result.trace(in: context)), as: UTF8.self) + "\n")
    }
    guard let plan = result.plan else { return }
    switch self {
    case .tree: try PlanView(plan.tree).write(to: output)
    case .text: try output.line(StyledText(plan.text))
    case .json: break
    case .dot: try output.text(PlanGraph(plan.tree).text)
    case .tokens: try output.line(StyledText(plan.tokens.map(vocabulary.text(of:)).joined(separator: " ")))
    }
  }
}

/// An abstention in words.
enum AbstentionText {
  /// - Parameter budget: The model evaluations that the search was allowed.
  static func sentence(for result: PlanningResult, budget: Int) -> String {
    let count = result.modelEvaluations
    let evaluations = "\(count) model evaluation\(count == 1 ? "" : "s")"
    guard case .abstained(let reason) = result.outcome else { return "a plan was released after \(evaluations)" }
    return switch reason {
    case .budget:
      "abstained: no plan held after \(evaluations); try "
        + (result.mode == .greedy && count < budget ? "'--mode best-first'" : "a larger '--budget'")
    case .unsolvable: "abstained after \(evaluations): the model claims that the problem has no solution"
    case .cancelled: "abstained: interrupted after \(evaluations)"
    }
  }
}
