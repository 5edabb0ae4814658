import Bundles
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct BundleDraftTests {
  private func packed(_ change: (inout StoredRunFixture) -> Void = { _ in }) throws -> (ScratchWorkspace, BundleDraft) {
    let workspace = try ScratchWorkspace()
    var run = StoredRunFixture()
    change(&run)
    try run.write(in: workspace.root)
    return (workspace, try BundleDraft(run.path, in: workspace.root, packedBy: "1.2.3"))
  }

  @Test func publish_putsEveryFileUnderTheDigest() throws {
    let (workspace, draft) = try packed { $0.ledgerHead = LedgerHead(sequence: 3, digest: Digest(of: "head")) }
    let bundle = try draft.publish(in: workspace.root)
    let folder = "artifacts/runs/baseline/\(draft.digest.hexadecimal)"
    #expect(bundle.path.description == folder)
    #expect(bundle.digest == draft.digest)
    #expect(bundle.manifest.ledgerHead?.sequence == 3)
    #expect(
      try workspace.tree(folder).keys.sorted() == [
        "bundle.json", "chunks.json", "config.yaml", "dataset_manifest.json", "evidence/test-00000000000a.json",
        "model/config.json", "model/model.safetensors", "model/tokenizer.json", "probes.ndjson", "run_metadata.json",
      ])
    let run = "runs/train_loop/baseline-0123456789ab"
    for file in ["config.yaml", "run_metadata.json"] {
      #expect(try workspace.bytes("\(folder)/\(file)") == workspace.bytes("\(run)/\(file)"))
    }
    #expect(try bundle.evaluations().map(\.evaluationID) == ["test-00000000000a"])
    #expect(try bundle.runMetadata().runID == bundle.manifest.runID)
  }

  @Test func publish_againWritesNothing() throws {
    let (workspace, draft) = try packed()
    _ = try draft.publish(in: workspace.root)
    let before = try workspace.tree()
    let again = try BundleDraft("runs/train_loop/baseline-0123456789ab", in: workspace.root, packedBy: "1.2.3")
    #expect(again.digest == draft.digest)
    _ = try again.publish(in: workspace.root)
    #expect(try workspace.tree() == before)
  }

  @Test func publish_overADamagedBundleIsRefused() throws {
    let (workspace, draft) = try packed()
    let bundle = try draft.publish(in: workspace.root)
    try workspace.plant("\(bundle.path)/config.yaml", "seed: 2\n")
    #expect(throws: BundleError.self) { try draft.publish(in: workspace.root) }
  }

  @Test func probes_areOfTheValidationSplitAndSayNothingOfSolutions() throws {
    let (workspace, draft) = try packed { $0.sizes = [("train", 2), ("validation", 100), ("test", 2)] }
    let bundle = try draft.publish(in: workspace.root)
    let probes = try bundle.probes()
    #expect(probes.count == BundleFolder.maximumProbes)
    #expect(probes.first?.goal == "evaluate(0,add,10)")
    #expect(!String(decoding: try workspace.bytes("\(bundle.path)/probes.ndjson"), as: UTF8.self).contains("terminal"))
  }

  @Test func probes_areOfTheTestSplitWhereThereIsNoOther() throws {
    let (workspace, draft) = try packed { $0.sizes = [("train", 2), ("validation", 0), ("test", 2)] }
    #expect(try draft.publish(in: workspace.root).probes().map(\.goal) == ["evaluate(0,add,4)", "evaluate(1,add,4)"])
  }

  @Test func sourceRevision_isReadWithoutRunningAnything() throws {
    let (loose, packed) = (String(repeating: "ab", count: 20), String(repeating: "cd", count: 32))
    let workspace = try ScratchWorkspace()
    let run = StoredRunFixture()
    try run.write(in: workspace.root)
    func revision() throws -> String? {
      try BundleDraft(run.path, in: workspace.root, packedBy: "1").manifest.provenance.sourceRevision
    }
    #expect(try revision() == nil)
    try workspace.plant(".git/HEAD", "ref: refs/heads/main\n")
    #expect(try revision() == nil)
    try workspace.plant(".git/packed-refs", "# pack-refs\n\(packed) refs/heads/main\n")
    #expect(try revision() == packed)
    try workspace.plant(".git/refs/heads/main", loose + "\n")
    #expect(try revision() == loose)
    for text in [packed, "ref: ../../etc/passwd", "ref: refs/heads/../main", loose.uppercased(), "", "x\n"] {
      try workspace.plant(".git/HEAD", text)
      #expect(try revision() == (text == packed ? packed : nil), "\(text)")
    }
  }

  @Test(arguments: [RunMetadata.Status.running, .failed])
  func init_refusesARunThatIsNotComplete(status: RunMetadata.Status) throws {
    #expect(throws: BundleError.unfinished(run: "", status: status.rawValue)) {
      do { _ = try packed { $0.status = status } } catch BundleError.unfinished(_, let status) {
        throw BundleError.unfinished(run: "", status: status)
      }
    }
  }

  @Test(arguments: [
    "runs/train_loop/baseline-0123456789ab/checkpoints/step-000000010/model.safetensors",
    "runs/train_loop/baseline-0123456789ab/checkpoints/step-000000010/tokenizer.json",
    "datasets/fixture/baseline-0123456789ab/validation.ndjson",
    "datasets/fixture/baseline-0123456789ab/split_stats.json",
  ])
  func init_refusesFilesThatAreNotTheOnesListed(file: String) throws {
    let workspace = try ScratchWorkspace()
    try StoredRunFixture().write(in: workspace.root)
    var bytes = try workspace.bytes(file)
    bytes[bytes.count / 2] ^= 4
    try workspace.plant(file, bytes)
    #expect(throws: StorageError.self) {
      try BundleDraft(StoredRunFixture().path, in: workspace.root, packedBy: "1")
    }
  }

  @Test func init_waitsForNobodyWhoTrains() throws {
    let workspace = try ScratchWorkspace()
    let run = StoredRunFixture()
    try run.write(in: workspace.root)
    let lock = try FileLock(run.path.appending("run.lock"), in: workspace.root)
    #expect(throws: StorageError.locked(path: "\(workspace.path)/\(run.path)/run.lock")) {
      try BundleDraft(run.path, in: workspace.root, packedBy: "1")
    }
    withExtendedLifetime(lock) {}
  }

  @Test func evidence_ofOtherWeightsStaysBehind() throws {
    let workspace = try ScratchWorkspace()
    var run = StoredRunFixture()
    run.weights = Array("older".utf8)
    try run.write(in: workspace.root)
    run = StoredRunFixture()
    run.evaluations = ["test-00000000000b"]
    try run.write(in: workspace.root)
    let bundle = try BundleDraft(run.path, in: workspace.root, packedBy: "1").publish(in: workspace.root)
    #expect(try bundle.evaluations().map(\.evaluationID) == ["test-00000000000b"])
  }
}
