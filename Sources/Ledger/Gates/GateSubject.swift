import Composition
import Schemas

/// The run that a gate judges: what evidence must be bound to.
public struct GateSubject: Sendable {
  /// A run that the judged one was compared with, as its own metadata describe it.
  public struct Reference: Sendable {
    public let weightsDigest: Digest
    public let runConfigDigest: Digest
    /// Its resolved configuration.
    public let config: ConfigNode

    public init(weightsDigest: Digest, runConfigDigest: Digest, config: ConfigNode) {
      self.weightsDigest = weightsDigest
      self.runConfigDigest = runConfigDigest
      self.config = config
    }
  }

  public let runID: String
  public let template: String
  /// Digest of `model.safetensors`.
  public let weightsDigest: Digest
  public let runConfigDigest: Digest
  /// Content digest of the dataset that the run was trained with.
  public let datasetDigest: Digest
  /// The ledger's head after the run's last evaluation, from its metadata.
  public let ledgerHead: LedgerHead?
  /// The run's resolved configuration.
  public let config: ConfigNode
  /// By run id: those that could be read.
  public let references: [String: Reference]

  public init(
    runID: String, template: String, weightsDigest: Digest, runConfigDigest: Digest, datasetDigest: Digest,
    ledgerHead: LedgerHead?, config: ConfigNode, references: [String: Reference]
  ) {
    self.runID = runID
    self.template = template
    self.weightsDigest = weightsDigest
    self.runConfigDigest = runConfigDigest
    self.datasetDigest = datasetDigest
    self.ledgerHead = ledgerHead
    self.config = config
    self.references = references
  }
}
