import Plans
import Worlds

/// Judges the answer of an imported row; what cannot be judged is refused.
enum AnswerCheck {
  /// Accepts, for a problem, a plan in canonical text that its verifier accepts; `unsolvable` where it is; the value of
  /// an arithmetic chain.
  ///
  /// - Throws: `ImportRefusal`.
  static func check(_ answer: String, for exercise: Exercise) throws {
    if answer.hasPrefix("goal ") { return try check(plan: answer, for: exercise.problem) }
    if answer == "unsolvable" {
      guard exercise.category == .unsolvable else {
        throw ImportRefusal("answer 'unsolvable', but the problem has a solution")
      }
      return
    }
    guard exercise.problem.world == .arithmetic else {
      throw ImportRefusal("the answer of a countdown problem must be a plan in canonical text or 'unsolvable'")
    }
    guard let value = value(of: exercise) else {
      throw ImportRefusal(
        "expected the answer 'unsolvable', for a value on the way is not one of 0…9999; got '\(shown(answer))'")
    }
    guard answer == String(value) else { throw ImportRefusal("expected the answer \(value), got '\(shown(answer))'") }
  }

  private static func check(plan text: String, for problem: Problem) throws {
    let plan: PlanTree
    do { plan = try PlanParser.parse(text) } catch { throw ImportRefusal("the answer is no plan: \(error)") }
    if let finding = problem.world.teacher.judge(of: problem).findings(in: plan).first {
      throw ImportRefusal("the answer's plan fails at \(finding.path): \(finding.message)")
    }
  }

  /// What the last action of the canonical solution yields.
  private static func value(of exercise: Exercise) -> Int? {
    for step in exercise.plan(style: .actions).steps.reversed() {
      if case .action(_, .integer(let value)?) = step { return value }
    }
    return nil
  }

  private static func shown(_ text: String) -> String {
    text.unicodeScalars.prefix(40).map { $0.escaped(asASCII: true) }.joined()
  }
}
