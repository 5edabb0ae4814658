import Schemas

import struct Crypto.SHA256

extension Digest {
  /// The SHA-256 digest of `bytes`.
  public init(of bytes: UnsafeRawBufferPointer) {
    var stream = DigestStream()
    stream.update(bytes)
    self = stream.finish()
  }

  /// The SHA-256 digest of `bytes`.
  public init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { Digest(of: $0) }
  }

  /// The SHA-256 digest of the UTF-8 bytes of `text`.
  public init(of text: String) { self.init(of: Array(text.utf8)) }

  /// The SHA-256 digest of the text forms of `digests` in order, a newline behind each: the identity of a set of problems.
  public init(ofLines digests: some Sequence<Digest>) {
    var stream = DigestStream()
    for digest in digests { stream.update(Array((digest.description + "\n").utf8)) }
    self = stream.finish()
  }
}

/// A SHA-256 digest in the making, for bytes that arrive in parts.
public struct DigestStream: Sendable {
  private var state = SHA256()

  public init() {}

  public mutating func update(_ bytes: UnsafeRawBufferPointer) { state.update(bufferPointer: bytes) }

  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// The digest of everything seen so far; the stream may go on.
  public func finish() -> Digest {
    guard let digest = Digest(bytes: state.finalize()) else { preconditionFailure("SHA-256 has 32 bytes") }
    return digest
  }
}
