import Foundation
import Ledger
import Schemas
import Storage

extension BadEvidence {
  // MARK: What was declared, and every run

  static let declarations: [BadEvidence] = [
    no("nothing declared", .notDeclared, ["M1"]) { scene, _ in
      scene.lines.removeAll { $0.schema == IntentionRecord.schema }
    },
    no("declared after the run began", .notDeclared, ["M1"]) { scene, _ in
      scene.lines.insert(scene.lines.remove(at: 0), at: 5)
    },
    no("another clause declared", .notDeclared, ["M1"]) { scene, _ in
      scene.lines[0].data[at: "clause_digest"] = other
    },
    no("another template declared", .notDeclared, ["M1"]) { scene, _ in
      scene.lines[0].data[at: "template"] = .string("curriculum@\(x)")
    },
    no("declared, with a clause that was changed since", .notDeclared, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("threshold: 0.55", with: "threshold: 0.56")
    },
    no("a control that began before the question was declared", .notDeclared, ["M1"]) { scene, _ in
      scene.lines.insert(scene.lines.remove(at: 1), at: 0)
    },
    no("another seed's run that began before", .notDeclared, ["M1"]) { scene, _ in
      let position = scene.lines.firstIndex {
        $0.schema == RunEventRecord.schema && $0.data[at: "run_id"] == .string(Scene.run1)
      }
      if let position { scene.lines.insert(scene.lines.remove(at: position), at: 0) }
    },
    no("a run that the ledger met under way", .notDeclared, ["M1"]) { scene, _ in
      for index in scene.lines.indices
      where scene.lines[index].schema == RunEventRecord.schema && scene.lines[index].data[at: "steps"] == .string("0/7")
      {
        scene.lines[index].data[at: "steps"] = .string("3/7")
      }
    },
    no("a run that the ledger does not know", .notDeclared, ["M1"]) { scene, _ in
      scene.lines.removeAll { $0.schema == RunEventRecord.schema && $0.data[at: "run_id"] == .string(Scene.run) }
    },
    no("a run that went badly and was deleted", .hiddenRun, ["M1"]) { scene, _ in
      var hidden = scene.lines[1]
      hidden.data[at: "run_id"] = .string("curriculum-eeeeeeeeeeee")
      hidden.data[at: "overrides"] = .string("training.output_dir")
      scene.lines.insert(hidden, at: 1)
    },
    no("a control that went well and was deleted", .hiddenRun, ["M1"]) { scene, _ in
      var hidden = scene.lines[1]
      hidden.data[at: "run_id"] = .string("curriculum-eeeeeeeeeeee")
      hidden.data[at: "seed"] = .int(1)
      scene.lines.insert(hidden, at: 1)
    },
    no("the judged run interrupted", .unfinishedRun) { scene, _ in
      scene.metadata = try Scene.metadata(
        Scene.run, Scene.weights, scene.metadata.configDigest, seed: 0, status: .running)
    },
    no("the judged run failed", .unfinishedRun) { scene, _ in
      scene.metadata = try Scene.metadata(
        Scene.run, Scene.weights, scene.metadata.configDigest, seed: 0, status: .failed)
    },
    no("the judged run a step short", .unfinishedRun) { scene, _ in
      scene.metadata = try Scene.metadata(Scene.run, Scene.weights, scene.metadata.configDigest, seed: 0, step: 6)
    },
    no("the judged run a step too far", .unfinishedRun) { scene, _ in
      scene.metadata = try Scene.metadata(Scene.run, Scene.weights, scene.metadata.configDigest, seed: 0, step: 8)
    },
    no("the control interrupted", .hiddenRun, ["M1"]) { scene, _ in
      scene.controlMetadata = try Scene.metadata(
        Scene.control, Scene.controlWeights, scene.controlMetadata.configDigest, seed: 0, status: .running)
    },
    no("the control a step short, and not in the ledger", .unfinishedReference, ["M1"]) { scene, _ in
      scene.lines.removeAll { $0.schema == RunEventRecord.schema && $0.data[at: "run_id"] == .string(Scene.control) }
      scene.controlMetadata = try Scene.metadata(
        Scene.control, Scene.controlWeights, scene.controlMetadata.configDigest, seed: 0, step: 3)
    },
    no("the control running, and not in the ledger", .unfinishedReference, ["M1"]) { scene, _ in
      scene.lines.removeAll { $0.schema == RunEventRecord.schema && $0.data[at: "run_id"] == .string(Scene.control) }
      scene.controlMetadata = try Scene.metadata(
        Scene.control, Scene.controlWeights, scene.controlMetadata.configDigest, seed: 0, status: .running)
    },
    no("a seed without a pair", .incompletePairs, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("seeds: [0, 1]", with: "seeds: [0, 1, 2]")
      try scene.declareAgain()
    },
    no("a seed whose pair was not measured", .incompletePairs, ["M1"]) { scene, _ in
      scene.lines.removeAll {
        $0.data[at: "metric"] == .string("reasoning.win_rate") && $0.data[at: "identity.run_id"] == .string(Scene.run1)
      }
    },
    no("a run of a seed that is not asked for", .seedNotAsked, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("seeds: [0, 1]", with: "seeds: [1, 2]")
    },
    no("a run whose metadata say another seed than it was trained with", .seedNotAsked, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("seeds: [0, 1]", with: "seeds: [1, 2]")
      scene.metadata = changed(scene.metadata) { $0[at: "seed"] = .int(1) }
    },
    no("a second pair that is the first under another seed", .incompletePairs, ["M1"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("seeds: [0, 1]", with: "seeds: [0, 2]")
      try scene.declareAgain()
      scene.afterwards = { workspace in
        for (family, run) in [("train_loop", Scene.run1), ("control", Scene.control1)] {
          let file = workspace.appendingPathComponent("runs/\(family)/\(run)/run_metadata.json")
          let metadata = try RecordDecoder().record(RunMetadata.self, from: Array(Data(contentsOf: file)))
          try Data(RecordEncoder().bytes(of: changed(metadata) { $0[at: "seed"] = .int(2) })).write(to: file)
        }
      }
    },
    no("a second pair that was asked elsewhere", .wrongBudget, ["M1"]) { scene, _ in
      for index in scene.lines.indices
      where scene.lines[index].data[at: "metric"] == .string("reasoning.win_rate")
        && scene.lines[index].data[at: "identity.run_id"] == .string(Scene.run1)
      { scene.lines[index].data[at: "identity.budget"] = .string("640") }
    },
    no("no template in the workspace", .runDoesNotSay, ["M0", "M2"]) { scene, _ in
      scene.templateConfig = nil
      scene.milestones = scene.milestones?.replacing(
        try Regex("    template:\n(      - .*\n)+"), with: "    template: of_run\n")
    },
    no("a run trained on other data than its template's", .wrongTrainingData) { scene, _ in
      scene.metadata = changed(scene.metadata) { $0[at: "dataset_digest"] = other }
    },
    no("runs trained on other data, each of which says so", .wrongTrainingData) { scene, _ in
      for index in scene.lines.indices where scene.lines[index].schema == MetricRecord.schema {
        scene.lines[index].data[at: "identity.trained_on"] = .string("x@\(x)")
      }
      scene.metadata = changed(scene.metadata) { $0[at: "dataset_digest"] = .string("\(x)") }
      scene.controlMetadata = changed(scene.controlMetadata) { $0[at: "dataset_digest"] = .string("\(x)") }
    },
    no("a control trained on other data", .alteredReference, ["M1"]) { scene, _ in
      scene.controlMetadata = changed(scene.controlMetadata) { $0[at: "dataset_digest"] = other }
    },
    no("a control trained on other data, which it says", .notPaired, ["M1"]) { scene, _ in
      scene.controlMetadata = changed(scene.controlMetadata) { $0[at: "dataset_digest"] = .string("\(x)") }
      scene.lines[scene.controlRecord].data[at: "identity.trained_on"] = .string("x@\(x)")
    },
    // Run and evidence agree on it; that it begins like an allowed key makes it none.
    no("a run that departs in a key that begins like an allowed one", .wrongOverrides, ["M0", "M2"]) { scene, _ in
      let old = JSONValue.string(scene.metadata.configDigest.description)
      scene.runConfig += "  seed2: 1\n"
      let new = try Scene.configDigest(of: scene.runConfig).description
      scene.metadata = changed(scene.metadata) { $0[at: "config_digest"] = .string(new) }
      for index in scene.lines.indices where scene.lines[index].data[at: "identity.run_config"] == old {
        scene.lines[index].data[at: "identity.run_config"] = .string(new)
        scene.lines[index].data[at: "identity.overrides"] = .string("training.seed2")
      }
    },
    no("a dataset that is gone", .runDoesNotSay, ["M0", "M2"]) { scene, _ in
      scene.afterwards = { try FileManager.default.removeItem(at: $0.appendingPathComponent("datasets")) }
    },
    no("a dataset that was made again from other problems", .runDoesNotSay, ["M0", "M2"]) { scene, _ in
      for (path, bytes) in SceneDataset.files(training: "another training problem") {
        scene.files["datasets/x/" + path] = String(decoding: bytes, as: UTF8.self)
      }
    },
    no("a dataset whose problems were exchanged", .runDoesNotSay, ["M0", "M2"]) { scene, _ in
      scene.files["datasets/x/train.ndjson"] = ""
    },
  ]
}
