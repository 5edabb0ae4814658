/// A file of attestations: one DSSE envelope a line, as in-toto bundles are (in-toto/attestation, `spec/v1/bundle.md`).
public enum AttestationFile {
  /// Bytes of a whole file.
  public static let byteCount = SigningLimits.attestationCount * SigningLimits.envelopeByteCount

  /// The file that holds `envelopes`; empty for none.
  public static func bytes(of envelopes: [SignedEnvelope]) throws -> [UInt8] {
    try envelopes.flatMap { try CanonicalJSON.write($0.json) + [UInt8(ascii: "\n")] }
  }

  /// Reads a file; the newline behind the last line may be missing.
  ///
  /// - Parameter path: For messages.
  /// - Throws: `StorageError` with the line, for the first that is no envelope, and above
  ///   `SigningLimits.attestationCount` lines.
  public static func envelopes(in bytes: [UInt8], path: String) throws -> [SignedEnvelope] {
    guard !bytes.isEmpty else { return [] }
    let newline = UInt8(ascii: "\n")
    let whole = bytes.last == newline ? bytes.dropLast() : bytes[...]
    let lines = whole.split(
      separator: newline, maxSplits: SigningLimits.attestationCount, omittingEmptySubsequences: false)
    guard lines.count <= SigningLimits.attestationCount else {
      throw StorageError.malformed(
        path: path, line: lines.count, offset: 0, expected: "at most \(SigningLimits.attestationCount) lines",
        got: "more")
    }
    return try lines.enumerated().map { index, line in
      do { return try SignedEnvelope(parsing: Array(line)) } catch let error as StorageError {
        throw error.located(in: path, line: index + 1)
      }
    }
  }
}
