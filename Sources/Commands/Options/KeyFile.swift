import Storage

/// Keys that the user named on the command line.
enum KeyFile {
  /// - Throws: `SigningError`, `StorageError`.
  static func signing(_ text: String, in session: Session) throws -> SigningKey {
    let file = try UserFile(text, from: session.filesPath)
    return try SigningKey(file.path, in: file.root)
  }

  /// - Throws: `SigningError`, `StorageError`.
  static func verifying(_ text: String, in session: Session) throws -> VerifyingKey {
    let file = try UserFile(text, from: session.filesPath)
    return try VerifyingKey(file.path, in: file.root)
  }
}
