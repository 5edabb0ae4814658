import Schemas
import Storage

/// A further run of a scene.
struct SceneRun: Sendable {
  let metadata: RunMetadata
  let config: String
  let family: String
}

/// The dataset that a scene's runs were trained on, as files: a training example, the probes, and the problems asked.
enum SceneDataset {
  static let digest = digest(training: trained)
  static let files = files(training: trained)
  private static let trained = "training problem"

  private static func digest(training problem: String) -> Digest {
    Digest(of: ["train", "validation", "test"].flatMap { examples($0, training: problem) })
  }

  /// The dataset as it would be with another problem to train on, every digest fitting.
  static func files(training problem: String) -> [(path: String, bytes: [UInt8])] {
    let digest = digest(training: problem)
    let splits = ["train", "validation", "test"].map { name in
      SplitManifestRecord.Split(name: name, buckets: [0], count: 1, files: [name + ".ndjson"], idDigest: digest)
    }
    let manifest = DatasetManifestRecord(
      preset: "reasoning/curriculum", worlds: ["arithmetic"], style: "actions", seed: 0, levels: [:],
      generatorVersion: 1, contentDigest: digest, exampleCount: 1, source: nil, files: [])
    let split = SplitManifestRecord(salt: "codex-1", bucketCount: 20, splits: splits)
    return [
      ("dataset_manifest.json", (try? RecordEncoder().bytes(of: manifest)) ?? []),
      ("split_manifest.json", (try? RecordEncoder().bytes(of: split)) ?? []),
    ] + ["train", "validation", "test"].map { ($0 + ".ndjson", examples($0, training: problem)) }
  }

  private static func examples(_ split: String, training problem: String) -> [UInt8] {
    let ids =
      switch split {
      case "train": [Digest(of: problem)]
      case "validation": (0..<20).map(Evidence.probe)
      default: (0..<150).map(Evidence.problem)
      }
    let records = ids.enumerated().map { index, id in
      ExampleRecord(
        id: id, index: index, world: "arithmetic", goal: "g", plan: "p", level: 1, stepCount: 1, category: "mixed",
        split: split)
    }
    return records.flatMap { ((try? RecordEncoder().bytes(of: $0)) ?? []) + [UInt8(ascii: "\n")] }
  }
}
