import Schemas
import Storage

/// Where things stand in a bundle, and the caps of its readers.
///
/// | path | content |
/// |---|---|
/// | `model/` | weights, architecture, tokenizer: the checkpoint that the run ended with |
/// | `config.yaml`, `run_metadata.json` | the run's, byte for byte |
/// | `dataset_manifest.json` | of the dataset that the run was trained on, byte for byte |
/// | `evidence/<evaluation id>.json` | summaries of evaluations of these weights, byte for byte |
/// | `probes.ndjson` | problems that latency is measured on |
/// | `chunks.json` | digests of every 4 KiB of the files above |
/// | `bundle.json` | lists all of them, written last |
public enum BundleFolder {
  public static let model: StoragePath = "model"
  public static let weights: StoragePath = "model/model.safetensors"
  public static let config: StoragePath = "config.yaml"
  public static let runMetadata: StoragePath = "run_metadata.json"
  public static let datasetManifest: StoragePath = "dataset_manifest.json"
  public static let evidence: StoragePath = "evidence"
  public static let probes: StoragePath = "probes.ndjson"
  public static let chunks: StoragePath = "chunks.json"
  public static let manifest: StoragePath = "bundle.json"

  /// The files of `model/`.
  static let modelFiles: [StoragePath] = ["model.safetensors", "config.json", "tokenizer.json"]
  /// Without these a folder is no bundle.
  static let required: [StoragePath] =
    modelFiles.map { model.appending($0) } + [config, runMetadata, datasetManifest, probes, chunks]

  /// Problems in `probes.ndjson`.
  public static let maximumProbes = 64
  /// Bytes that a digest of `chunks.json` stands for.
  public static let chunkByteCount = 4096
}
