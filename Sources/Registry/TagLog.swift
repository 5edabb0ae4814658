import Schemas
import Storage

/// Every movement of every tag, in the order in which they were made: `artifacts/tags.ndjson`, which is only appended to
/// and pins its head (`ChainedLog`).
public struct TagLog: Sendable {
  /// Relative to the workspace.
  public static let path: StoragePath = "artifacts/tags.ndjson"

  private let workspace: StorageRoot
  private var log: ChainedLog { ChainedLog(Self.path, in: workspace, pinsHead: true) }

  public init(in workspace: StorageRoot) { self.workspace = workspace }

  /// All movements, strictly read; none if no tag was ever made.
  public func movements() throws -> [TagRecord] {
    guard try !log.isAbsent() else { return [] }
    return try Self.records(log.read())
  }

  /// Where each tag points: its last movement, in the order of the tags.
  public func current() throws -> [TagRecord] {
    let last = Dictionary(try movements().map { ($0.tag, $0) }, uniquingKeysWith: { _, later in later })
    return last.values.sorted { $0.tag < $1.tag }
  }

  /// Where `tag` points; nil if it was never made.
  public func current(_ tag: Tag) throws -> TagRecord? { try movements().last { $0.tag == tag } }

  /// Points a tag at a bundle that is on disk, provided that nobody has moved it since `seen` was read.
  ///
  /// A tag that points there already is not moved again, and its record is returned; unless what it claims has changed.
  ///
  /// - Parameters:
  ///   - seen: What `current(_:)` gave before the bundle was made.
  ///   - record: Makes the record from the tag's last one.
  /// - Throws: `RegistryError.tagMoved`; `StorageError.locked` if the log stays locked.
  public func move(
    _ tag: Tag, to digest: Digest, seen: TagRecord?, isUnproven: Bool = false,
    _ record: (TagRecord?) -> TagRecord
  ) throws -> TagRecord {
    var current: TagRecord?
    try log.append(reading: { lines in
      let found = try Self.records(lines).last { $0.tag == tag }
      guard found?.bundleDigest != digest || (found?.unproven ?? false) != isUnproven else {
        current = found
        return []
      }
      guard found == seen else { throw RegistryError.tagMoved(tag, seen: seen, found: found) }
      let next = record(found)
      current = next
      return [next]
    })
    guard let current else { preconditionFailure("append calls its argument once") }
    return current
  }

  /// Every broken line, and an end that was cut off; empty if there is no log.
  public func findings() throws -> [ChainFinding] {
    guard try !log.isAbsent() else { return [] }
    return try log.verify()
  }

  /// The records of `lines`; versions of a tag count from 1 without a gap, and each knows the one before.
  private static func records(_ lines: [ChainedLine]) throws -> [TagRecord] {
    var last: [Tag: TagRecord] = [:]
    return try lines.filter { $0.schema != LedgerRuleRecord.schema }.map { line in
      let record = try line.record(TagRecord.self)
      let before = last[record.tag]
      guard record.version == (before?.version ?? 0) + 1, record.previousDigest == before?.bundleDigest else {
        throw StorageError.mismatch(
          path: path.description, line: line.line, key: "data.version",
          expected: "version \((before?.version ?? 0) + 1) after \(before?.bundleDigest.description ?? "none")",
          got: "version \(record.version) after \(record.previousDigest?.description ?? "none")")
      }
      last[record.tag] = record
      return record
    }
  }
}
