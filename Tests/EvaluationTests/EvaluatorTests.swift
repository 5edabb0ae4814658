import Evaluation
import Planning
import Plans
import Schemas
import Search
import Synchronization
import Tensors
import TestSupport
import Testing
import Worlds

@Suite struct EvaluatorTests {  // Sources/Evaluation/Evaluator.swift
  private func answers(
    threads: Int, _ config: EvaluationConfig, _ problems: ProblemSet, _ subject: EvaluationSubject = Fixture.subject()
  ) throws -> [Answer] {
    try Evaluator(subject, config: config, pool: ThreadPool(threads: threads), monotonic: { 0 }).run(problems)
  }

  @Test(arguments: WorldKind.allCases) func run_doesNotDependOnTheThreadCount(world: WorldKind) throws {
    let problems = try Fixture.problems(24, world: world)
    let config = Fixture.config(PlanningMode.allCases, budget: 48)
    let one = try answers(threads: 1, config, problems)
    #expect(one.count == 24 * 4)
    for threads in [2, 5] {
      let several = try answers(threads: threads, config, problems)
      #expect(several.map(\.sample) == one.map(\.sample))
      #expect(several.map(\.trace) == one.map(\.trace))
    }
  }

  @Test func run_answersInOrderOfModesThenProblems() throws {
    let problems = try Fixture.problems(10)
    let modes: [PlanningMode] = [.bestFirst, .greedy]
    let samples = try answers(threads: 3, Fixture.config(modes), problems).map(\.sample)
    #expect(samples.map(\.mode) == modes.flatMap { Array(repeating: $0.rawValue, count: 10) })
    #expect(samples.map(\.problemID) == problems.problems.map(\.id) + problems.problems.map(\.id))
  }

  @Test func run_scoresWhatTheIndependentCheckerAccepts() throws {
    let all = try answers(threads: 2, Fixture.config([.greedy, .bestFirst]), Fixture.problems(60))
    for answer in all {
      let accepted = answer.trace?.plan.map(PlanTextChecker.accepts) ?? false
      #expect(answer.sample.correct == accepted)
      #expect(answer.sample.covered == accepted)
    }
    let correct = all.count { $0.sample.correct }
    #expect(correct > 60 && correct < 120)  // some of both, or the test says nothing
  }

  @Test func run_keepsFailuresAsWrongAnswersThatNeverArrived() throws {
    let answers = try answers(
      threads: 2, Fixture.config(), Fixture.problems(3), Fixture.subject { FailingPolicy() })
    for answer in answers {
      #expect(!answer.sample.correct && !answer.sample.covered)
      #expect(answer.sample.latencyMilliseconds == nil)
      #expect(answer.sample.failure == SearchError.invalidValue(.nan).description)
      #expect(answer.trace == nil)
    }
  }

  @Test func run_scoresATrueClaimAsCorrectAndNotCovered() throws {
    let claim = "goal reach(999,1,2,3){terminal unsolvable();}"
    let problem = try EvaluationProblem(
      ExampleRecord(
        id: Digest(of: "unsolvable"), index: 0, world: "countdown", goal: "reach(999,1,2,3)", plan: claim, level: 0,
        stepCount: 0, category: "unsolvable", split: "test"))
    let script = try Fixture.vocabulary.encode(PlanParser.parse(claim))
    let subject = Fixture.subject { PartlyRightPolicy(script: script) }
    let set = ProblemSet([problem], dataset: "tests", datasetDigest: Fixture.configDigest)
    let sample = try #require(try answers(threads: 1, Fixture.config(), set, subject).first?.sample)
    #expect(sample.abstention == .unsolvable)
    #expect(sample.correct)
    #expect(!sample.covered)
  }

  @Test func run_measuresLatencyOnTheGivenClock() throws {
    let ticks = Mutex(0.0)
    let evaluator = Evaluator(
      Fixture.subject(), config: Fixture.config(), pool: ThreadPool(threads: 1),
      monotonic: {
        ticks.withLock { ticks in
          ticks += 0.25
          return ticks
        }
      })
    #expect(try evaluator.run(Fixture.problems(3)).map(\.sample.latencyMilliseconds) == [250, 250, 250])
  }

  @Test func run_reportsEveryAnswerOnce() throws {
    let seen = Mutex<[Int]>([])
    let evaluator = Evaluator(
      Fixture.subject(), config: Fixture.config([.greedy, .uniform]), pool: ThreadPool(threads: 3), monotonic: { 0 })
    let answers = try evaluator.run(Fixture.problems(7)) { progress in
      seen.withLock { $0.append(progress.done) }
      #expect(progress.total == 14)
      #expect(progress.correctInMode <= progress.doneInMode)
    }
    #expect(answers.count == 14)
    #expect(seen.withLock { $0 } == Array(1...14))
  }

  @Test func run_throwsOnceCancelled() throws {
    let asked = Mutex(0)
    let evaluator = Evaluator(
      Fixture.subject(), config: Fixture.config(), pool: ThreadPool(threads: 2), monotonic: { 0 })
    #expect(throws: EvaluationError.self) {
      try evaluator.run(
        Fixture.problems(20),
        isCancelled: {
          asked.withLock { asked in
            asked += 1
            return asked > 40
          }
        })
    }
  }
}
