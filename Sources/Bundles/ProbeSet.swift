import Schemas
import Storage

/// The problems that a bundle's latency is measured on, without their solutions.
struct ProbeSet {
  let records: [ProbeRecord]

  /// Takes up to `BundleFolder.maximumProbes` of `files`, from the front of each in turn: datasets draw their levels in
  /// turn, so every world and level of the split is among them.
  init(_ files: [[ExampleRecord]]) {
    var records: [ProbeRecord] = []
    for index in 0..<BundleFolder.maximumProbes {
      for examples in files where index < examples.count {
        let example = examples[index]
        records.append(
          ProbeRecord(
            problemID: example.id, world: example.world, goal: example.goal, level: example.level,
            category: example.category))
      }
    }
    self.records = Array(records.prefix(BundleFolder.maximumProbes))
  }

  /// Reads the lines of a bundle's `probes.ndjson`.
  ///
  /// - Throws: `StorageError`; `.tooLarge` for more than `BundleFolder.maximumProbes`.
  init(parsing bytes: UnsafeRawBufferPointer) throws {
    let name = BundleFolder.probes.description
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.last?.isEmpty == true else {
      throw StorageError.malformed(
        path: name, line: lines.count, offset: bytes.count, expected: "a newline at the end", got: "a torn last line",
        fault: .tornTail)
    }
    guard lines.count - 1 <= BundleFolder.maximumProbes else {
      throw StorageError.tooLarge(path: name, byteCount: lines.count - 1, limit: BundleFolder.maximumProbes)
    }
    records = try lines.dropLast().map {
      try RecordDecoder().record(ProbeRecord.self, from: UnsafeRawBufferPointer(rebasing: $0), path: name)
    }
  }

  var distinctCount: Int { Set(records.map(\.problemID)).count }

  /// The file's bytes.
  func bytes() throws -> [UInt8] {
    try records.flatMap { try RecordEncoder().bytes(of: $0) + [UInt8(ascii: "\n")] }
  }
}
