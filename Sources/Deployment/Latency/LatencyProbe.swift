import Planning
import Plans
import Schemas
import Storage
import Tensors
import Worlds

/// Asks a pod's planner the bundle's probe problems at a fixed rate and times the answers.
public struct LatencyProbe: Sendable {
  private let problems: [(problem: Problem, record: ProbeRecord)]

  /// - Throws: `DeploymentError.noProbes`, `DeploymentError.badProbe`.
  public init(_ probes: [ProbeRecord]) throws {
    guard !probes.isEmpty else { throw DeploymentError.noProbes }
    problems = try probes.enumerated().map { index, record in
      do {
        guard let kind = WorldKind(rawValue: record.world) else {
          throw DeploymentError.badProbe(index: index, problem: "there is no world '\(record.world)'")
        }
        let goal = try PlanParser.parse("goal \(record.goal){terminal return();}").goal
        return (try kind.world.problem(stating: goal), record)
      } catch let error as DeploymentError {
        throw error
      } catch {
        throw DeploymentError.badProbe(index: index, problem: "\(error)")
      }
    }
  }

  /// Measures: first the warm-up, which is not counted, then the samples; probe problems take turns.
  ///
  /// An abstention is an answer; what throws or comes after the time-out has failed.
  public func run(
    _ planner: Planner, budget: LatencyBudget, loop: OpenLoop, pool: ThreadPool, context: TraceContext,
    measurementID: String
  ) throws -> LatencyReport {
    _ = send(budget.warmupCount, planner, budget: budget, loop: loop, pool: pool, context: context)
    let samples = send(budget.sampleCount, planner, budget: budget, loop: loop, pool: pool, context: context)
    return try LatencyReport(measurementID: measurementID, samples: samples)
  }

  private func send(
    _ count: Int, _ planner: Planner, budget: LatencyBudget, loop: OpenLoop, pool: ThreadPool, context: TraceContext
  ) -> [SampleRecord] {
    let answers = AnswerSlots(count: count)
    let latencies = loop.latencies(
      count, perSecond: budget.requestsPerSecond, timeoutMilliseconds: budget.timeoutMilliseconds, on: pool
    ) { index, isLate in
      let (problem, record) = problems[index % problems.count]
      let request = PlanRequest(
        problem: problem, problemID: record.problemID, level: record.level, category: record.category,
        seed: UInt64(index))
      do {
        answers.fill(index, with: .success(try planner.plan(request, isCancelled: isLate)))
        return true
      } catch {
        answers.fill(index, with: .failure(error))
        return false
      }
    }
    return zip(answers.all(), latencies).enumerated().map { index, answer in
      let latency = answer.1.isFinite ? answer.1 : nil
      switch answer.0 {
      case .success(let result):
        return result.sample(
          trace: result.trace(in: context), isSolvable: true, latencyMilliseconds: latency,
          failure: latency == nil ? "no answer within \(budget.timeoutMilliseconds) ms" : nil)
      case .failure(let error):
        let record = problems[index % problems.count].record
        return SampleRecord(
          problemID: record.problemID, world: record.world, level: record.level, category: record.category,
          mode: planner.config.mode.rawValue, traceID: nil, verdict: nil, correct: false, covered: false,
          abstention: nil, planDigest: nil, repaired: false, modelEvaluations: 0, latencyMilliseconds: nil,
          failure: "\(error)")
      }
    }
  }
}
