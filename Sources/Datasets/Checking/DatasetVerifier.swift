import Plans
import Schemas
import Storage
import Worlds

/// Checks a dataset from its bytes up: checksums, counts, disjoint splits, identities, origin, every solution.
public enum DatasetVerifier {
  /// Everything wrong with the dataset at `path`; empty means that it is what it says.
  ///
  /// - Throws: `StorageError` where there is no dataset to judge: no manifest, or one that cannot be read.
  public static func findings(at path: StoragePath, in root: StorageRoot) throws -> [DatasetFinding] {
    let place = path.appending(DatasetFiles.manifest)
    let manifest = try root.read(DatasetManifestRecord.self, at: place)
    do {
      // The manifest lists every file but itself: it must at least be the bytes that codex writes for its contents.
      let canonical = try RecordEncoder().bytes(of: manifest) + [UInt8(ascii: "\n")]
      guard try root.read(place, limit: Limits.jsonByteCount) == canonical else {
        return [
          DatasetFinding("altered", place.description, "expected the canonical bytes of its contents, got others")
        ]
      }
      let dataset = try Dataset(at: path, in: root)
      let checksums = try root.read(SplitChecksumsRecord.self, at: path.appending(DatasetFiles.checksums))
      return try findings(in: dataset, checksums: checksums)
    } catch let error as StorageError {
      return [DatasetFinding("altered", path.description, error.description)]
    }
  }

  private static func findings(
    in dataset: Dataset, checksums: SplitChecksumsRecord
  ) throws -> [DatasetFinding] {
    guard SplitSalt(dataset.splitManifest.salt).isKnown else {
      let message = "expected a split rule of 1…\(SplitSalt.newestRule), got \(dataset.splitManifest.rule)"
      return [DatasetFinding("wrong_split", DatasetFiles.splitManifest.description, message)]
    }
    var check = Check(rule: SplitRule(salt: dataset.splitManifest.salt))
    let origin = ExampleOrigin(dataset)
    var total = 0
    for file in dataset.statistics.files {
      let records = try dataset.read(file)
      total += records.count
      check.findings += origin.findings(in: file, records)
      check.file(file, records, listed: checksums.files.first { $0.path == file.path })
    }
    check.compareCounts(dataset, total: total)
    let content = try dataset.contentDigest()
    if content != dataset.manifest.contentDigest {
      let message = "content_digest is \(dataset.manifest.contentDigest), the examples' is \(content)"
      check.findings.append(DatasetFinding("altered", DatasetFiles.manifest.description, message))
    }
    return check.findings
  }

  /// The pass over all examples.
  private struct Check {
    let rule: SplitRule
    var findings: [DatasetFinding] = []
    private var places: [Digest: (split: String, place: String)] = [:]
    private var records: [String: [ExampleRecord]] = [:]

    init(rule: SplitRule) { self.rule = rule }

    mutating func file(_ file: SplitStatsRecord.File, _ records: [ExampleRecord], listed: FileEntry?) {
      if listed?.digest != file.digest {
        report(
          "altered", file.path, "\(DatasetFiles.checksums) and \(DatasetFiles.statistics) disagree about its digest")
      }
      let group = ExampleGroup(fileName: file.path, split: Split(rawValue: file.split) ?? .train, stage: file.stage)
      if DatasetStatistics.file(group, records, digest: file.digest) != file {
        report("wrong_count", file.path, "\(DatasetFiles.statistics) counts other examples than the file holds")
      }
      for (index, record) in records.enumerated() {
        self.record(record, in: file, at: "\(file.path):\(index + 1)")
      }
      self.records[file.split, default: []] += records
    }

    private mutating func record(_ record: ExampleRecord, in file: SplitStatsRecord.File, at place: String) {
      if record.split != file.split {
        report("wrong_split", place, "expected an example of \(file.split), got one of \(record.split)")
      }
      if let other = places.updateValue((file.split, place), forKey: record.id) {
        let isLeak = other.split != file.split
        report(isLeak ? "leak" : "duplicate", place, "the same problem is at \(other.place)")
      }
      do {
        let (problem, plan) = try record.content()
        if problem.id != record.id { report("wrong_identity", place, "expected id \(problem.id), got \(record.id)") }
        let split = rule.split(of: problem)
        if split?.rawValue != file.split {
          let owner = split?.rawValue ?? "no split: the salt's earlier rule holds it out"
          report("leak", place, "the problem's bucket \(rule.bucket(of: problem)) belongs to \(owner)")
        }
        let unsound = problem.world.teacher.judge(of: problem).findings(in: plan)
        if let first = unsound.first { report("unsound", place, "\(first.path) \(first.rule): \(first.message)") }
      } catch {
        report("unsound", place, "\(error)")
      }
    }

    mutating func compareCounts(_ dataset: Dataset, total: Int) {
      if dataset.manifest.exampleCount != total {
        report(
          "wrong_count", "\(DatasetFiles.manifest)", "expected \(dataset.manifest.exampleCount) examples, got \(total)")
      }
      for split in dataset.splitManifest.splits {
        let records = records[split.name] ?? []
        if records.count != split.count || DatasetWriter.idDigest(records) != split.idDigest {
          report(
            "wrong_count", "\(DatasetFiles.splitManifest)", "\(split.name) lists other examples than its files hold")
        }
      }
      // Disjointness by construction: no bucket in two splits, and every example's bucket is its split's (above).
      let buckets = dataset.splitManifest.splits.flatMap(\.buckets)
      if buckets.sorted() != Array(0..<dataset.splitManifest.bucketCount)
        || dataset.splitManifest.bucketCount != SplitRule.bucketCount
      {
        report(
          "leak", "\(DatasetFiles.splitManifest)", "the splits' buckets are no partition of \(SplitRule.bucketCount)")
      }
    }

    private mutating func report(_ rule: String, _ place: String, _ message: String) {
      findings.append(DatasetFinding(rule, place, message))
    }
  }
}
