import Schemas
import Storage

/// Whether the records inside a bundle agree with its manifest and with each other.
///
/// Digests show that bytes are the ones packed; this shows that they belong together, also in a bundle that somebody
/// else packed.
struct BundleConsistency {
  private let manifest: BundleManifest
  private let files: [String: BundleFile]

  /// - Parameter files: Keyed by path; exactly those that `manifest` lists, and itself.
  init(_ manifest: BundleManifest, _ files: [String: BundleFile]) {
    self.manifest = manifest
    self.files = files
  }

  func findings() -> [BundleFinding] {
    let missing = BundleFolder.required.filter { files[$0.description] == nil }.map {
      BundleFinding(file: $0.description, rule: .missing, range: nil, message: "every bundle has this file")
    }
    guard missing.isEmpty else { return missing }
    return manifestFindings() + chunkFindings() + metadataFindings() + datasetFindings() + evidenceFindings()
      + probeFindings() + unknownFindings()
  }

  private func manifestFindings() -> [BundleFinding] {
    let name = BundleFolder.manifest
    let sorted = manifest.files.sorted { RootDigest.precedes($0.path, $1.path) }.map(\.path)
    return compare(
      name,
      [
        ("the files' order", sorted.joined(separator: " "), manifest.files.map(\.path).joined(separator: " ")),
        (
          "the weights' digest", files[BundleFolder.weights.description]?.entry.digest.description,
          manifest.weightsDigest.description
        ),
      ])
  }

  private func chunkFindings() -> [BundleFinding] {
    record(ChunksRecord.self, BundleFolder.chunks) { table in
      let packed = files.values.filter { $0.path != BundleFolder.chunks && $0.path != BundleFolder.manifest }
      return table == ChunksRecord(of: packed)
        ? [] : [inconsistent(BundleFolder.chunks, "it does not follow from the files it lists")]
    }
  }

  private func metadataFindings() -> [BundleFinding] {
    record(RunMetadata.self, BundleFolder.runMetadata) { metadata in
      let expected = BundleManifest(
        of: metadata, experiment: manifest.experiment, sourceRevision: manifest.provenance.sourceRevision,
        packedBy: manifest.provenance.packedBy, files: manifest.files)
      var findings = compare(
        BundleFolder.runMetadata,
        [
          ("the run's status", RunMetadata.Status.completed.rawValue, metadata.status.rawValue),
          ("the run's id", manifest.runID, metadata.runID),
          ("the weights' digest", manifest.weightsDigest.description, metadata.weightsDigest?.description),
          ("the configuration's digest", manifest.configDigest.description, metadata.configDigest.description),
          ("the dataset's digest", manifest.datasetDigest.description, metadata.datasetDigest.description),
        ])
      if findings.isEmpty, expected != manifest {
        findings.append(inconsistent(BundleFolder.runMetadata, "bundle.json tells another provenance or ledger head"))
      }
      return findings
    }
  }

  private func datasetFindings() -> [BundleFinding] {
    record(DatasetManifestRecord.self, BundleFolder.datasetManifest) { dataset in
      compare(
        BundleFolder.datasetManifest,
        [("the dataset's digest", manifest.datasetDigest.description, dataset.contentDigest.description)])
    }
  }

  private func evidenceFindings() -> [BundleFinding] {
    files.values.filter { $0.path.parent == BundleFolder.evidence }.sorted { $0.path < $1.path }.flatMap { file in
      record(EvaluationSummary.self, file.path) { summary in
        compare(
          file.path,
          [
            ("its name", summary.evaluationID + ".json", file.path.lastComponent?.text),
            ("the run's id", manifest.runID, summary.runID),
            ("the weights' digest", manifest.weightsDigest.description, summary.weightsDigest.description),
            ("the configuration's digest", manifest.configDigest.description, summary.runConfigDigest.description),
          ])
      }
    }
  }

  private func probeFindings() -> [BundleFinding] {
    guard let file = files[BundleFolder.probes.description] else { return [] }
    return file.withBytes { bytes in
      do {
        let probes = try ProbeSet(parsing: bytes)
        return compare(
          BundleFolder.probes, [("distinct problems", "\(probes.records.count)", "\(probes.distinctCount)")])
      } catch { return [inconsistent(BundleFolder.probes, "\(error)")] }
    }
  }

  private func unknownFindings() -> [BundleFinding] {
    let known = Set(BundleFolder.required + [BundleFolder.manifest])
    return files.values.map(\.path).filter { !known.contains($0) && $0.parent != BundleFolder.evidence }.sorted().map {
      inconsistent($0, "no bundle has such a file")
    }
  }

  private func record<R: Record>(
    _ type: R.Type, _ path: StoragePath, _ check: (R) -> [BundleFinding]
  ) -> [BundleFinding] {
    guard let file = files[path.description] else { return [] }
    do { return check(try file.record(type)) } catch { return [inconsistent(path, "\(error)")] }
  }

  private func compare(
    _ path: StoragePath, _ facts: [(what: String, expected: String?, got: String?)]
  ) -> [BundleFinding] {
    facts.filter { $0.expected != $0.got }.map {
      inconsistent(path, "\($0.what): expected \($0.expected ?? "none"), got \($0.got ?? "none")")
    }
  }

  private func inconsistent(_ path: StoragePath, _ message: String) -> BundleFinding {
    BundleFinding(file: path.description, rule: .inconsistent, range: nil, message: message)
  }
}
