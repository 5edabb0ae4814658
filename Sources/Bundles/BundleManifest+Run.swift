import Schemas

extension BundleManifest {
  /// The manifest that the run of `metadata` has; nil if the run has no weights.
  ///
  /// - Parameter files: Every file of the bundle but `bundle.json`, in any order.
  init?(
    of metadata: RunMetadata, experiment: ExperimentName, sourceRevision: String?, packedBy: String, files: [FileEntry]
  ) {
    guard let weightsDigest = metadata.weightsDigest else { return nil }
    self.init(
      runID: metadata.runID, template: metadata.template, experiment: experiment, weightsDigest: weightsDigest,
      configDigest: metadata.configDigest, datasetDigest: metadata.datasetDigest, ledgerHead: metadata.ledgerHead,
      provenance: Provenance(
        sourceRevision: sourceRevision, trainedBy: metadata.codexVersion, packedBy: packedBy, seed: metadata.seed,
        numericsFingerprint: metadata.numericsFingerprint),
      files: files.sorted { RootDigest.precedes($0.path, $1.path) })
  }
}
