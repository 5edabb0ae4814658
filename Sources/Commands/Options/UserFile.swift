import Glibc
import Storage

/// A file or directory that the user named on the command line, wherever it is: its directory becomes a root.
struct UserFile {
  let root: StorageRoot
  let path: StoragePath

  /// - Parameters:
  ///   - text: Relative to `base`, or absolute. Links in its directory part are the user's choice.
  ///   - makingDirectory: Whether a missing directory is made: for files that are to be written.
  /// - Throws: `StorageError.unacceptablePath` for a name outside the grammar, `.system` for a missing directory.
  init(_ text: String, from base: String, makingDirectory: Bool = false) throws {
    let whole = text.utf8.first == UInt8(ascii: "/") || base == "." ? text : base + "/" + text
    let parts = whole.split(separator: "/", omittingEmptySubsequences: true)
    path = try StoragePath(parsing: parts.last.map(String.init) ?? "")
    let directory = parts.dropLast().joined(separator: "/")
    let start = whole.utf8.first == UInt8(ascii: "/") ? "/" : ""
    let place = start.isEmpty && directory.isEmpty ? "." : start + directory
    root = try makingDirectory ? StorageRoot.creating(place) : StorageRoot(opening: place)
  }

  func read(limit: Int) throws -> [UInt8] { try root.read(path, limit: limit) }
}

/// Standard input, read to its end.
enum StandardInput {
  /// - Throws: `StorageError.tooLarge` above `limit` bytes.
  static func read(limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR, !Interruption.isRequested { continue }
        throw StorageError.system(operation: "read", path: "standard input", code: errno)
      }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw StorageError.tooLarge(path: "standard input", byteCount: bytes.count, limit: limit)
      }
    }
  }
}
