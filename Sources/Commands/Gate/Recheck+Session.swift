import Ledger
import Planning
import Plans
import Randomness
import Runs
import Schemas
import Storage
import Worlds

extension Recheck {
  /// Asks the model of a run again, as it plans now.
  ///
  /// - Parameter count: Problems of each figure.
  /// - Throws: What loading the model throws.
  init(asking count: Int, of run: StoragePath, in session: Session) throws {
    let machine = try Machine(session.environment)
    let workspace = try session.workspace()
    let stored = try StoredModel(StoredRun(at: run, in: workspace), in: workspace, kernels: machine.kernels)
    self.init(
      count: count,
      choice: { count, of in
        // By the clock, so that nobody who wrote the traces knew which would be asked.
        var random = RandomStream(seed: WallClock.now().bitPattern, "gate/recheck")
        var indices = Array(0..<of)
        return (0..<min(count, of)).map { _ in indices.remove(at: random.index(below: indices.count)) }
      },
      difference: { try Self.difference(of: $0, $1, from: stored) })
  }

  /// What `stored` answers otherwise than `trace`; nil if nothing.
  private static func difference(
    of trace: TraceRecord, _ identity: MetricIdentity, from stored: StoredModel
  ) throws -> String? {
    let metadata = stored.run.metadata
    guard let search = SearchConfig(mode: trace.mode, budget: identity[.budget], settings: identity[.search]),
      let kind = WorldKind(rawValue: trace.problem.world)
    else { return "it states no search that could be run" }
    let goal = try PlanParser.parse("goal \(trace.problem.goal){}").goal
    let request = PlanRequest(
      problem: try kind.world.problem(stating: goal), problemID: trace.problem.id, level: trace.problem.level,
      stepCount: trace.problem.stepCount, category: trace.problem.category, seed: trace.seed)
    let context = TraceContext(
      runID: metadata.runID, phase: trace.phase, template: metadata.template,
      dataset: trace.dataset.flatMap { PinnedName($0) }, weightsDigest: stored.weightsDigest)
    let again = try stored.model.planner(search).plan(request).trace(in: context)
    guard again != trace else { return nil }
    return "\(again.verdict.rawValue) \(again.plan ?? "without a plan"), the trace says \(trace.verdict.rawValue) "
      + (trace.plan ?? "without a plan")
  }
}
