import Foundation
import Storage
import Testing

/// What is listed last is what was measured last, and no baseline.
@Suite struct TracesOrderTests {
  /// Of the last traces: a key of each.
  private func last(_ count: Int, _ key: String, in workspace: Workspace) throws -> [String] {
    let result = try workspace.run(["traces", "list", "--phase", "evaluate", "--limit", "\(count)", "--json"])
    guard case .array(let traces)? = try JSONReader.parse(Array(result.output.utf8))["data"] else { return [] }
    return traces.map { trace in
      guard case .string(let text)? = trace[key] else { return "" }
      return text
    }
  }

  @Test func evaluations_areListedInTheOrderOfTime() throws {
    let workspace = try TrainedWorkspace.copy()
    // Directories are called by digests: of five, some stand in another order than they were made in.
    for count in [6, 5, 4, 3, 7] {
      let result = try workspace.run(["evaluate", "evaluation.max_problems=\(count)", "evaluation.modes=[greedy]"])
      #expect(result.status == 0, "\(result.errors)")
      // Each asks the first problems: only the newest has so many different ones.
      #expect(try Set(last(count, "goal", in: workspace)).count == count)
    }
  }

  @Test func baselines_areListedFirst() throws {
    let workspace = try TrainedWorkspace.copy()
    let modes = "evaluation.modes=[best-first,sampling,uniform]"
    #expect(try workspace.run(["evaluate", "evaluation.max_problems=4", modes, "evaluation.budget=16"]).status == 0)
    #expect(try last(4, "mode", in: workspace) == ["best-first", "best-first", "best-first", "best-first"])
    #expect(try Set(last(12, "mode", in: workspace)).count == 3)
  }
}
