import ArgumentParser
import Planning
import Runs
import Storage
import Worlds

/// `codex plan PROBLEM`
struct PlanMakeCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Plan for one problem: a verified plan, or an abstention and exit 1.",
    discussion: Example.text(
      "codex plan \"(37 + 45) * 6 - 12\"", "codex plan \"reach 449 from 5 12 37\" --mode best-first --render json"))

  @Argument(help: "The problem, as a person writes it or as a goal.")
  var problem: String

  @OptionGroup var runOptions: RunOptions

  @Option(help: "How to search. Default: as the run's template says.")
  var mode: AskedMode?

  @Option(help: "Model evaluations at most, the repair included.")
  var budget: Int?

  @Option(help: "How to print the plan; --json is short for --render json.")
  var render = PlanRendering.tree

  @Option(help: "Seed of the search's random streams.")
  var seed: UInt64 = 0

  @OptionGroup var worldOptions: WorldOptions
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if let budget, !(1...1_000_000).contains(budget) {
      throw ValidationError("--budget is \(budget); allowed: 1...1000000.")
    }
  }

  func run(in session: Session) throws -> ExitReason {
    let problem = try Problem(reading: problem, in: worldOptions.world)
    let machine = try Machine(session.environment)
    let workspace = try session.workspace()
    let stored = try StoredModel(
      RunChoice.run(runOptions.run, for: problem.world, in: session), in: workspace, kernels: machine.kernels)
    session.talk.detail("run \(stored.run.metadata.runID), step \(stored.run.metadata.step)")
    let settings = SearchChoice(mode: mode?.mode, budget: budget).config(stored.model.search)
    let result = try stored.model.planner(settings).plan(
      PlanRequest(problem, seed: seed), isCancelled: { Interruption.isRequested })
    let context = TraceContext(
      runID: stored.run.metadata.runID, phase: "plan", template: stored.run.metadata.template,
      weightsDigest: stored.weightsDigest)
    try (session.wantsJSON ? .json : render).write(
      result, context: context, vocabulary: stored.model.vocabulary, to: session.output)
    guard result.plan == nil else { return .yes }
    session.talk.say(StyledText(AbstentionText.sentence(for: result, budget: settings.budget), .yellow))
    // Talk, not data: what is refused never leaves as a plan.
    if let refused = result.refused, render == .tree {
      session.talk.say("the last plan that was refused:")
      for line in PlanView(refused.tree, findings: refused.findings).lines { session.talk.say(line) }
    }
    if case .abstained(.cancelled) = result.outcome, let signal = Interruption.signal {
      return .interrupted(signal: signal)
    }
    return .no
  }
}
