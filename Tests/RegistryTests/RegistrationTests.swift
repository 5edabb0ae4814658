import Bundles
import Registry
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct RegistrationTests {
  private let tag = Tag(checked: "reasoning/M1")

  private func workspace(runs: Int = 2) throws -> (ScratchWorkspace, [BundleDraft]) {
    let workspace = try ScratchWorkspace()
    let drafts = try (0..<runs).map { index in
      var run = StoredRunFixture()
      run.runID = "baseline-\(index)"
      run.weights = Array("weights \(index)".utf8)
      try run.write(in: workspace.root)
      return try BundleDraft(run.path, in: workspace.root, packedBy: "1")
    }
    return (workspace, drafts)
  }

  @discardableResult
  private func register(_ draft: BundleDraft, in workspace: ScratchWorkspace, tag: Schemas.Tag? = nil) throws
    -> TagRecord
  {
    try Registration(of: tag ?? self.tag, in: workspace.root).complete(
      draft, notes: "n", codexVersion: "1", recordedAt: 5
    ).movement
  }

  @Test func complete_countsVersionsAndRemembersWhatWasBefore() throws {
    let (workspace, drafts) = try workspace()
    let other = Tag(checked: "reasoning/M2")
    try register(drafts[0], in: workspace)
    try register(drafts[1], in: workspace)
    try register(drafts[1], in: workspace, tag: other)
    let third = try register(drafts[0], in: workspace)
    let log = TagLog(in: workspace.root)
    #expect(third.version == 3 && third.previousDigest == drafts[1].digest && third.notes == "n")
    #expect(try log.movements().map(\.version) == [1, 2, 1, 3])
    #expect(try log.current().map(\.tag) == [tag, other])
    #expect(try log.current(tag) == third)
    #expect(try log.findings() == [])
  }

  @Test func complete_again_movesNothing() throws {
    let (workspace, drafts) = try workspace(runs: 1)
    let first = try register(drafts[0], in: workspace)
    let before = try workspace.tree()
    #expect(try register(drafts[0], in: workspace) == first)
    #expect(try workspace.tree() == before)
  }

  @Test func complete_refusesToOverwriteWhatSomebodyElseMoved() throws {
    let (workspace, drafts) = try workspace()
    let slow = try Registration(of: tag, in: workspace.root)
    let found = try register(drafts[0], in: workspace)
    #expect(throws: RegistryError.tagMoved(tag, seen: nil, found: found)) {
      try slow.complete(drafts[1], notes: nil, codexVersion: "1", recordedAt: 6)
    }
    #expect(try TagLog(in: workspace.root).movements() == [found])
  }

  @Test func complete_byManyAtOnce_leavesNoGapAndLosesNothing() async throws {
    let (workspace, drafts) = try workspace(runs: 8)
    await withTaskGroup { group in
      for draft in drafts {
        group.addTask {
          while (try? register(draft, in: workspace)) == nil {}  // the losers of a race try again
        }
      }
    }
    let movements = try TagLog(in: workspace.root).movements()
    #expect(movements.map(\.version) == Array(1...8))
    #expect(Set(movements.map(\.bundleDigest)) == Set(drafts.map(\.digest)))
    #expect(try RegistryAudit(everythingIn: workspace.root).findings == [])
  }

  @Test func complete_removesWhatKilledWritersLeft() throws {
    let (workspace, drafts) = try workspace(runs: 1)
    try workspace.plant("artifacts/runs/baseline/.tmp-1-0/model/config.json", "{")
    try register(drafts[0], in: workspace)
    #expect(try workspace.tree("artifacts").keys.allSatisfy { !$0.contains(".tmp") })
  }
}
