import Foundation
import Schemas
import Storage
import TestSupport
import Testing

/// Workspaces with runs that can be packed in no time; they cannot plan.
enum RegisteredWorkspace {
  static let tag = "reasoning/r1"

  /// Runs `run-0`, `run-1`, …, of which `registered` were registered one after the other.
  static func make(runs: Int = 2, registered: Int = 1) throws -> Workspace {
    let workspace = try Workspace()
    let root = try StorageRoot(opening: workspace.url.path)
    for index in 0..<runs {
      var run = StoredRunFixture()
      run.runID = "run-\(index)"
      run.weights = Array("weights \(index)".utf8)
      try run.write(in: root)
    }
    for index in 0..<registered {
      let result = try workspace.run(register("run-\(index)"))
      try #require(result.status == 0, "\(result.errors)")
    }
    return workspace
  }

  static func register(_ run: String) -> [String] { ["register", "--bundle", run, "--tag", tag] }

  static func copy(of original: Workspace) throws -> Workspace {
    let copy = try Workspace()
    for name in try FileManager.default.contentsOfDirectory(atPath: original.url.path) {
      try FileManager.default.copyItem(
        at: original.url.appendingPathComponent(name), to: copy.url.appendingPathComponent(name))
    }
    return copy
  }

  /// Every movement in the tag log, strictly read.
  static func movements(_ workspace: Workspace) throws -> [TagRecord] {
    let root = try StorageRoot(opening: workspace.url.path)
    return try ChainedLog("artifacts/tags.ndjson", in: root, pinsHead: true).read()
      .filter { $0.schema != LedgerRuleRecord.schema }.map { try $0.record(TagRecord.self) }
  }
}
