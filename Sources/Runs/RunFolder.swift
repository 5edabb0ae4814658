import Storage

/// Where things stand in a run's directory.
///
/// | path | content |
/// |---|---|
/// | `config.yaml` | the composed configuration, interpolations resolved |
/// | `params.ndjson` | every setting with its origin |
/// | `metrics.ndjson`, `traces.ndjson` | ledgers of this run; a resume cuts them to the checkpoint's length |
/// | `checkpoints/step-…/` | model folder, optimizer, `state.json`, which lists the others |
/// | `evaluations/<id>/` | samples, traces and the summary of one evaluation |
/// | `run_metadata.json` | identity, status, stages, performance |
/// | `run.lock` | held by whoever trains, evaluates or packs the run |
public enum RunFolder {
  public static let config: StoragePath = "config.yaml"
  public static let parameters: StoragePath = "params.ndjson"
  public static let metrics: StoragePath = "metrics.ndjson"
  public static let traces: StoragePath = "traces.ndjson"
  public static let checkpoints: StoragePath = "checkpoints"
  public static let evaluations: StoragePath = "evaluations"
  public static let metadata: StoragePath = "run_metadata.json"
  public static let lock: StoragePath = "run.lock"
}

/// Where things stand in a checkpoint, beside the files of its model.
public enum CheckpointFolder {
  public static let state: StoragePath = "state.json"
  public static let weights: StoragePath = "model.safetensors"
  public static let optimizer: StoragePath = "optimizer.safetensors"
}

/// Where things stand in an evaluation.
public enum EvaluationFolder {
  public static let summary: StoragePath = "summary.json"
  public static let samples: StoragePath = "samples.ndjson"
  public static let traces: StoragePath = "traces.ndjson"
}
