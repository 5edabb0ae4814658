/// Why a key cannot be used.
public enum SigningError: Error, Equatable, Sendable {
  /// The file is no key of the kind that is needed.
  case badKey(path: String, expected: String, got: String)
  /// Others than its owner may read or write the file of a private key; `mode` are its permission bits.
  case exposedKey(path: String, mode: UInt32)
}

extension SigningError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badKey(let path, let expected, let got):
      "\(path): expected \(expected), got \(got). docs/reference/signatures.md says how keys are made."
    case .exposedKey(let path, let mode):
      "\(path): expected a private key that only its owner may read (mode 600), got mode \(String(mode, radix: 8)). "
        + "Nothing was signed; run 'chmod 600' on it, and make a new key if others could have read this one."
    }
  }
}
