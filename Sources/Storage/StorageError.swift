import Glibc

/// Why a file, or bytes that came from outside, could not be used. Cases carry facts; `description` makes the sentence.
public enum StorageError: Error, Equatable, Sendable {
  /// A system call failed; `code` is its errno.
  case system(operation: String, path: String, code: Int32)
  /// Bytes break their format at byte `offset` of `path` (and in `line`, counted from 1, where lines exist).
  case malformed(
    path: String, line: Int?, offset: Int, expected: String, got: String, fault: StorageFault.Form = .syntax)
  /// A well-formed JSON value does not fit the record: `key` is the dotted path inside it.
  case mismatch(
    path: String, line: Int?, key: String, expected: String, got: String, fault: StorageFault.Field = .value)
  /// The file holds other bytes than its manifest or record says.
  case altered(path: String, expected: String, got: String)
  /// A chained log and the head file beside it contradict each other.
  case headLost(log: String, HeadLoss)
  /// More bytes than the caller or the format allows.
  case tooLarge(path: String, byteCount: Int, limit: Int)
  /// A path or component outside the grammar; nothing was opened.
  case unacceptablePath(text: String, rule: String)
  /// The path leads to something else than expected, e.g. a symbolic link or a directory.
  case wrongKind(path: String, expected: String, got: String)
  /// New contents stand at `path` for everybody to see, but the device would not confirm it: a crash may undo it. `previous`
  /// is where the old contents were kept.
  case notDurable(path: String, previous: String?, code: Int32)
  /// The destination exists and was not to be replaced.
  case alreadyExists(path: String)
  /// Another process holds the lock.
  case locked(path: String)
  /// A value that the format cannot express, such as NaN in JSON.
  case unwritable(path: String, expected: String, got: String)
}

extension StorageError {
  /// What went wrong in general; its raw value is the exit code that commands give.
  public enum Kind: Int32, Sendable {
    /// Bytes that exist are not what they should be.
    case badData = 65
    /// What was to be read is not there or not readable.
    case noInput = 66
    /// What was to be written cannot be created.
    case cannotCreate = 73
    /// The device or file system failed.
    case inputOutput = 74
    /// Somebody else is writing; trying later can succeed.
    case locked = 75
  }

  public var kind: Kind {
    switch self {
    case .malformed, .mismatch, .altered, .headLost, .tooLarge, .wrongKind: .badData
    case .unacceptablePath: .noInput
    case .alreadyExists, .unwritable: .cannotCreate
    case .locked: .locked
    case .notDurable: .inputOutput
    case .system(let operation, _, let code):
      if code == EWOULDBLOCK {
        .locked
      } else if [ENOENT, ENOTDIR, EACCES, EPERM, ELOOP, EISDIR, EROFS, EEXIST, ENAMETOOLONG].contains(code) {
        Self.readingOperations.contains(operation) ? .noInput : .cannotCreate
      } else {
        .inputOutput
      }
    }
  }

  static let readingOperations: Set<String> = ["open", "open directory", "read", "map", "inspect", "list", "read link"]
}

extension StorageError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .system(let operation, let path, let code):
      "\(path): cannot \(operation): \(String(cString: strerror(code))) (errno \(code)). \(Self.remedy(code))"
    case .malformed(let path, let line, let offset, let expected, let got, _):
      "\(Self.place(path, line)): byte \(offset): expected \(expected), got \(got). "
        + "Restore the file from its source or write it again."
    case .mismatch(let path, let line, let key, let expected, let got, _):
      "\(Self.place(path, line)): '\(key)': expected \(expected), got \(got). "
        + "Correct the record, or read it with the version of codex that wrote it."
    case .altered(let path, let expected, let got):
      "\(path): expected \(expected), got \(got): the file was changed after it was written. "
        + "Restore it or write it again."
    case .headLost(let log, let loss): loss.message(log: log)
    case .tooLarge(let path, let byteCount, let limit):
      "\(path): \(byteCount) bytes, expected at most \(limit). Split the file or check that it is the right one."
    case .unacceptablePath(let text, let rule):
      "'\(Self.escaped(text))' is no acceptable path: expected \(rule). Give a relative path of plain names."
    case .wrongKind(let path, let expected, let got):
      "\(path): expected \(expected), got \(got). Remove it or choose another path."
    case .notDurable(let path, let previous, let code):
      "\(path): the new contents are there, but the device did not confirm it: \(String(cString: strerror(code))) "
        + "(errno \(code)). A crash may undo it"
        + (previous.map { "; the old contents are kept in \($0)." } ?? ".")
        + " Check the file system, then run the command again."
    case .alreadyExists(let path):
      "\(path): exists already and is not replaced. Choose another name or remove it first."
    case .locked(let path):
      "\(path): another process holds the lock. Wait until it has finished, then run the command again."
    case .unwritable(let path, let expected, let got):
      "\(path): expected \(expected), got \(got): nothing was written. Correct the value first."
    }
  }

  static func place(_ path: String, _ line: Int?) -> String { line.map { "\(path):\($0)" } ?? path }

  /// `text` on one line of ASCII, so that hostile names cannot write to a terminal.
  static func escaped(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.prefix(80).map { $0.escaped(asASCII: true) }.joined() + (scalars.count > 80 ? "…" : "")
  }

  private static func remedy(_ code: Int32) -> String {
    switch code {
    case ENOENT, ENOTDIR: "Check the path."
    case EACCES, EPERM: "Check the permissions."
    case ELOOP: "Replace the symbolic link by a file or directory."
    case ENOSPC, EDQUOT, EFBIG: "Free space, then run the command again."
    case EROFS: "Choose a writable file system."
    case EMFILE, ENFILE: "Raise the limit of open files (ulimit -n)."
    default: "Check the file system, then run the command again."
    }
  }

  /// The same error about `path` (and `line`), with byte offsets counted from `base`: for parsers that see only a part.
  package func located(in path: String, line: Int? = nil, base: Int = 0) -> StorageError {
    switch self {
    case .malformed(_, let inner, let offset, let expected, let got, let fault):
      .malformed(path: path, line: line ?? inner, offset: base + offset, expected: expected, got: got, fault: fault)
    case .mismatch(_, let inner, let key, let expected, let got, let fault):
      .mismatch(path: path, line: line ?? inner, key: key, expected: expected, got: got, fault: fault)
    case .tooLarge(_, let byteCount, let limit): .tooLarge(path: path, byteCount: byteCount, limit: limit)
    case .unwritable(_, let expected, let got): .unwritable(path: path, expected: expected, got: got)
    default: self
    }
  }
}
