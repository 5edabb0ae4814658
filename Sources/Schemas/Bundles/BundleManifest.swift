/// What a bundle holds and where it came from: its `bundle.json`, written last.
///
/// Nothing in it depends on the clock or the machine's paths: equal inputs give equal bundles.
public struct BundleManifest: Record, Equatable {
  public static let schema = "codex.bundle/1"

  /// How the model came to be.
  public struct Provenance: Codable, Sendable, Equatable {
    /// The commit that the workspace stood at when the bundle was made; absent outside a git work tree.
    public let sourceRevision: String?
    /// Version of the binary that trained.
    public let trainedBy: String
    /// Version of the binary that packed.
    public let packedBy: String
    /// Seed of weights and of the order of problems.
    public let seed: UInt64
    /// Arithmetic that the weights were trained with.
    public let numericsFingerprint: String

    enum CodingKeys: String, CodingKey {
      case seed
      case sourceRevision = "source_revision"
      case trainedBy = "trained_by"
      case packedBy = "packed_by"
      case numericsFingerprint = "numerics_fingerprint"
    }

    public init(
      sourceRevision: String?, trainedBy: String, packedBy: String, seed: UInt64, numericsFingerprint: String
    ) {
      self.sourceRevision = sourceRevision
      self.trainedBy = trainedBy
      self.packedBy = packedBy
      self.seed = seed
      self.numericsFingerprint = numericsFingerprint
    }
  }

  /// The run that was packed.
  public let runID: String
  public let template: String
  /// The folder of `artifacts/runs` that it was made for.
  public let experiment: ExperimentName
  /// Digest of `model/model.safetensors`.
  public let weightsDigest: Digest
  /// Digest of the run's resolved configuration.
  public let configDigest: Digest
  /// Content digest of the dataset that the run was trained on.
  public let datasetDigest: Digest
  /// The metrics ledger's head when the run was last evaluated; absent if it never was.
  public let ledgerHead: LedgerHead?
  public let provenance: Provenance
  /// Every other file of the bundle, sorted by path.
  public let files: [FileEntry]

  enum CodingKeys: String, CodingKey {
    case template, experiment, provenance, files
    case runID = "run_id"
    case weightsDigest = "weights_digest"
    case configDigest = "config_digest"
    case datasetDigest = "dataset_digest"
    case ledgerHead = "ledger_head"
  }

  public init(
    runID: String, template: String, experiment: ExperimentName, weightsDigest: Digest, configDigest: Digest,
    datasetDigest: Digest, ledgerHead: LedgerHead?, provenance: Provenance, files: [FileEntry]
  ) {
    self.runID = runID
    self.template = template
    self.experiment = experiment
    self.weightsDigest = weightsDigest
    self.configDigest = configDigest
    self.datasetDigest = datasetDigest
    self.ledgerHead = ledgerHead
    self.provenance = provenance
    self.files = files
  }
}
