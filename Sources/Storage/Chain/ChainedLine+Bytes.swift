import Glibc
import Schemas

extension ChainedLine {
  /// `,"sha":"sha256:<64 digits>"}` ends every line.
  private static let sealStart = ",\"sha\":\""
  private static let sealByteCount =
    sealStart.utf8.count + "sha256:".utf8.count + 2 * Digest.byteCount + "\"}".utf8.count

  /// The bytes of the line that follows `last`, its newline included, and its head.
  ///
  /// - Throws: `StorageError.tooLarge` above `Limits.lineByteCount`; `.unwritable`.
  static func bytes(
    _ data: JSONValue, schema: String, after last: LedgerHead?
  ) throws -> (bytes: [UInt8], head: LedgerHead) {
    let sequence = last.map { $0.sequence + 1 } ?? 0
    var bytes = try CanonicalJSON.write(
      .object([
        "data": data, "prev": .string(previous(after: last).description), "schema": .string(schema),
        "seq": .int(Int64(sequence)),
      ]))
    let digest = Digest(of: bytes)
    bytes.removeLast()
    bytes += (sealStart + digest.description + "\"}\n").utf8
    guard bytes.count <= Limits.lineByteCount else {
      throw StorageError.tooLarge(path: "JSON", byteCount: bytes.count, limit: Limits.lineByteCount)
    }
    return (bytes, LedgerHead(sequence: sequence, digest: digest))
  }

  /// Reads one line, without its newline, and checks it by itself: its form and its own `sha`.
  ///
  /// - Throws: `StorageError.malformed`, whose offset counts from the start of the line.
  init(reading bytes: UnsafeRawBufferPointer, line: Int, offset: Int, path: String) throws {
    func refusal(_ fault: StorageFault.Form, _ expected: String, _ got: String) -> StorageError {
      .malformed(path: path, line: line, offset: 0, expected: expected, got: got, fault: fault)
    }
    let value = try JSONReader.parse(bytes)
    guard case .object(let object) = value, object.members.map(\.key) == ["data", "prev", "schema", "seq", "sha"],
      case .string(let schema)? = object["schema"], case .int(let sequence)? = object["seq"], sequence >= 0,
      let data = object["data"], let previous = object["prev"]?.digest, let recorded = object["sha"]?.digest
    else {
      throw refusal(.envelope, "a line {\"data\", \"prev\", \"schema\", \"seq\", \"sha\"}", "another form")
    }
    // A second spelling of the same record would be a second digest of it.
    let canonical = try CanonicalJSON.write(value)
    guard canonical.count == bytes.count, let start = bytes.baseAddress, memcmp(canonical, start, bytes.count) == 0
    else {
      throw refusal(.notCanonical, "canonical JSON", "another spelling of the same")
    }
    let actual = Self.digest(of: bytes)
    guard actual == recorded else { throw refusal(.alteredLine, "content with the digest \(recorded)", "\(actual)") }
    self.init(
      head: LedgerHead(sequence: Int(sequence), digest: recorded), previous: previous, schema: schema, data: data,
      line: line, offset: offset, end: offset + bytes.count + 1, path: path)
  }

  /// Why this line is not the one after `last`; nil if it is.
  func fault(after last: LedgerHead?) -> StorageError? {
    let number = last.map { $0.sequence + 1 } ?? 0
    let expected = Self.previous(after: last)
    if head.sequence == number, previous == expected { return nil }
    return .malformed(
      path: path, line: line, offset: offset, expected: "seq \(number) with prev \(expected)",
      got: "seq \(head.sequence) with prev \(previous)", fault: .brokenChain)
  }

  /// The digest of a canonical line without its seal.
  private static func digest(of line: UnsafeRawBufferPointer) -> Digest {
    var stream = DigestStream()
    // SAFETY: a canonical line whose last member is a `sha` with a digest is longer than that member.
    stream.update(UnsafeRawBufferPointer(rebasing: line.dropLast(sealByteCount)))
    stream.update([UInt8(ascii: "}")])
    return stream.finish()
  }
}

extension JSONValue {
  /// The digest that this string is, if it is one.
  fileprivate var digest: Digest? {
    guard case .string(let text) = self else { return nil }
    return try? Digest(parsing: text)
  }
}
