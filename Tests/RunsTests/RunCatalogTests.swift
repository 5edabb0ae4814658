import Runs
import Schemas
import Storage
import TestSupport
import Testing

/// Runs are found wherever `training.output_dir` put them.
@Suite struct RunCatalogTests {
  /// Writes a run and moves it below `family`.
  private func plant(_ id: String, below family: String, in workspace: ScratchWorkspace) throws {
    var run = StoredRunFixture()
    run.runID = id
    try run.write(in: workspace.root)
    guard family != run.path.parent.description else { return }
    for (name, bytes) in try workspace.tree(run.path.description) {
      try workspace.plant("\(family)/\(id)/\(name)", bytes)
    }
    try workspace.remove(run.path.description)
  }

  @Test func directories_areFoundAtAnyDepthAndNotWithinRuns() throws {
    let workspace = try ScratchWorkspace()
    #expect(try RunCatalog(in: workspace.root).directories() == [], "no runs/ at all")
    for (id, family) in [("b", "runs/wide"), ("a", "runs/train_loop"), ("c", "runs/deep/er/still")] {
      try plant(id, below: family, in: workspace)
    }
    try workspace.plant("runs/wide/b/checkpoints/run_metadata.json", "{}")
    try workspace.plant("runs/notes.txt", "no run")
    try workspace.plant("runs/multirun/0123.ndjson", "")
    try workspace.root.replaceLink("runs/train_loop/latest", to: "a")
    let found = try RunCatalog(in: workspace.root).directories().map(\.description)
    #expect(found == ["runs/deep/er/still/c", "runs/train_loop/a", "runs/wide/b"])
  }

  @Test func path_followsIdsLinksAndPaths() throws {
    let workspace = try ScratchWorkspace()
    try plant("a", below: "runs/train_loop", in: workspace)
    try plant("b", below: "runs/wide", in: workspace)
    try workspace.root.replaceLink("runs/train_loop/latest", to: "a")
    try workspace.root.replaceLink("runs/wide/latest", to: "b")
    let catalog = RunCatalog(in: workspace.root)
    for (text, path) in [
      (nil, "runs/train_loop/a"), ("latest", "runs/train_loop/a"), ("a", "runs/train_loop/a"), ("b", "runs/wide/b"),
      ("runs/wide/b", "runs/wide/b"), ("./runs/wide/b/", "runs/wide/b"), ("runs/wide/latest", "runs/wide/b"),
      (workspace.root.path + "/runs/wide/b", "runs/wide/b"),
    ] {
      #expect(try catalog.path(text).description == path, "\(text ?? "nil")")
    }
  }

  @Test func path_refusesWhatIsNoRunAndWhatIsTwo() throws {
    let workspace = try ScratchWorkspace()
    let catalog = RunCatalog(in: workspace.root)
    let root = workspace.root.path
    #expect(throws: RunError.missing(path: "\(root)/runs/train_loop/latest", template: "baseline")) {
      try catalog.path(nil)
    }
    #expect(throws: RunError.missing(path: "\(root)/runs/train_loop/a", template: "baseline")) { try catalog.path("a") }
    #expect(throws: RunError.missing(path: "\(root)/runs/x/a", template: "baseline")) { try catalog.path("runs/x/a") }
    for text in ["", "../a", "-a", "runs/../../a"] {
      #expect(throws: (any Error).self, "\(text)") { try catalog.path(text) }
    }
    try workspace.plant("runs/file", "x")
    #expect(throws: StorageError.self) { try catalog.path("runs/file") }
    try plant("a", below: "runs/copy", in: workspace)
    try plant("a", below: "runs/train_loop", in: workspace)
    #expect(throws: RunError.ambiguous(id: "a", paths: ["runs/copy/a", "runs/train_loop/a"])) { try catalog.path("a") }
    #expect(try catalog.path("runs/copy/a") == "runs/copy/a")
  }

  @Test func runs_areTheNewestFirst() throws {
    let workspace = try ScratchWorkspace()
    for (id, family) in [("a", "runs/train_loop"), ("b", "runs/wide")] {
      try plant(id, below: family, in: workspace)
    }
    var metadata = try StoredRun(at: "runs/wide/b", in: workspace.root).metadata
    metadata.updatedAt = 3
    try workspace.root.atomicReplace("runs/wide/b/run_metadata.json", record: metadata)
    #expect(try RunCatalog(in: workspace.root).runs().map(\.metadata.runID) == ["b", "a"])
    try workspace.plant("runs/wide/b/run_metadata.json", "{}")
    #expect(throws: StorageError.self) { try RunCatalog(in: workspace.root).runs() }
  }
}
