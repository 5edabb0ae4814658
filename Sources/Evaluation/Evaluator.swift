import Planning
import Schemas
import Synchronization
import Tensors

/// Asks every problem in every mode, several at a time.
///
/// Answers but for their latencies do not depend on the number of threads: each is a function of subject, mode, problem and
/// seed, and they come in order of modes, then problems.
public struct Evaluator: Sendable {
  public let subject: EvaluationSubject
  public let config: EvaluationConfig
  private let pool: ThreadPool
  private let monotonic: @Sendable () -> Double

  /// - Parameter monotonic: Seconds on a clock that never goes back; only latencies come from it.
  public init(
    _ subject: EvaluationSubject, config: EvaluationConfig, pool: ThreadPool,
    monotonic: @escaping @Sendable () -> Double
  ) {
    self.subject = subject
    self.config = config
    self.pool = pool
    self.monotonic = monotonic
  }

  /// How far an evaluation has come.
  public struct Progress: Sendable {
    public let mode: PlanningMode
    /// Answers so far, over all modes, and how many there will be.
    public let done: Int
    public let total: Int
    /// Correct answers so far in `mode`, and answers so far in it.
    public let correctInMode: Int
    public let doneInMode: Int
  }

  /// Runs the evaluation.
  ///
  /// - Parameters:
  ///   - report: Called after each answer, by one thread at a time.
  ///   - isCancelled: Asked before every model evaluation.
  /// - Throws: `EvaluationError.interrupted` once cancelled. A problem on which planning fails is an answer, not an error.
  public func run(
    _ set: ProblemSet, reporting report: @escaping @Sendable (Progress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> [Answer] {
    let total = config.modes.count * set.problems.count
    var answers: [Answer] = []
    for search in config.modes {
      let planner = Planner(
        search, style: subject.style, vocabulary: subject.vocabulary, makePolicy: subject.makePolicy)
      let before = answers.count
      let slots = Mutex(Slots(count: set.problems.count))
      pool.forEach(set.problems.count) { index in
        guard !isCancelled() else { return }
        let answer = answer(set.problems[index], of: set, planner, isCancelled)
        slots.withLock { slots in
          slots.fill(index, with: answer)
          report(
            Progress(
              mode: search.mode, done: before + slots.done, total: total, correctInMode: slots.correct,
              doneInMode: slots.done))
        }
      }
      answers += slots.withLock { $0.answers.compactMap { $0 } }
      guard !isCancelled(), answers.count == before + set.problems.count else {
        throw EvaluationError.interrupted(done: answers.count, total: total)
      }
    }
    return answers
  }

  /// Answers that arrive in any order.
  private struct Slots: Sendable {
    var answers: [Answer?]
    var done = 0
    var correct = 0

    init(count: Int) { answers = Array(repeating: nil, count: count) }

    mutating func fill(_ index: Int, with answer: Answer) {
      answers[index] = answer
      done += 1
      if answer.sample.correct { correct += 1 }
    }
  }

  private func answer(
    _ problem: EvaluationProblem, of set: ProblemSet, _ planner: Planner, _ isCancelled: @escaping @Sendable () -> Bool
  ) -> Answer {
    let request = PlanRequest(
      problem: problem.problem, problemID: problem.id, level: problem.level, stepCount: problem.stepCount,
      category: problem.category, seed: config.seed)
    let context = TraceContext(
      runID: subject.runID, phase: "evaluate", template: subject.template,
      dataset: PinnedName(set.dataset, set.datasetDigest), weightsDigest: subject.weightsDigest)
    let start = monotonic()
    do {
      let result = try planner.plan(request, isCancelled: isCancelled)
      let milliseconds = (monotonic() - start) * 1e3
      return Answer(result, to: problem, trace: result.trace(in: context), latencyMilliseconds: milliseconds)
    } catch {
      return Answer(failure: error, on: problem, mode: planner.config.mode)
    }
  }
}
