/// The caps of everything that reads keys and signatures, in one table that tests read.
public enum SigningLimits {
  /// Bytes of a PEM file.
  public static let keyByteCount = 16 << 10
  /// Bytes of one envelope, and of the payload in it: those of one line.
  public static let envelopeByteCount = Limits.lineByteCount
  /// Nested arrays and objects of an envelope, and of the payload in it.
  public static let depth = 16
  /// Signatures of one envelope.
  public static let signatureCount = 8
  /// Bytes of one signature: a P-256 signature in DER has at most 72.
  public static let signatureByteCount = 72
  /// Bytes of a key's id or hint.
  public static let keyIDByteCount = 1024
  /// Subjects of one statement.
  public static let subjectCount = 64
  /// Envelopes of one file of attestations.
  public static let attestationCount = 64
  /// Signatures of one bundle.
  public static let bundleSignatureCount = 64
}
