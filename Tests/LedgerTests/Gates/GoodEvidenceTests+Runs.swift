import Foundation
import Ledger
import Schemas
import Storage
import Testing

/// What stands beside the runs that count, and changes nothing.
extension GoodEvidenceTests {
  /// A directory whose metadata claim another run's id does not stand in for that run.
  @Test func run_isTheOneInTheDirectoryOfItsName() throws {
    #expect(
      try reason("M1", "win_rate") { scene in
        scene.afterwards = { workspace in
          let runs = workspace.appendingPathComponent("runs/control")
          let impostor = runs.appendingPathComponent("curriculum-zzzzzzzzzzzz")
          try FileManager.default.copyItem(at: runs.appendingPathComponent(Scene.control), to: impostor)
          try Data("further".utf8).write(to: impostor.appendingPathComponent("checkpoints/1/model.safetensors"))
        }
      } == "ok")
  }

  /// Where a clause leaves it open in which keys the run departs, nobody holds them against the run's files.
  @Test func overrides_thatAClauseLeavesOpenMayBeStatedAnyhow() throws {
    #expect(
      try reason("M0", "trace_coverage") { scene in
        set("overrides: [training.seed, training.output_dir]", "overrides: any")(&scene)
        scene.set("identity.overrides", .string("training.seed"), in: "M0")
      } == "ok")
  }

  /// A twin that nobody finished, and of which the ledger knows nothing, is neither a pair nor a missing one.
  @Test func unfinishedTwin_isNoPair() throws {
    #expect(
      try reason("M1", "win_rate") { scene in
        let twin = "curriculum-eeeeeeeeeeee"
        let metadata = try Scene.metadata(
          twin, Digest(of: Scene.weightTexts[2]),
          Scene.configDigest(of: Scene.config(shuffled: false, output: "runs/train_loop", seed: 1)), seed: 1,
          status: .running, step: 3)
        scene.afterwards = { workspace in
          let runs = workspace.appendingPathComponent("runs/train_loop")
          try FileManager.default.copyItem(
            at: runs.appendingPathComponent(Scene.run1), to: runs.appendingPathComponent(twin))
          try Data(RecordEncoder().bytes(of: metadata))
            .write(to: runs.appendingPathComponent("\(twin)/run_metadata.json"))
        }
      } == "ok")
  }

  /// In which keys a run departs from the template that it was made from, a later template of that name does not say.
  @Test func templateThatWasChangedSince_saysNothingOfOverrides() throws {
    #expect(try reason("M0", "trace_coverage") { $0.templateConfig = $0.runConfig + "extra: 1\n" } == "ok")
  }
}
